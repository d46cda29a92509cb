"""Words in several spellings: abbreviations, ordinals, months, and compounds that some write apart.

Texts come folded (`text.fold`).
"""

import re
from collections.abc import Iterator, Sequence

from web.normalization.numbers import MONTHS, Piece

_ABBREVIATED = """
    sta santa  sto santo  dr doutor  dra doutora  prof professor  profa professora  profs professores  sr senhor
    sra senhora  av avenida  pca praca  jd jardim  esc escola  col colegio  mun municipal  ens ensino  fund fundamental
    sec secretaria  coord coordenacao  adm administracao  dept departamento  depto departamento  dpto departamento
    resp responsavel  tel telefone  cod codigo  qtd quantidade  qtde quantidade  obs observacao  msg mensagem
    pgto pagamento  pagto pagamento  venc vencimento  vcto vencimento  vencto vencimento  bim bimestre  sem semestre
    cia companhia  jr junior  ma maria  ii 2  iii 3  iv 4  vii 7  viii 8  ix 9  xi 11  xii 12  xiii 13  xiv 14  xv 15
    xvi 16  xx 20  xxi 21  xxiii 23
""".split()  # noqa: SIM905 - a table to read
_ORDINALS = "primeir segund terceir quart quint sext setim oitav non decim".split()  # noqa: SIM905

_ALSO = {
    **dict(zip(_ABBREVIATED[::2], _ABBREVIATED[1::2], strict=True)),
    **MONTHS,
    **{f"{stem}{end}": f"{place}{end}" for place, stem in enumerate(_ORDINALS, 1) for end in "ao"},
    "terca": "3a",
}
"""The other word of each: sta and santa, XV and 15, nov and novembro, primeira and 1ª, terça and 3ª."""

_BEFORE, _AFTER = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_PARTS = (
    "e (?:mails?|social|books?|commerce|learning|cpf|cnpj|mec|cac|proc|tec)",
    "wi fi",
    "(?:nf[cs]?|ct|mdf) e",
    "(?:on|off) line",
    "(?:pen|hard) drives?",
    "(?:back|pop|set|start|follow) ups?",
    "log (?:in|out|off)",
    "check (?:in|out|list)",
    "(?:down|up) loads?",
    "(?:note|face) books?",
    "(?:lap|desk) tops?",
    "touch (?:screen|pad)",
    "web (?:cam|mail|site)s?",
    "whats app|you tube|power point|blue tooth|hot spot|no break|data show|fire wall|feed back|mouse pad|home office",
    "(?:cd|dvd) rom",
    "usb [abc]",
    "smart (?:phone|tv)s?",
    "video (?:aula|conferencia|chamada)s?",
    "audio (?:visual|visuais|livros?)",
    "(?:bem vind|mal entendid)[ao]s?|mal estar|bate papo|tira duvidas?|porta retratos?",
    "(?:contra (?:cheque|turno|capa|partida|proposta)|vale (?:transporte|refeicao|alimentacao))s?",
    "(?:ante|anti|auto|co|ex|extra|hiper|infra|inter|micro|mini|multi|pos|pre|recem|semi|socio|sub|super|tele|vice)"
    " [a-z]++",
    "(?:d|sant) [aeiouh][a-z]++",
)
_APART = re.compile(f"{_BEFORE}(?:{'|'.join(_PARTS)}){_AFTER}".replace(" ", "[ ._]"))
"""What some write apart, others with a hyphen or as one: wi fi, pré matrícula, d avila."""

_SHORTENED: Sequence[tuple[re.Pattern[str], dict[str, str]]] = [
    (re.compile(rf"{_BEFORE}([cps])/(?= ?[a-z]{{2}})"), {"c": "com", "p": "para", "s": "sem"}),
    (re.compile(rf"{_BEFORE}(n)(?:\.? ?|ossa )s(?:ra|enhora){_AFTER}"), {"n": "nsra"}),
    (re.compile("(&)"), {"&": "e"}),
]
"""c/ desconto, N. Sra. with Nossa Senhora, Alfa & Beta."""


_FILLED = re.compile("00+([0-9]{3,})")
"""A number filled up with zeros, as on invoices: 000001234."""


def also(word: str) -> tuple[str, ...]:
    """The word of the same meaning, if it is known; a number without the zeros before it."""
    if filled := _FILLED.fullmatch(word):
        return (filled[1],)
    return (_ALSO[word],) if word in _ALSO else ()


def in_full(plain: str) -> Iterator[Piece]:
    """What stands for several letters or words of a text."""
    for pattern, words in _SHORTENED:
        yield from (Piece(*found.span(), words[found[1]]) for found in pattern.finditer(plain))


def joined(plain: str) -> Iterator[Piece]:
    """Compounds written apart as one word."""
    for found in _APART.finditer(plain):
        yield Piece(*found.span(), re.sub("[^0-9a-z]", "", found[0]))

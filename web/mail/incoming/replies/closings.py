"""A signature below "Att," without a rule: a name, an office, a way to reach them. Anything else there is new."""

import re
from collections.abc import Sequence

from web.mail.incoming import phrases
from web.text import fold

_LONGEST = 8
"""Lines below the closing, blank ones aside."""
_SEARCHED = 24
"""A closing stands in these last lines."""

_CLOSING = re.compile(
    r"^(att|atte|at\.te|att\.te|at\.?|atenciosamente|muito atenciosamente|cordialmente|respeitosamente|"
    r"abs|abcs|abracos?|um abraco|forte abraco|grat[ao]|saudacoes|cordiais saudacoes|"
    r"com os melhores cumprimentos|melhores cumprimentos|cumprimentos)(?!\w)[\s,.!;:-]*(.*)$"
)
"""Of a line without its accents; after it on the same line perhaps a name. Thanks alone are words, and stay."""

_GREETING = re.compile(
    r"^\W*(bom dia|boa tarde|boa noite|oi|ola|prezad[ao]s?|car[ao]s?|tudo bem)\b([\s,!.?]|\(?[ao]s?\)?|\w+){0,6}$"
)

_MARKS = " \t*_"
_SMALL = frozenset(("de", "da", "do", "das", "dos", "e", "a", "o", "em", "na", "no", "para", "ao", "ltda", "me", "sa"))
_TITLES = frozenset(("sr", "sra", "srta", "prof", "profa", "dr", "dra", "d", "dona"))
_OFFICES = re.compile(
    r"^(secretari[ao]?|diretor[a]?|diretoria|direcao|vice|coordena(dor|dora|cao)|auxiliar|assistente|analista|"
    r"professora?|profa?|dra?|gerente|gerencia|financeir[ao]|financas|administra(dor|dora|cao)|administrativ[ao]|"
    r"pedagogic[ao]|tesour(eir[ao]|aria)|bibliotec(ari[ao]|a)|estagiari[ao]|supervisora?|orientadora?|contador[a]?|"
    r"contabilidade|tecnic[ao]|atendente|atendimento|recepcao|recepcionista|compras|cobranca|setor|departamento|depto|"
    r"dpto|nucleo|unidade|escola|escolar|colegio|instituto|faculdade|universidade|centro|educacional|educacao|ensino|"
    r"infantil|fundamental|medio|rede|grupo|municipal|estadual|academic[ao]|geral|adjunt[ao]|executiv[ao]|comercial|"
    r"responsavel|mantenedora?|psicologa?|nutricionista|almoxarifado|rh|ti|suporte|marketing|comunicacao|juridico)$"
)
"""Words of offices and houses, without their accents: in lower case too they are no sentence."""

_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(https?://|www\.)\S+|"
    r"(?<!\d)(\+?55\W?)?\(?0?\d\d\)?[ .-]*9?[ .-]?\d{4}[ .-]?\d{4}\b|\b9?\d{4}-\d{4}\b|\b0800[\d -]{6,10}|"
    r"\bramal\W*\d{2,5}\b"
)
_LABELS = re.compile(
    r"\b(tel|telefones?|fones?|cel|celular|whats(app)?|zap|e-?mail|site|skype|fax|contatos?|mailto|ou|e)\b"
)
"""How somebody is reached, and what stands before that."""

_SPEAKS_OF_REACHING = re.compile(
    r"\b(lig(ar|ue|uem|amos|o)|telefon\w*|fones?|contat\w*|whats\w*|zap|celular|numeros?|enderecos?|e-?mails?|"
    r"falar?|falem?|chamar?|chamem)\b"
)
_ADDRESS = re.compile(
    r"^(Rua|R\.|Avenida|Av\.?|Alameda|Al\.|Praça|Travessa|Rodovia|Rod\.|Estrada) .*\d|^CEP\W*\d{5}-?\d{3}$|"
    r"[-/,] ?[A-Z]{2}$"
)
"""Where a house stands: its street and number, its code, its town and state."""


def begins_signature(lines: Sequence[str], place: int, by: str) -> bool:
    """Whether this line closes the message and only who wrote it stands below. `by` is their name.

    Above it stands something that is said: what answers in a signature is to be read.
    """
    closing = len(lines) - place <= _SEARCHED and _CLOSING.match(fold(lines[place].strip(_MARKS)))
    if not closing or not _is_said(lines[:place]):
        return False
    told = [line for each in lines[place + 1 :] if _is_told(line := each.strip(_MARKS))]
    if closing[2]:
        told.insert(0, closing[2])
    if len(told) > _LONGEST or (closing[2] and not _is_writer(told[0], by)) or _answers(lines[:place], told):
        return False
    return not told or (_is_person(told[0], by) and all(_is_of_office(line, by) for line in told[1:]))


def _is_told(line: str) -> bool:
    """Neither blank, nor a rule or another closing."""
    closing = _CLOSING.match(fold(line))
    return bool(re.search(r"\w", line)) and not (closing and not closing[2])


def _answers(above: Sequence[str], told: Sequence[str]) -> bool:
    """Whether what stands below may be what they write about: how to reach them."""
    return bool(_SPEAKS_OF_REACHING.search(fold(" ".join(above)))) and any(_REACHED.search(fold(line)) for line in told)


def _is_said(above: Sequence[str]) -> bool:
    """Not a greeting alone, nor words that point at what follows. Nothing at all stands above it below a history."""
    said = [line.strip() for line in above if re.search(r"\w", line)]
    is_greeting = bool(said) and all(_GREETING.match(fold(line)) for line in said)
    return not is_greeting and not phrases.BELOW.search(" ".join(said))


def _is_writer(line: str, by: str) -> bool:
    """Their name, or a part of it, or more of it than the mail says."""
    told, names = _names(line), _names(by)
    return told[:1] == names[:1] != [] and ({*told} <= {*names} or {*names} <= {*told})


def _is_person(line: str, by: str) -> bool:
    """The writer, or somebody whose name is written with capitals where the mail comes from a house or nobody known."""
    if _is_writer(line, by) or _is_of_office(line, by):
        return True
    is_house = not by or "@" in by or any(map(_OFFICES.match, _words(by)))
    words = [word for word in line.split() if fold(word) not in _SMALL]
    is_name = 2 <= len(words) <= 6 and not re.search(r"[\d:@!?]|\.$", line)
    return is_house and is_name and all(word[0].isupper() for word in words)


def _is_of_office(line: str, by: str) -> bool:
    """An office, a house, or how to reach them."""
    left = _LABELS.sub("", _REACHED.sub("", fold(line)))
    if not re.search(r"\w", left) or _is_writer(line, by):
        return True
    words = re.findall(r"[^\W_]+", line)
    known = [word for word in words if _OFFICES.match(fold(word))]
    are_names = all(word[0].isupper() or word[0].isdigit() or word in known or fold(word) in _SMALL for word in words)
    if ":" in line or line.endswith(("!", "?")) or not are_names:
        return False
    return bool(_ADDRESS.search(line)) or (bool(known) and not re.search(r"\d", line))


def _names(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _SMALL and word not in _TITLES]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))

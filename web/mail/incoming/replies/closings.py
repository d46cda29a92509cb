"""Signatures below "Att," without a rule: a name, an office, contact details. Any other text there is new."""

import re
from collections.abc import Sequence

from web.mail.incoming import phrases
from web.text import fold

_LONGEST = 8
"""The most lines below the closing, without blank ones."""
_SEARCHED = 24
"""A closing must be within so many last lines."""

_CLOSING = re.compile(
    r"^(att|atte|at\.te|att\.te|at\.?|atenciosamente|muito atenciosamente|cordialmente|respeitosamente|"
    r"abs|abcs|abracos?|um abraco|forte abraco|grat[ao]|saudacoes|cordiais saudacoes|"
    r"com os melhores cumprimentos|melhores cumprimentos|cumprimentos)(?!\w)[\s,.!;:-]*(.*)$"
)
"""A closing line without accents, perhaps followed by a name. Thanks alone are new text."""

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
"""Words of job titles and departments, without accents. In lower case they are no sentence either."""

_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|(https?://|www\.)\S+|"
    r"(?<!\d)(\+?55\W?)?\(?0?\d\d\)?[ .-]*9?[ .-]?\d{4}[ .-]?\d{4}\b|\b9?\d{4}-\d{4}\b|\b0800[\d -]{6,10}|"
    r"\bramal\W*\d{2,5}\b"
)
_LABELS = re.compile(
    r"\b(tel|telefones?|fones?|cel|celular|whats(app)?|zap|e-?mail|site|skype|fax|contatos?|mailto|ou|e)\b"
)
"""Contact details, and their labels."""

_SPEAKS_OF_REACHING = re.compile(
    r"\b(lig(ar|ue|uem|amos|o)|telefon\w*|fones?|contat\w*|whats\w*|zap|celular|numeros?|enderecos?|e-?mails?|"
    r"falar?|falem?|chamar?|chamem)\b"
)
_ADDRESS = re.compile(
    r"^(Rua|R\.|Avenida|Av\.?|Alameda|Al\.|Praça|Travessa|Rodovia|Rod\.|Estrada) .*\d|^CEP\W*\d{5}-?\d{3}$|"
    r"[-/,] ?[A-Z]{2}$"
)
"""Postal addresses: street and number, postal code, city and state."""


def begins_signature(lines: Sequence[str], place: int, by: str) -> bool:
    """Whether this line closes the message, with only its author's details below. `by` is their name.

    There must be new text above it, because an answer inside a signature has to be read.
    """
    closing = len(lines) - place <= _SEARCHED and _CLOSING.match(fold(lines[place].strip(_MARKS)))
    if not closing or not _is_said(lines[:place]):
        return False
    told = [line for each in lines[place + 1 :] if _is_told(line := each.strip(_MARKS))]
    if closing[2]:
        told.insert(0, closing[2])
    if len(told) > _LONGEST or (closing[2] and not _is_writer(told[0], by)) or _answers(lines[:place], told):
        return False
    return not told or (_is_person(told[0], by) and all(is_of_office(line, by) for line in told[1:]))


def _is_told(line: str) -> bool:
    """Whether it is neither blank, nor a rule or another closing."""
    closing = _CLOSING.match(fold(line))
    return bool(re.search(r"\w", line)) and not (closing and not closing[2])


def _answers(above: Sequence[str], told: Sequence[str]) -> bool:
    """Whether the lines below may be the answer: contact details that were asked for."""
    return bool(_SPEAKS_OF_REACHING.search(fold(" ".join(above)))) and any(_REACHED.search(fold(line)) for line in told)


def _is_said(above: Sequence[str]) -> bool:
    """Whether there is more than a greeting, or than words that point at the lines below.

    Below a history there is nothing.
    """
    said = [line.strip() for line in above if re.search(r"\w", line)]
    is_greeting = bool(said) and all(_GREETING.match(fold(line)) for line in said)
    return not is_greeting and not phrases.BELOW.search(" ".join(said))


def _is_writer(line: str, by: str) -> bool:
    """Whether it is the author's name, a part of it, or more of it than the mail gives."""
    told, names = _names(line), _names(by)
    return told[:1] == names[:1] != [] and ({*told} <= {*names} or {*names} <= {*told})


def _is_person(line: str, by: str) -> bool:
    """Whether it is the author, or a capitalized name in mail from an organization or an unknown sender."""
    if _is_writer(line, by) or is_of_office(line, by):
        return True
    is_house = not by or "@" in by or any(map(_OFFICES.match, _words(by)))
    words = [word for word in line.split() if fold(word) not in _SMALL]
    is_name = 2 <= len(words) <= 6 and not re.search(r"[\d:@!?]|\.$", line)
    return is_house and is_name and all(word[0].isupper() for word in words)


def is_of_office(line: str, by: str) -> bool:
    """Whether it is a job title, a department, or contact details."""
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

"""Filters typed into the search: assunto:boleto de:ana prazo:<2d."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from web.pages.words.formats import joined
from web.text import fold

NAMES = {
    "assunto": "subject",
    "titulo": "subject",
    "de": "from",
    "solicitante": "from",
    "com": "assignee",
    "atendente": "assignee",
    "equipe": "team",
    "status": "status",
    "prioridade": "priority",
    "categoria": "category",
    "canal": "channel",
    "prazo": "due",
    "etiqueta": "tag",
}
"""The folded names of filters, and the query parameter of each."""
DUE = {"vencido": 0, "hoje": 24, "amanha": 48}
_HINT = "assunto, de, com, equipe, status, prioridade, categoria, canal, prazo e etiqueta"

LABELS = {
    "status": "status",
    "due": "prazo",
    "category": "categoria",
    "topic": "assunto da categoria",
    "team": "equipe",
    "assignee": "com",
    "requester": "de",
    "organization": "organização",
    "priority": "prioridade",
    "channel": "canal",
    "updated": "mudou",
    "subject": "assunto",
    "tag": "etiqueta",
}
"""The beginning of each filter's chip: the word that is typed for it, if there is one."""

Options = Mapping[str, Mapping[str, str]]
"""The choices of each filter: the parameter's value by its label."""

_TYPED = re.compile(r"""(?<!\S)([^\W\d_]+):("[^"]*"|[^\s/"][^\s"]*|$)""")
_SPACED = re.compile(r"(?<!\S)([^\W\d_]+):\s+(?=\S)")
_WITHIN = re.compile(r"<?(\d{1,3})([dh])")


class Typed(NamedTuple):
    """The parsed search: filters by parameter, the remaining words, and what was not understood."""

    filters: dict[str, str]
    words: str
    wrong: list[str]


def parse(text: str, options: Options) -> Typed:
    filters: dict[str, str] = {}
    wrong: list[str] = []

    def take(found: re.Match[str]) -> str:
        name, value = found[1], found[2].strip('"')
        part = NAMES.get(fold(name))
        if not (part or value):
            return found[0]
        read, why = _value(part, value, options) if part else ("", f"“{name}:” não é um filtro. Há {_HINT}.")
        if not why and part:
            filters[part] = read
            return ""
        wrong.append(why)
        return found[0]

    words = _TYPED.sub(take, _SPACED.sub(_closed_up, text))
    return Typed(filters, " ".join(words.split()), wrong)


def _closed_up(found: re.Match[str]) -> str:
    """assunto: boleto, as many write it; any other word before a colon is left alone."""
    return f"{found[1]}:" if fold(found[1]) in NAMES else found[0]


def _value(part: str, value: str, options: Options) -> tuple[str, str]:
    """The value of the parameter, or the reason why there is none."""
    if not value.strip():
        return "", "Falta o que procurar depois dos dois-pontos."
    if part == "due":
        return _due(value)
    if part not in options:
        return value, ""
    known = {label: key for label, key in options[part].items() if _letters(label).startswith(_letters(value))}
    exact = [key for label, key in known.items() if _letters(label) == _letters(value)]
    if len(exact or known) == 1:
        return (exact or list(known.values()))[0], ""
    if known:
        return "", f"“{value}” pode ser {joined(list(known)[:4])}. Escreva mais."
    return "", f"Nada começa com “{value}”. Há {joined(list(options[part])[:12])}."


def _letters(text: str) -> str:
    """And digits: email is E-mail."""
    return "".join(filter(str.isalnum, fold(text)))


def _due(value: str) -> tuple[str, str]:
    if fold(value) in DUE:
        return str(DUE[fold(value)]), ""
    if within := _WITHIN.fullmatch(value.lower()):
        return str(int(within[1]) * (24 if within[2] == "d" else 1)), ""
    return "", f"“{value}” não é um prazo. Escreva vencido, hoje, <2d ou <4h."


def due_text(hours: int) -> str:
    """The text of a deadline filter."""
    if not hours:
        return "vencido"
    return f"em até {hours // 24} {'dia' if hours == 24 else 'dias'}" if hours % 24 == 0 else f"em até {hours} h"


def between(first: str, last: str) -> str:
    """The text of a filter by two bounds."""
    return " ".join(filter(None, (f"de {first}" if first else "", f"até {last}" if last else "")))


def asking(words: str, who: str) -> str:
    """The words with the requester filter, as it can be typed."""
    return f'{words} de:"{who}"'.strip()


def nobody(value: str) -> str:
    return f"Ninguém se chama “{value}”."


def several(value: str, names: list[str]) -> str:
    return f"“{value}” pode ser {joined(names)}. Escreva mais do nome, ou o e-mail."

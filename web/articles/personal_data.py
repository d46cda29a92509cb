"""Marks personal data in a text, so that an author removes it before publication."""

import re
from collections.abc import Iterable, Iterator

import phonenumbers

from web.text import is_blank

_MARK = re.compile(r"\[REMOVER: ([^\[\]\n]{0,200})\]")
"""The marks. They do not occur in normal text, and Markdown leaves them as they are."""
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]+)++")
_CNPJ = re.compile(r"\b[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?[0-9]{2}\b", re.IGNORECASE)
_CPF = re.compile(r"\b[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}\b")
_SHORTEST = 3
"""The fewest letters of a part of a name that is marked: "de" is not."""
_READ = 200_000

Span = tuple[int, int]


def marked(text: str, people: Iterable[str], organizations: Iterable[str] = ()) -> str:
    """The text with these names, and every address, phone, CPF and CNPJ, in marks."""
    text = text[:_READ].replace("[", "(").replace("]", ")") if _MARK.search(text) else text[:_READ]
    pieces, last = [], 0
    for begin, end in _joined(sorted(_found(text, _patterns(people, organizations)))):
        pieces += [text[last:begin], f"[REMOVER: {_bare(text[begin:end])}]"]
        last = end
    return "".join([*pieces, text[last:]])


def marks_in(text: str) -> list[str]:
    """The marked personal data in a text, without duplicates."""
    return list(dict.fromkeys(found[1].strip() for found in _MARK.finditer(text)))


def unmarked(text: str) -> str:
    """The text without the marked parts."""
    return " ".join(_MARK.sub(" ", text).split())


def _found(text: str, names: Iterable[re.Pattern[str]]) -> Iterator[Span]:
    for pattern in (_ADDRESS, _CNPJ, _CPF, *names):
        yield from (each.span() for each in pattern.finditer(text))
    for match in phonenumbers.PhoneNumberMatcher(text, "BR"):
        yield match.start, match.end


def _patterns(people: Iterable[str], organizations: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Yields patterns: whole names in any case, and parts of people's names with a capital letter."""
    known = [" ".join(each.split()) for each in (*people, *organizations) if not is_blank(each)]
    yield from (re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) for name in dict.fromkeys(known))
    parts = {re.escape(part) for name in people for part in name.split() if len(part) >= _SHORTEST}
    if capitals := sorted(part for part in parts if part[0].isupper()):
        yield re.compile(rf"\b(?:{'|'.join(capitals)})\b")


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Joins spans that overlap or are a space apart."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _bare(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())[:200]

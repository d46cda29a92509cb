"""Compares texts by their letters, digits and signs, without spaces, full stops, line breaks and case.

Programs write a message twice, as text and as HTML. Both reduce to the same sequence of letters.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from web.text import fold

_NEIGHBOURS = 12
"""How many letters beside a part must match as well, so that it does not end in the middle of something else."""

_TOLD = re.compile(r"<\s*(?:https?|mailto|tel|callto|ftp|file|cid):[^<>]{0,4000}>", re.IGNORECASE)
"""The target of a link, as programs write it behind its text."""
_DRAWN = re.compile(r"\[(?:cid|image|imagem|imagen|bild)\s*:[^\]\n]{0,300}\]", re.IGNORECASE)
"""Stands for a picture."""


_PICTURE = "\ufffc"
"""Apple's placeholder for a picture, which the HTML does not have."""


class _Read(dict[int, int | None]):
    """What each character is reduced to."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        is_read = char.isalnum() or (unicodedata.category(char) in ("So", "Sc") and char != _PICTURE)
        self[code] = code if is_read else None
        return self[code]


_READ = _Read()


class Span(NamedTuple):
    """A range of the sequence of letters."""

    start: int
    end: int


def letters(text: str) -> str:
    return fold(text).translate(_READ)


def of_plain(text: str, names: Iterable[str]) -> str:
    """Reduces plain text. `names` are those of its pictures, which the text has in brackets."""
    text = _DRAWN.sub("", _TOLD.sub("", text))
    for name in filter(None, names):
        text = text.replace(f"[{name}]", "").replace(f"<{name}>", "")
    return letters(text)


def place(whole: str, part: str, said: str) -> Span | None:
    """Finds `part`, the beginning or end of `said`, in `whole`. Returns None when `whole` differs from `said`.

    All three are sequences of letters.
    """
    is_first = said.startswith(part)
    start = 0 if is_first else len(whole) - len(part)
    end = start + len(part)
    before, after = ("", said[len(part) :]) if is_first else (said[: -len(part)], "")
    if not part or start < 0 or whole[start:end] != part:
        return None
    begins = start > 0 and whole[:start].endswith(before[-_NEIGHBOURS:]) if before else start == 0
    ends = end < len(whole) and whole.startswith(after[:_NEIGHBOURS], end) if after else end == len(whole)
    return Span(start, end) if begins and ends else None

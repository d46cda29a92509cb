"""Numbers in their various notations: phones, dates, times, prices, classes, models and sizes.

Each becomes one word that all its notations share. Texts come folded (`text.fold`).
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A word and its position."""

    start: int
    end: int
    word: str


_BEFORE, _AFTER = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_DAY, _MONTH = "(0?[1-9]|[12][0-9]|3[01])", "(0?[1-9]|1[0-2])"

_PHONE = r"(?:(?:00 ?)?55[ -]?|0)?[( ]{0,2}([1-9][0-9])[) -]{0,3}(9[0-9]{4}|[2-5][0-9]{3})[ .-]?([0-9]{4})"
_DATE = rf"{_DAY}(?:/{_MONTH}(?:/(?:20)?([0-9]{{2}}))?|-{_MONTH}-20([0-9]{{2}})|\.{_MONTH}\.20([0-9]{{2}}))"
_DATE_BY_YEAR = r"20([0-9]{2})([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])"

_WRITTEN: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Sequence[str]]]] = [
    (re.compile(f"{_BEFORE}{pattern}{_AFTER}"), words)
    for pattern, words in (
        (_PHONE, lambda found: ("".join(found.groups()), found[2] + found[3])),
        (_DATE, lambda found: _date(*filter(None, found.groups()))),
        (_DATE_BY_YEAR, lambda found: _date(found[4], found[3], found[1])),
        (r"([0-9]{1,2}) ?h ?([0-9]{2})(?: ?min)?", lambda found: (found[1] + found[2],)),
        (r"([0-9]{1,3}(?:\.?[0-9]{3}){0,4}),00", lambda found: (found[1].replace(".", ""),)),
        (r"([0-9]{1,2})\.?[ao]", lambda found: (found[1],)),
        (r"([0-9]{1,4}) x ([0-9]{1,4})", lambda found: (f"{found[1]}x{found[2]}",)),
    )
]
"""(11) 98765-4321, 5/3/26 and 2026-03-05, 10h30, 1.500,00, 9º, 3 x 4: what is shared with +55 11987654321, 05/03/2026,
10:30, 1500, 9, 3x4; then the part of it that others seek, a phone without its area, a date without its day.
"""

_DIGIT = re.compile("[0-9]")
_LAST_DIGITS = re.compile(rf"(?<=[a-z])[0-9]{{4,}}{_AFTER}")
"""The last digits of IMG20261103."""
_MOST_LETTERS = 3
"""The most letters of a unit after a number: 24 h, 16 gb."""


def spellings(plain: str) -> list[list[Piece]]:
    """Each number as one word, then the parts of it that people search."""
    if not _DIGIT.search(plain):
        return []
    found = ((each, words(each)) for pattern, words in _WRITTEN for each in pattern.finditer(plain))
    return [[Piece(*each.span(), word) for word in spelt] for each, spelt in found]


def within(plain: str, words: Sequence[Piece]) -> Iterator[str]:
    """Further words of a text: a model in two words as one (Windows 11), and the digits that end a word."""
    for one, other in itertools.pairwise(words):
        if other.start == one.end + 1 and plain[one.end] == " ":
            is_size = one.word.isdecimal() and other.word.isalpha() and len(other.word) <= _MOST_LETTERS
            if is_size or (one.word.isalpha() and other.word.isdecimal()):
                yield one.word + other.word
    yield from (found[0] for found in _LAST_DIGITS.finditer(plain))


def _date(day: str, month: str, year: str = "") -> Sequence[str]:
    return (f"{day:0>2}{month:0>2}20{year}", f"{month:0>2}20{year}") if year else (f"{day:0>2}{month:0>2}",)

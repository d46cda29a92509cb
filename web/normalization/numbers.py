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


_NAMES = "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro".split()  # noqa: SIM905
MONTHS = {name[:3]: name for name in _NAMES}

_BEFORE, _AFTER = r"(?<![0-9a-z])", r"(?![0-9a-z])"
_DAY, _MONTH = "(0?[1-9]|[12][0-9]|3[01])", "(0?[1-9]|1[0-2])"

_PREFIX = "(?:(?:00 ?)?55[ -]?|0(?:xx| ?[1-9][0-9] )?)?"
_PHONE = rf"{_PREFIX}[( ]{{0,2}}([1-9][0-9])[) -]{{0,3}}(9[0-9]{{4}}|[2-5][0-9]{{3}})[ .-]?([0-9]{{4}})"
_DATE = rf"{_DAY}o?(?:/{_MONTH}(?:/(?:20)?([0-9]{{2}}))?|-{_MONTH}-20([0-9]{{2}})|\.{_MONTH}\.(?:20)?([0-9]{{2}}))"
_DATE_BY_YEAR = r"20([0-9]{2})([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])"

_NAMED = f"({'|'.join(MONTHS)})(?:{'|'.join(name[3:] for name in MONTHS.values() if name[3:])})?\\.?"
_DATE_IN_WORDS = rf"{_DAY}o?(?: de |[ /.-]){_NAMED}(?:,? (?:de )?20([0-9]{{2}})|[/.-](?:20)?([0-9]{{2}}))?"
_MONTH_IN_WORDS = rf"{_NAMED}(?:(?: de |[ /._-])?20([0-9]{{2}})|[/-]([0-9]{{2}}))"

_HOURS, _MINUTES = " ?h(?:s|rs|oras?)?", "(?: ?([0-5]?[0-9])(?: ?m(?:in)?)?)?"
_TIME = f"([01]?[0-9]|2[0-4])(?::([0-5][0-9])(?::[0-5][0-9])?(?:{_HOURS})?|{_HOURS}{_MINUTES})"

_WRITTEN: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Sequence[str]]]] = [
    (re.compile(f"{_BEFORE}{pattern}{_AFTER}"), words)
    for pattern, words in (
        (_PHONE, lambda found: ("".join(found.groups()), found[2] + found[3])),
        (_DATE, lambda found: _date(*filter(None, found.groups()))),
        (_DATE_BY_YEAR, lambda found: _date(found[4], found[3], found[1])),
        (_DATE_IN_WORDS, lambda found: _date(found[1], _month(found[2]), *filter(None, found.groups()[2:]))),
        (_MONTH_IN_WORDS, lambda found: (f"{_month(found[1])}20{found[2] or found[3]}",)),
        (rf"{_MONTH}/20([0-9]{{2}})", lambda found: (f"{found[1]:0>2}20{found[2]}",)),
        (_TIME, lambda found: _time(*filter(None, found.groups()))),
        (r"([0-9]{1,3}(?:\.?[0-9]{3}){0,4}),00", lambda found: (found[1].replace(".", ""),)),
        (r"([0-9]{1,2})\.?[ao]", lambda found: (found[1],)),
        (r"([0-9]{1,4}) x ([0-9]{1,4})", lambda found: (f"{found[1]}x{found[2]}",)),
    )
]
"""(11) 98765-4321, 5/3/26, 5 de março de 2026 and 2026-03-05, 8h and 8:00, 1.500,00, 9º, 3 x 4: what is shared with
+55 11987654321, 05/03/2026, 08h00, 1500, 9, 3x4; then the part of it that others seek, a phone without its area, a date
without its day.
"""

_DIGIT = re.compile("[0-9]")
_LAST_DIGITS = re.compile(rf"(?<=[a-z])[0-9]{{4,}}{_AFTER}")
"""The last digits of IMG20261103."""
_MOST_LETTERS = 4
"""The most letters of a unit after a number: 24 h, 16 gb, 100 mbps."""


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


def _month(named: str) -> str:
    return f"{list(MONTHS).index(named[:3]) + 1:0>2}"


def _time(hour: str, minute: str = "") -> Sequence[str]:
    return (f"{hour:0>2}h{minute:0>2}", hour + minute) if minute else (f"{hour:0>2}h00",)

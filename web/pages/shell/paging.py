"""Parses parts of the address of a list leniently."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from web.pages.words.labels import BEFORE_A_NUMBER, NUMBERED
from web.text import fold, plain_code
from web.tickets.pagination import Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_NAMES = "|".join(re.escape(fold(name)) for name in (*NUMBERED, *BEFORE_A_NUMBER))
_GROUPED = str.maketrans("", "", ". ")
_NAME = rf"(?:(?:{_NAMES})s?(?![^\W\d])[^\w\"]*)"
_NAMED = f"{_NAME}*"
_ANSWERED = r"(?:(?:re|res|enc|fwd?):\s*)*(?:\[[^\]#]*\]\s*(?=\S*#))?"
_NUMBER = re.compile(
    rf"{_ANSWERED}(?:-\s)?[^\w\"+-]*{_NAMED}(?P<written>[0-9]+|[0-9]{{1,3}}(?:[. ][0-9]{{3}})+)[^\w\"]*"
    r"|\S*/tickets/(?P<address>[0-9]+)(?:[^0-9\s]\S*)?"
    r"|.*\[[^\]#]*#(?P<subject>[0-9]+)\].*"
    rf"|{_ANSWERED}#? ?{_NAMED}(?<=#)(?P<titled>[0-9]+)\b.*|# ?(?P<first>[0-9]+)\b.*"
    rf"|{_ANSWERED}\[?{_NAME}+(?P<parted>[0-9]+)(?:\]|:|\s[-–—])\s.*"
)
"""A ticket number after its name or a sign, in its address, in the brackets of a subject, or before its title.

Inside quotes it is a word.
"""


def keyset(place: Place) -> str:
    """The cursor of the next page."""
    if isinstance(place, int):
        return str(place)
    return f"{(place[0] - _EPOCH) // timedelta(microseconds=1)}-{place[1]}"


class Changed(Protocol):
    """A ticket of a list."""

    @property
    def id(self) -> int: ...

    @property
    def updated_at(self) -> datetime: ...


def last_change(rows: Sequence[Changed], at: datetime) -> str:
    """The latest change on a page of tickets as a cursor; the present time for an empty page."""
    return keyset(max(((row.updated_at, row.id) for row in rows), default=(at, 0)))


def place_of(text: str) -> Place | None:
    first, _, number = text.partition("-")
    if not text.isascii() or not first.isdecimal() or len(first) > 17 or len(number) > 17:
        return None
    if not number:
        return int(first) if first == text else None
    return (_EPOCH + timedelta(microseconds=int(first)), int(number)) if number.isdecimal() else None


def whole_number(text: str, *, digits: int = 17) -> int | None:
    written = plain_code(text)
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= digits else None


def ticket_number(text: str) -> int | None:
    """The number of a ticket, however it is written: 10017, Ticket #10017, nº 10017., [#10017], its address."""
    found = _NUMBER.fullmatch(fold(plain_code(text)))
    return whole_number("".join(filter(None, found.groups())).translate(_GROUPED)) if found else None

"""Dates and times as people type them in browsers without a date field: 5/3/26, 05.03.2026 10h30."""

import re
from datetime import date, datetime

from web.text import plain_code

_DAY = re.compile(
    r"(?P<day>[0-9]{1,2}) ?(?P<sign>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=sign) ?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_TIME = re.compile(r"[T ](?P<hour>[0-9]{1,2})(?:[:h](?P<rest>[0-9]{2}(?::[0-9.]+)?)|h)")
_LAST_CENTURY = 70
"""Two-digit years from this one on belong to the last century."""


def read_day(text: str) -> date | None:
    """Reads a date. Returns None for any other text."""
    found = _DAY.fullmatch(plain_code(text))
    return _day(found) if found else None


def read_day_of_century(text: str) -> date | None:
    """Reads a date of this century. Returns None for any other text."""
    day = read_day(text)
    return day if day and 2000 <= day.year < 2100 else None


def read_moment(text: str) -> datetime | None:
    """Reads a date and a time; without a time it is midnight. Returns None for any other text."""
    plain = plain_code(text)
    found = _DAY.match(plain)
    day = _day(found) if found else None
    rest = plain[found.end() :] if found else ""
    time = _TIME.fullmatch(rest)
    if day is None or (rest and time is None):
        return None
    clock = f"T{time['hour']:0>2}:{time['rest'] or '00'}" if time else ""
    try:
        return datetime.fromisoformat(f"{day.isoformat()}{clock}")
    except ValueError:
        return None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(found["iso"]) if found["iso"] else date(*_numbers(found))
    except ValueError:
        return None


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = map(int, found.group("year", "month", "day"))
    if len(found["year"]) == 2:
        year += 1900 if year >= _LAST_CENTURY else 2000
    return year, month, day

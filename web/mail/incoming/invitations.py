"""Parses the first event of a calendar invitation (RFC 5545 and 5546)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from web.mail.incoming import headers
from web.text import clean_text

_LONGEST = 256 * 1024
"""The most bytes; longer calendars stay files."""
_MOST_LINES = 2000
_EVENT = re.compile(r"^BEGIN:VEVENT\n(.*?)^END:VEVENT", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(r'([A-Za-z-]+)((?:;[A-Za-z-]+=(?:"[^"\n]*"|[^";:\n]*)){0,20}):(.*)')
_ZONE = re.compile(r';TZID="?([^";:]+)"?', re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_OF_WINDOWS = {"E. South America Standard Time": "America/Sao_Paulo", "SA Eastern Standard Time": "America/Fortaleza"}
"""Outlook's names for the time zones of Brazil."""


@dataclass(frozen=True)
class Invitation:
    """An event. `method` is REQUEST, CANCEL, REPLY or another of RFC 5546; a time without a zone stays as written."""

    method: str
    title: str
    begins: datetime | date | None
    ends: datetime | date | None
    place: str
    organizer: str
    people: tuple[str, ...]
    text: str


class _Line(NamedTuple):
    """A line of the calendar. `more` holds its parameters."""

    name: str
    more: str
    value: str


def parse(content: bytes) -> Invitation | None:
    """Returns None if there is no event."""
    if len(content) > _LONGEST:
        return None
    plain = re.sub(r"\r?\n[ \t]", "", headers.in_charset(content, "utf-8")).replace("\r\n", "\n")
    event = _EVENT.search(plain)
    if event is None:
        return None
    lines = list(_lines(event[1]))
    named = {each.name: each for each in reversed(lines)}
    method = next((each.value for each in _lines(plain[: event.start()]) if each.name == "METHOD"), "")
    return Invitation(
        method=method.strip().upper()[:20],
        title=_said(named.get("SUMMARY"))[:300],
        begins=_time(named.get("DTSTART")),
        ends=_time(named.get("DTEND")),
        place=_said(named.get("LOCATION"))[:300],
        organizer=_person(named.get("ORGANIZER")),
        people=tuple(filter(None, (_person(each) for each in lines if each.name == "ATTENDEE")))[:50],
        text=_said(named.get("DESCRIPTION"), is_long=True)[:10_000],
    )


def _lines(text: str) -> Iterator[_Line]:
    """Yields the lines. Those of an alarm inside the event come last, so that others with the same name win."""
    for line in text.splitlines()[:_MOST_LINES]:
        if found := _LINE.fullmatch(line):
            yield _Line(found[1].upper(), found[2], found[3])


def _said(line: _Line | None, *, is_long: bool = False) -> str:
    if line is None:
        return ""
    text = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], line.value)
    return clean_text(text).strip() if is_long else headers.line(text)


def _person(line: _Line | None) -> str:
    """The address, with the name if there is one."""
    if line is None:
        return ""
    address = re.sub(r"^mailto:", "", line.value.strip(), flags=re.IGNORECASE)
    name = re.search(r';CN="?([^";:]+)"?', line.more, re.IGNORECASE)
    return headers.line(f"{name[1]} <{address}>" if name and name[1] != address else address)[:300]


def _time(line: _Line | None) -> datetime | date | None:
    if line is None:
        return None
    zone = _ZONE.search(line.more)
    for pattern in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            found = datetime.strptime(line.value.strip(), pattern)  # noqa: DTZ007 - its zone stands beside it
        except ValueError:
            continue
        if pattern == "%Y%m%d":
            return found.date()
        return found.replace(tzinfo=UTC if pattern.endswith("Z") else _zone(zone[1] if zone else ""))
    return None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(_OF_WINDOWS.get(name, name)) if name else None
    except (KeyError, ValueError, OSError):
        return None

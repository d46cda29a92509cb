"""Timelines written by hand, one line an event, and their policies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from web.business_time.calendars import Calendar, weekly
from web.business_time.durations import parse
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent, Timeline
from web.tickets.life.workflows import Timers, workflow
from web.tickets.sla.targets import Policy, Promise, Target

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DESK = weekly(zone=SAO_PAULO)
"""Monday to Friday, nine to six, no holidays."""
STATUSES = ("draft", "approval", "new", "open", "waiting", "resolved", "closed")


def at(text: str, zone: ZoneInfo = SAO_PAULO) -> datetime:
    """`23/11 9:30`, or with seconds, of 2026 or of the year given: `29/02/2028 17:00`."""
    day, clock = text.split()
    day, clock = (day if day.count("/") == 2 else f"{day}/2026"), (clock if clock.count(":") == 2 else f"{clock}:00")
    return datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M:%S").replace(tzinfo=zone).astimezone(UTC)


def told(instant: datetime | None) -> str | None:
    """The instant in the notation of `at`."""
    return None if instant is None else f"{instant.astimezone(SAO_PAULO):%d/%m %H:%M}"


def life(*lines: str, **last: Any) -> Timeline:
    """When, and the resulting status (`waiting:requester`), `answer` or `note`; `last` is data of the last event."""
    return timeline.timeline_of(happenings(*lines, **last))


def happenings(*lines: str, **last: Any) -> Iterator[PastEvent]:
    before = "draft"
    for line in lines:
        when, _, what = line.rpartition(" ")
        status, _, wait = what.partition(":")
        data = {"from": before, "to": status} | ({"wait": wait} if wait else {}) if status in STATUSES else {}
        before = data.get("to", before)
        yield PastEvent(what, at(when), data | (last if line == lines[-1] else {}), is_answer=what == "answer")


def promised(promise: Promise, duration: str, *, calendar: Calendar = DESK, **more: Any) -> Target:
    return Target(promise, parse(duration), calendar, **more)


def answer_in(duration: str, **more: Any) -> Target:
    return promised(Promise.FIRST_RESPONSE, duration, **more)


def solution_in(duration: str, **more: Any) -> Target:
    return promised(Promise.RESOLUTION, duration, **more)


def terms(*targets: Target, preset: str | None = None, calendar: Calendar = DESK) -> Policy:
    """A policy with these targets, and the timers of a preset if one is named."""
    return Policy(workflow(preset).timers if preset else Timers(), calendar, targets)

"""Counts open time slowly and simply: minute by minute, by the local time of day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from web.business_time.calendars import Calendar
from web.business_time.clocks import Pause

MINUTE = timedelta(minutes=1)


def is_open(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(calendar.zone)
    second = local.hour * 3600 + local.minute * 60 + local.second
    return any(opens <= second < closes for opens, closes in calendar.hours(local.date()))


def counts(calendar: Calendar, instant: datetime, pauses: Sequence[Pause]) -> bool:
    return is_open(calendar, instant) and not any(
        begins <= instant and (ends is None or instant < ends) for begins, ends in pauses
    )


def due(start: datetime, minutes: int, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime:
    instant = start
    while minutes:
        minutes -= counts(calendar, instant, pauses)
        instant += MINUTE
    return instant


def elapsed(start: datetime, end: datetime, calendar: Calendar, pauses: Sequence[Pause] = ()) -> timedelta:
    total, instant = timedelta(0), start
    while instant < end:
        total += MINUTE * counts(calendar, instant, pauses)
        instant += MINUTE
    return total

"""The office hours of the demonstration's people."""

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from web.business_time import clocks
from web.business_time.calendars import Span, weekly
from web.business_time.durations import Duration, Unit
from web.business_time.holidays import Exceptions

OFFICE = replace(weekly(zone=ZoneInfo("America/Sao_Paulo")), exceptions=Exceptions(None, {}))
"""Like the default calendar: nine hours from Monday to Friday, without the holidays of Brazil."""

_HOUR = Duration(1, Unit.BUSINESS_HOURS)


def before(instant: datetime, hours: float) -> datetime:
    """The instant so many office hours before."""
    left, day = timedelta(hours=hours), OFFICE.local_date(instant)
    while True:
        for opens, closes in reversed(OFFICE.spans(day)):
            last = min(closes, instant)
            if last - opens >= left:
                return last - left
            left -= max(last - opens, timedelta(0))
        day -= timedelta(days=1)


def after(instant: datetime, hours: float) -> datetime:
    """The instant so many office hours after."""
    found = clocks.after(instant, timedelta(hours=hours), _HOUR, OFFICE)
    assert found is not None  # nothing pauses it
    return found


class OfficeTime:
    """The office hours before an instant as one axis, to find instants by how many hours ago they are."""

    def __init__(self, *, start: datetime, end: datetime) -> None:
        self.end = end
        self._spans = list(_spans(start, end))
        lengths = [(closes - opens) / timedelta(hours=1) for opens, closes in self._spans]
        self._ago = [-hours for hours in itertools.accumulate(reversed(lengths))][::-1]
        """Hours before the end at each opening, negative so that they increase."""

    @property
    def hours(self) -> float:
        """The whole length."""
        return -self._ago[0]

    def at(self, hours: float) -> datetime:
        """The instant so many hours ago."""
        place = self._place(hours)
        return self._spans[place][0] + timedelta(hours=-self._ago[place] - hours)

    def _place(self, hours: float) -> int:
        return max(bisect.bisect_right(self._ago, -hours) - 1, 0)


def _spans(start: datetime, end: datetime) -> Iterator[Span]:
    day, last = OFFICE.local_date(start), OFFICE.local_date(end)
    while day <= last:
        for opens, closes in OFFICE.spans(day):
            if start <= opens < end:
                yield opens, min(closes, end)
        day += timedelta(days=1)

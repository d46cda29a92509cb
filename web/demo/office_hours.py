"""The hours in which invented people work."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from web.business_time import clocks
from web.business_time.calendars import weekly
from web.business_time.durations import Duration, Unit
from web.business_time.holidays import Exceptions

OFFICE = replace(weekly(zone=ZoneInfo("America/Sao_Paulo")), exceptions=Exceptions(None, {}))
"""As the calendar that everybody starts with: nine hours from Monday to Friday, the holidays of Brazil."""

_HOUR = Duration(1, Unit.BUSINESS_HOURS)


def before(instant: datetime, hours: float) -> datetime:
    """The instant that so many office hours lie behind."""
    left, day = timedelta(hours=hours), OFFICE.local_date(instant)
    while True:
        for opens, closes in reversed(OFFICE.spans(day)):
            last = min(closes, instant)
            if last - opens >= left:
                return last - left
            left -= max(last - opens, timedelta(0))
        day -= timedelta(days=1)


def after(instant: datetime, hours: float) -> datetime:
    """The instant so many office hours ahead."""
    found = clocks.after(instant, timedelta(hours=hours), _HOUR, OFFICE)
    assert found is not None  # nothing pauses it
    return found

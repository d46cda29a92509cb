"""Times as people write them, read from a form and shown again: hours of a day, dates, whole numbers."""

import re
from datetime import date

from web.business_time.calendars import Interval
from web.errors import Invalid
from web.pages.shell.forms import Form
from web.pages.words.formats import DAYS
from web.tickets.sla.settings_rules import WEEKDAYS, Week

_TIME = r"(\d{1,2})(?:[h:](\d{2})?)?"
_INTERVAL = re.compile(rf"{_TIME}\s*(?:-|–|a|às|até)\s*{_TIME}", re.IGNORECASE)


def hours(form: Form, name: str) -> tuple[Interval, ...]:
    """ "09:00-12:00, 13:00-18:00", or "9h às 12h e 13h às 18h"; nothing for a day that stays closed."""
    text = form.text(name)
    if _INTERVAL.sub("", text).strip(" ,;.e"):
        raise Invalid(name, "not_hours")
    return tuple(_interval(*found.groups(), name=name) for found in _INTERVAL.finditer(text))


def week(form: Form) -> Week:
    return tuple(hours(form, name) for name in WEEKDAYS)


def day(form: Form, name: str) -> date | None:
    """As browsers send it, or as people write it where there is no field for dates."""
    text = form.text(name).strip()
    text = re.sub(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1", text)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(name, "not_a_date") from None


def whole(form: Form, name: str) -> int | None:
    text = form.text(name).strip()
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        raise Invalid(name, "not_a_number")
    return int(text)


def hours_told(intervals: tuple[Interval, ...]) -> str:
    """09:00-12:00, 13:00-18:00; as a form takes it."""
    return ", ".join(f"{_time(opens)}-{_time(closes)}" for opens, closes in intervals)


def open_told(intervals: tuple[Interval, ...]) -> str:
    """What of a date stays open."""
    return f"aberto {hours_told(intervals)}" if intervals else "fechado"


def week_told(week: Week) -> str:
    """seg. a sex. 09:00-18:00; days in a row with the same hours as one."""
    runs: list[tuple[int, int]] = []
    for place, intervals in enumerate(week):
        if runs and week[runs[-1][1]] == intervals:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return "; ".join(f"{_days(*run)} {hours_told(week[run[0]])}" for run in runs if week[run[0]])


def dates_told(first: date, last: date) -> str:
    """25/12/2026, or 21/12/2026 a 31/01/2027."""
    days = [f"{each:%d/%m/%Y}" for each in dict.fromkeys((first, last))]
    return " a ".join(days)


def _interval(*parts: str | None, name: str) -> Interval:
    opens, opens_past, closes, closes_past = (int(part or 0) for part in parts)
    if max(opens_past, closes_past) > 59:
        raise Invalid(name, "not_hours")
    return opens * 3600 + opens_past * 60, closes * 3600 + closes_past * 60


def _time(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"


def _days(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]} {'e' if last - first == 1 else 'a'} {DAYS[last]}"

"""Whether the desk is open, until when, and when it opens again."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from web.business_time.calendars import Calendar
from web.pages.words.formats import DAYS, clock_time, day, local, moment, told_in
from web.pages.words.settings.time import hours_text

_ALWAYS = timedelta(days=7)
_AHEAD = timedelta(days=45)


class Openness(NamedTuple):
    """Whether the desk is open, and until when or from when."""

    is_open: bool
    text: str
    more: str


def openness(calendar: Calendar, at: datetime) -> Openness:
    """Aberto agora, até 18h. Fechado agora; Abre amanhã, 9h."""
    with told_in(calendar.zone):
        closes = _closes(calendar, at)
        if closes is None:
            return Openness(False, "Fechado agora", _next(calendar, at))
        if closes - at > _ALWAYS:
            return Openness(True, "Aberto agora, dia e noite", "")
        return Openness(True, f"Aberto agora, até {_end(closes)}", "")


def week_rows(calendar: Calendar) -> list[tuple[str, str]]:
    """The days of a week with their hours; equal days in a row are joined."""
    rows: list[tuple[int, int]] = []
    for weekday, intervals in enumerate(calendar.week):
        if rows and calendar.week[rows[-1][1]] == intervals:
            rows[-1] = (rows[-1][0], weekday)
        else:
            rows.append((weekday, weekday))
    return [(_days(*each), hours_text(calendar.week[each[0]]) or "fechado") for each in rows]


def coming_dates(calendar: Calendar, at: datetime) -> list[tuple[str, str, str]]:
    """The next closures: date, name and hours."""
    today = calendar.local_date(at)
    runs = (
        run for run in calendar.runs(today, today + _AHEAD) if run.rules and run.hours != _usual(calendar, run.first)
    )
    return [(_dates(run.first, run.last), run.name, hours_text(run.hours) or "fechado") for run in islice(runs, 4)]


def _usual(calendar: Calendar, of: date) -> tuple[tuple[int, int], ...]:
    return calendar.week[of.weekday()]


def _closes(calendar: Calendar, at: datetime) -> datetime | None:
    """When the present opening ends, joining intervals without a gap; None if it is closed."""
    end = None
    for opens, closes in islice(calendar.open_from(at), 20):
        if opens > (end or at):
            break
        end = closes
    return end


def _next(calendar: Calendar, at: datetime) -> str:
    """Abre hoje, 14h; Abre amanhã, 9h; Abre seg., 30/11, 9h. With the name of the holiday that keeps it closed."""
    span = next(calendar.open_from(at), None)
    if span is None:
        return ""
    today = calendar.local_date(at)
    why = calendar.why_closed(today) if calendar.local_date(span[0]) > today else ""
    return f"Abre {_when(calendar, span[0], at)}" + (f" ({why})" if why else "")


def opens_at(calendar: Calendar, at: datetime) -> str:
    """Hoje, 14h; amanhã, 9h; seg., 30/11, 9h; empty if it never opens. In the zone of the calendar."""
    with told_in(calendar.zone):
        span = next(calendar.open_from(at), None)
        return _when(calendar, span[0], at) if span else ""


def _when(calendar: Calendar, opens: datetime, at: datetime) -> str:
    days = (calendar.local_date(opens) - calendar.local_date(at)).days
    return {0: f"hoje, {clock_time(opens)}", 1: f"amanhã, {clock_time(opens)}"}.get(days, moment(opens))


def _end(closes: datetime) -> str:
    """18h; 24h for midnight."""
    return "24h" if (local(closes).hour, local(closes).minute) == (0, 0) else clock_time(closes)


def _days(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]} {'e' if last - first == 1 else 'a'} {DAYS[last]}"


def _dates(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} a {day(last)}"

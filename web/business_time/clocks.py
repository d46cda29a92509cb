"""Clocks: when a duration ends, how much of it has passed, and the computation behind it ("memória de cálculo").

Pauses subtract only the open time that they cover: one from 17:00 to 09:00 changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from web.business_time.calendars import DAY, Calendar, Span
from web.business_time.durations import Duration
from web.errors import Invalid

Pause = tuple[datetime, datetime | None]
"""The beginning and the end of a pause; no end while it lasts."""

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A local date of a computation: how much of it counts, and why the rest does not."""

    day: date
    counted: timedelta
    """Time up to the requested instant."""
    ahead: timedelta
    """Time after the requested instant."""
    why: str = ""
    is_paused: bool = False
    """Whether a pause covers some of its open time."""


@dataclass(frozen=True)
class Computation:
    """When a duration ends and why. While the clock is paused, `due` is None and `remaining` is constant."""

    start: datetime
    duration: Duration
    due: datetime | None
    whole: timedelta
    """The whole counted time."""
    elapsed: timedelta
    """Counted time up to the requested instant, even beyond the whole."""
    paused_since: datetime | None
    asked: datetime
    clock: Calendar
    pauses: Sequence[Pause]

    @property
    def days(self) -> tuple[Counted, ...]:
        """What each local date contributes, closed ones with the reason, up to the due or the requested instant."""
        until = max(self.due or self.asked, self.asked)
        return tuple(_by_day(self.start, until, self.asked, self.clock, self.pauses))

    @property
    def excess(self) -> timedelta:
        """Counted time beyond the whole."""
        return max(self.elapsed - self.whole, timedelta(0))

    @property
    def remaining(self) -> timedelta:
        return max(self.whole - self.elapsed, timedelta(0))

    @property
    def is_paused(self) -> bool:
        return self.paused_since is not None


def due(start: datetime, duration: Duration, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime | None:
    """The instant at which the duration ends; None while a pause prevents that. Raises `Invalid`."""
    if duration.counts_days:
        return _due_by_days(start, duration, calendar, pauses)
    ends = after(start, timedelta(hours=duration.amount), duration, calendar, pauses)
    if ends is None and _lasting(pauses) is None:
        raise Invalid("calendar", "never_open")
    return ends


def after(
    start: datetime, span: timedelta, duration: Duration, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The instant at which so much time of the duration's kind has passed; None while a pause prevents that."""
    for opens, closes in _running(start, _of(duration, calendar), pauses):
        if closes - opens >= span:
            return opens + span
        span -= closes - opens
    return None


def elapsed(start: datetime, end: datetime, calendar: Calendar, pauses: Sequence[Pause] = ()) -> timedelta:
    """The open time between two instants without the pauses."""
    total = timedelta(0)
    for opens, closes in _running(start, calendar, pauses):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def compute(
    start: datetime, duration: Duration, calendar: Calendar, pauses: Sequence[Pause] = (), *, now: datetime
) -> Computation:
    """The whole computation, for the page about a deadline."""
    ends = due(start, duration, calendar, pauses)
    clock = _of(duration, calendar)
    asked = max(now, start)
    return Computation(
        start=start,
        duration=duration,
        due=ends,
        whole=_whole(start, duration, calendar, pauses),
        elapsed=elapsed(start, asked, clock, pauses),
        paused_since=_lasting(pauses),
        asked=asked,
        clock=clock,
        pauses=pauses,
    )


def _whole(start: datetime, duration: Duration, calendar: Calendar, pauses: Sequence[Pause]) -> timedelta:
    """The whole counted time. For days, a pause that lasts counts as if it ended where it began."""
    if not duration.counts_days:
        return timedelta(hours=duration.amount)
    over = _over(pauses)
    return elapsed(start, _last_day_ends(start, duration, calendar, over), _of(duration, calendar), over)


def _of(duration: Duration, calendar: Calendar) -> Calendar:
    return calendar if duration.needs_calendar else always_open(calendar.zone)


@cache
def always_open(zone: ZoneInfo) -> Calendar:
    """A calendar that is always open, for calendar hours."""
    return Calendar(zone, (((0, DAY),),) * 7)


def _running(start: datetime, calendar: Calendar, pauses: Sequence[Pause]) -> Iterator[Span]:
    """Yields the open intervals after the start, without the pauses; ends where a lasting pause begins."""
    cuts = sorted((begins, ends or datetime.max.replace(tzinfo=UTC)) for begins, ends in pauses)
    lasting = _lasting(pauses)
    for opens, closes in calendar.open_from(start):
        if lasting is not None and opens >= lasting:
            return
        yield from _without((opens, closes), cuts)


def _without(span: Span, cuts: list[Span]) -> Iterator[Span]:
    opens, closes = span
    for begins, ends in cuts:
        if begins >= closes:
            break
        if begins > opens:
            yield opens, begins
        opens = max(opens, ends)
    if opens < closes:
        yield opens, closes


def _lasting(pauses: Sequence[Pause]) -> datetime | None:
    """Since when the clock has been paused, if it is."""
    return min((begins for begins, ends in pauses if ends is None), default=None)


def _due_by_days(start: datetime, duration: Duration, calendar: Calendar, pauses: Sequence[Pause]) -> datetime | None:
    ends, lasting = _last_day_ends(start, duration, calendar, _over(pauses)), _lasting(pauses)
    return ends if lasting is None or ends <= lasting else None


def _over(pauses: Sequence[Pause]) -> list[Span]:
    return sorted((begins, ends) for begins, ends in pauses if ends is not None)


def _last_day_ends(start: datetime, duration: Duration, calendar: Calendar, cuts: list[Span]) -> datetime:
    """The close (or midnight) of the last of so many days after the first that have any counted time."""
    day, counted = calendar.local_date(start), 0
    for _ in range(duration.amount * 40 + 4000):
        day += timedelta(days=1)
        spans = calendar.spans(day) if duration.needs_calendar else [_whole_day(calendar, day)]
        counted += any(True for span in spans for _ in _without(span, cuts))
        if counted == duration.amount:
            return spans[-1][1]
    raise Invalid("calendar", "never_open")


def _whole_day(calendar: Calendar, day: date) -> Span:
    return calendar.day_ends(day - _ONE), calendar.day_ends(day)


def _by_day(
    start: datetime, end: datetime, asked: datetime, calendar: Calendar, pauses: Sequence[Pause]
) -> Iterator[Counted]:
    counted: dict[date, timedelta] = defaultdict(timedelta)
    ahead: dict[date, timedelta] = defaultdict(timedelta)
    for opens, closes in _running(start, calendar, pauses):
        if opens >= end:
            break
        day, turn = calendar.local_date(opens), min(max(opens, asked), closes, end)
        counted[day] += turn - opens
        ahead[day] += min(closes, end) - turn
    day, last = calendar.local_date(start), calendar.local_date(end)
    while day <= last:
        yield Counted(
            day=day,
            counted=counted[day],
            ahead=ahead[day],
            why=calendar.why_closed(day),
            is_paused=_is_paused(calendar, day, start, end, pauses),
        )
        day += _ONE


def _is_paused(calendar: Calendar, day: date, start: datetime, end: datetime, pauses: Sequence[Pause]) -> bool:
    spans = [(max(opens, start), min(closes, end)) for opens, closes in calendar.spans(day)]
    return any(
        begins < closes and (ends is None or ends > opens)
        for opens, closes in spans
        if opens < closes
        for begins, ends in pauses
    )

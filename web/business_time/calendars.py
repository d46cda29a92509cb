"""Calendars of open time: weekly intervals and exceptions, in a time zone.

An instant is open when its local time of day lies in one of its date's intervals, half-open at the end. At a change of
the clocks, a skipped hour does not count and a repeated hour counts twice: all lengths are real seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo, available_timezones

from web.errors import Invalid

Interval = tuple[int, int]
"""Seconds of the local day, from and until; 86,400 is 24:00."""

Span = tuple[datetime, datetime]
"""An open stretch, in UTC."""

DAY = 86_400
FARTHEST = timedelta(days=366 * 12)
"""How far ahead a due instant is searched; a calendar that is closed for longer counts as empty."""


@dataclass(frozen=True)
class DayRule:
    """A date that differs from its weekday: closed, or open only within `allowed`; `name` is the reason."""

    name: str
    allowed: tuple[Interval, ...] = ()
    replaces: bool = False
    """Whether `allowed` replaces the hours of the weekday; otherwise only the hours in both are open."""


@dataclass(frozen=True)
class Run:
    """Consecutive dates with the same rules and the same open hours."""

    first: date
    last: date
    rules: tuple[DayRule, ...]
    hours: tuple[Interval, ...]

    @property
    def name(self) -> str:
        return _names(self.rules)


@dataclass(frozen=True)
class Calendar:
    """Opening hours by weekday (Monday first), and exceptions. Raises `Invalid` when it would never open."""

    zone: ZoneInfo
    week: tuple[tuple[Interval, ...], ...]
    exceptions: Mapping[date, tuple[DayRule, ...]] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise Invalid("week", "not_seven_days")
        for intervals in (*self.week, *(each.allowed for layers in self.exceptions.values() for each in layers)):
            if not are_in_order(intervals):
                raise Invalid("week", "bad_interval")
        if not any(self.week):
            raise Invalid("week", "never_open")

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def _known(self) -> dict[date, tuple[Span, ...]]:
        return {}

    def hours(self, day: date) -> tuple[Interval, ...]:
        """The intervals of the day with all exceptions applied."""
        intervals = self.week[day.weekday()]
        for layer in self.exceptions.get(day, ()):
            intervals = layer.allowed if layer.replaces else _common(intervals, layer.allowed)
        return intervals

    def why_closed(self, day: date) -> str:
        """The names of the exceptions that changed the day; empty for a normal day."""
        return _names(self.exceptions.get(day, ()))

    def departures(self, start: date) -> Iterator[Run]:
        """The exceptions from a day on, as far ahead as anybody plans."""
        return (run for run in self.runs(start, start + FARTHEST) if run.rules)

    def runs(self, first: date, last: date) -> Iterator[Run]:
        """All dates between two days, both included, with their hours."""
        run = Run(first, first, self.exceptions.get(first, ()), self.hours(first))
        for ahead in range(1, (last - first).days + 1):
            day = first + timedelta(days=ahead)
            following = Run(day, day, self.exceptions.get(day, ()), self.hours(day))
            if (following.rules, following.hours) == (run.rules, run.hours):
                run = replace(run, last=day)
            else:
                yield run
                run = following
        yield run

    def spans(self, day: date) -> tuple[Span, ...]:
        """The open intervals of a local date in UTC, in order."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = tuple(_spans(self.zone, day, self.hours(day)))
        return known

    def open_from(self, start: datetime) -> Iterator[Span]:
        """The open intervals after an instant, as far ahead as anybody plans; the first one is cut to it."""
        day = self.local_date(start)
        last = day + FARTHEST
        while day <= last:
            for opens, closes in self.spans(day):
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)

    def local_date(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def openings(self, after: datetime) -> Iterator[datetime]:
        """When it opens next, once a local date."""
        day = self.local_date(after) - timedelta(days=1)
        for opens, _ in self.open_from(after):
            if opens > after and self.local_date(opens) > day:
                day = self.local_date(opens)
                yield opens

    def is_open(self, instant: datetime) -> bool:
        return any(opens <= instant < closes for opens, closes in self.spans(self.local_date(instant)))

    def day_ends(self, day: date) -> datetime:
        """Midnight at the end of a local date, in UTC."""
        return _utc(self.zone, day, DAY)


@cache
def zones() -> frozenset[str]:
    """The names of all zones of the world."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The zone with this IANA name. Raises `Invalid` for an unknown name."""
    if name not in zones():
        raise Invalid("zone", "unknown_zone")
    return ZoneInfo(name)


def weekly(*, zone: ZoneInfo, opens: str = "09:00", closes: str = "18:00", days: int = 5) -> Calendar:
    """A simple calendar: the same hours on the first days of the week."""
    hours = ((_seconds(opens), _seconds(closes)),)
    return Calendar(zone, tuple(hours if day < days else () for day in range(7)))


def are_in_order(intervals: tuple[Interval, ...]) -> bool:
    """Whether the intervals are in order, do not touch, are not empty and lie within the day."""
    end = 0
    for opens, closes in intervals:
        if not end <= opens < closes <= DAY:
            return False
        end = closes
    return True


def _names(rules: tuple[DayRule, ...]) -> str:
    return ", ".join(dict.fromkeys(rule.name for rule in rules))


def _common(these: tuple[Interval, ...], those: tuple[Interval, ...]) -> tuple[Interval, ...]:
    overlaps = [(max(a, c), min(b, d)) for a, b in these for c, d in those]
    return tuple(sorted((opens, closes) for opens, closes in overlaps if opens < closes))


def _spans(zone: ZoneInfo, day: date, intervals: tuple[Interval, ...]) -> Iterator[Span]:
    """Yields each interval, cut at changes of the clocks."""
    if not intervals:
        return
    for offset, begins, ends in _steady(zone, day):
        midnight = datetime.combine(day, time(), UTC) - offset
        for opens, closes in intervals:
            first = max(midnight + timedelta(seconds=opens), begins)
            last = min(midnight + timedelta(seconds=closes), ends)
            if first < last:
                yield first, last


def _steady(zone: ZoneInfo, day: date) -> list[tuple[timedelta, datetime, datetime]]:
    """The parts of a local date with one offset each: nearly always the whole day."""
    begins, ends = _utc(zone, day, 0), _utc(zone, day, DAY)
    first, last = _offset(zone, begins), _offset(zone, ends - timedelta(seconds=1))
    if first == last:
        return [(first, begins, ends)]
    turn = _turn(zone, begins, ends, first)
    return [(first, begins, turn), (last, turn, ends)]


def _turn(zone: ZoneInfo, begins: datetime, ends: datetime, first: timedelta) -> datetime:
    """The second at which the offset changes."""
    low, high = 0, int((ends - begins).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, begins + timedelta(seconds=middle)) == first:
            low = middle
        else:
            high = middle
    return begins + timedelta(seconds=high)


def _utc(zone: ZoneInfo, day: date, second: int) -> datetime:
    """The first instant at or after this local time; 24:00 is the next date's first instant."""
    if second == DAY:
        day, second = day + timedelta(days=1), 0
    local = datetime.combine(day, time(), zone) + timedelta(seconds=second)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).date() < day:  # the day begins with a skipped hour
        return _first_of(zone, day, instant)
    return instant


def _first_of(zone: ZoneInfo, day: date, before: datetime) -> datetime:
    instant = before
    while instant.astimezone(zone).date() < day:
        instant += timedelta(minutes=1)
    return instant


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _seconds(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 3600 + int(minutes) * 60

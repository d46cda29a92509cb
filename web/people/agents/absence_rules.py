"""The rules of an absence: when it applies, and the errors in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Absence:
    """An absence from `begins_at` until just before `ends_at`."""

    person: int
    begins_at: datetime
    ends_at: datetime
    stand_in: int
    stand_in_name: str

    @property
    def last_at(self) -> datetime:
        """The last moment of it, as the date that people read."""
        return self.ends_at - timedelta(seconds=1)

    def is_on(self, at: datetime) -> bool:
        return self.begins_at <= at < self.ends_at


@dataclass(frozen=True)
class AbsenceInput:
    """Whole days in the zone in which they were typed."""

    first: date | None
    last: date | None
    stand_in: int | None
    zone: ZoneInfo

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.first or date.min, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine((self.last or date.min) + timedelta(days=1), time(), self.zone)


def wrong_absence(
    wanted: AbsenceInput, *, mates: Iterable[int], others: Iterable[Absence], at: datetime
) -> dict[str, str | None]:
    """A code for each wrong field. `others` are present or future absences, whose agents cannot stand in meanwhile."""
    wrong_days = _wrong_days(wanted, at)
    wrong_stand_in = _wrong_stand_in(wanted, frozenset(mates))
    if wrong_days == _FINE and wrong_stand_in is None:
        wrong_stand_in = "also_away" if any(_meets(wanted, each) for each in others) else None
    return {**wrong_days, "stand_in": wrong_stand_in}


_FINE: dict[str, str | None] = {"first": None, "last": None}


def _wrong_days(wanted: AbsenceInput, at: datetime) -> dict[str, str | None]:
    first, last = wanted.first, wanted.last
    if first is None or last is None:
        return {"first": None if first else "missing", "last": None if last else "missing"}
    return _FINE | {"last": _wrong_last(first, last, at.astimezone(wanted.zone).date())}


def _wrong_last(first: date, last: date, today: date) -> str | None:
    if last < first:
        return "before_first"
    if last < today:
        return "already_over"
    return "too_long_away" if last - min(first, today) > LONGEST else None


def _wrong_stand_in(wanted: AbsenceInput, mates: frozenset[int]) -> str | None:
    if wanted.stand_in is None:
        return "missing"
    return None if wanted.stand_in in mates else "not_a_mate"


def _meets(wanted: AbsenceInput, other: Absence) -> bool:
    is_theirs = other.person == wanted.stand_in
    return is_theirs and other.begins_at < wanted.ends_at and wanted.begins_at < other.ends_at

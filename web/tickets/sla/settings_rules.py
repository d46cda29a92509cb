"""The SLA settings as a lead enters them, and the errors in each."""

from dataclasses import dataclass
from datetime import date, timedelta

from web.business_time.calendars import Interval, are_in_order, zones
from web.business_time.durations import LONGEST, Unit
from web.business_time.holidays import STATES
from web.text import wrong_name
from web.tickets.life.states import Priority
from web.tickets.sla.targets import Promise

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The field names of the weekdays, under which errors in their intervals are reported."""

Week = tuple[tuple[Interval, ...], ...]

Wrong = dict[str, str | None]
"""A code for each field that is wrong."""

LONGEST_NAME = 100
LONGEST_CLOSURE = timedelta(days=366)


@dataclass(frozen=True)
class CalendarInput:
    """A calendar as a lead enters it: intervals by weekday, Monday first."""

    name: str
    zone: str
    week: Week
    state: str | None = None


@dataclass(frozen=True)
class ClosureInput:
    """A closure with its hours; the first and last day are included.

    With `opens` the hours replace those of the calendar. Otherwise they only shorten its opening hours.
    """

    name: str
    first: date | None
    last: date | None
    hours: tuple[Interval, ...] = ()
    opens: bool = False


@dataclass(frozen=True)
class TargetInput:
    """The target for tickets of a priority and a category. None means any."""

    promise: Promise | None
    amount: int | None
    unit: Unit | None
    calendar: int | None
    priority: Priority | None = None
    category: int | None = None
    pauses_for_team: bool = False
    warns_at: int | None = 75


def wrong_hours(wanted: CalendarInput) -> Wrong:
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME),
        "zone": None if wanted.zone in zones() else "unknown_zone",
        "state": None if wanted.state is None or wanted.state in STATES else "unknown_state",
        **_wrong_week(wanted.week),
    }


def wrong_dates(wanted: ClosureInput) -> Wrong:
    return {
        "name": wrong_name(wanted.name, longest=LONGEST_NAME),
        "first": None if wanted.first else "missing",
        "last": _wrong_last(wanted.first, wanted.last),
        "hours": None if are_in_order(wanted.hours) else "bad_interval",
    }


def _wrong_week(week: Week) -> Wrong:
    if not any(week):
        return {WEEKDAYS[0]: "never_open"}
    fine = [are_in_order(intervals) for intervals in week]
    return {name: None if is_fine else "bad_interval" for name, is_fine in zip(WEEKDAYS, fine, strict=True)}


def _wrong_last(first: date | None, last: date | None) -> str | None:
    if first is None or last is None:
        return None if first is None else "missing"
    if last < first:
        return "ends_before"
    return "too_many_days" if last - first > LONGEST_CLOSURE else None


def wrong_promise(wanted: TargetInput) -> Wrong:
    warns_at = wanted.warns_at
    return {
        "promise": None if wanted.promise else "missing",
        "amount": _wrong_amount(wanted.amount),
        "unit": None if wanted.unit else "missing",
        "calendar": None if wanted.calendar else "missing",
        "warns_at": "missing" if warns_at is None else None if 1 <= warns_at <= 99 else "not_a_percent",
    }


def _wrong_amount(amount: int | None) -> str | None:
    if amount is None:
        return "missing"
    return "not_positive" if amount <= 0 else "too_much" if amount > LONGEST else None

"""Under which terms a ticket's time runs: calendars, what differs from them, and what was promised."""

import contextlib
import functools
import json
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta

from web.business_time import calendars
from web.business_time.calendars import Calendar, DayRule, Interval
from web.business_time.durations import Duration, Unit
from web.business_time.holidays import Exceptions
from web.database import Row, fetch
from web.tickets.life.workflows import workflow
from web.tickets.sla.targets import Policy, Promise, Target

CalendarRow = tuple[str, str, str | None]
"""A calendar as kept: zone, week, state."""

ClosureRow = tuple[str, str, str, str]
"""A closure as kept: first and last day, name, hours."""


@dataclass(frozen=True)
class PolicyKey:
    """What of a ticket its terms depend on."""

    workflow: str
    priority: str
    category: int | None
    team: int | None
    organization: int | None


_cached: ContextVar[dict[PolicyKey, Policy] | None] = ContextVar("cached_policies", default=None)


@contextlib.contextmanager
def cached_policies() -> Iterator[None]:
    """Inside, the terms of a case are read once: for a transaction in which the ticket is locked."""
    token = _cached.set({})
    try:
        yield
    finally:
        _cached.reset(token)


async def policy_of(case: PolicyKey) -> Policy:
    """The terms that hold now for such a ticket."""
    known = _cached.get()
    if known is None:
        return await _read(case)
    if case not in known:
        known[case] = await _read(case)
    return known[case]


async def _read(case: PolicyKey) -> Policy:
    rows = await fetch(_TERMS, case.priority, case.category or 0, case.team or 0)
    closures = await closures_of({row["id"] for row in rows}, case.organization)
    drawn = {
        row["id"]: build_calendar((row["zone"], row["week"], row["state"]), closures.get(row["id"], ())) for row in rows
    }
    own = next(row["id"] for row in rows if row["is_own"])
    return Policy(
        timers=workflow(case.workflow).timers,
        calendar=drawn[own],
        targets=tuple(_targets((row for row in rows if row["promise"]), drawn)),
    )


@functools.lru_cache(maxsize=500)
def build_calendar(drawn: CalendarRow, closures: tuple[ClosureRow, ...] = ()) -> Calendar:
    """The calendar that these rows describe; raises `Invalid` for one that can't be."""
    name, week, state = drawn
    days: dict[date, tuple[DayRule, ...]] = {}
    for first, last, why, hours in closures:
        rule = DayRule(why, _intervals(json.loads(hours)))
        for day in _days(date.fromisoformat(first), date.fromisoformat(last)):
            days[day] = (*days.get(day, ()), rule)
    return Calendar(calendars.zone(name), tuple(map(_intervals, json.loads(week))), Exceptions(state, days))


_TERMS = """
SELECT calendar.id, calendar.zone, calendar.week, calendar.state, own.id IS NOT NULL AS is_own, target.promise,
       target.priority, target.category, target.amount, target.unit, target.pauses_for_team, target.warns_at
FROM calendar
LEFT JOIN target ON target.calendar = calendar.id AND (target.priority IS NULL OR target.priority = {})
    AND (target.category IS NULL OR target.category = {})
LEFT JOIN calendar own ON own.id = calendar.id
    AND own.id = COALESCE((SELECT calendar FROM team WHERE team.id = {}), (SELECT min(id) FROM calendar))
WHERE target.id IS NOT NULL OR own.id IS NOT NULL
ORDER BY target.id
"""


async def closures_of(numbers: Iterable[int], organization: int | None) -> dict[int, tuple[ClosureRow, ...]]:
    """What differs on each calendar, the organization's days after the calendar's own."""
    known = sorted(numbers)
    rows = await fetch(
        "SELECT calendar, first_day, last_day, name, hours FROM closure "
        f"WHERE calendar IN ({', '.join(map(str, known))}) OR organization = {{}} ORDER BY organization, id",
        organization or 0,
    )
    return {
        number: tuple(
            (row["first_day"], row["last_day"], row["name"], row["hours"])
            for row in rows
            if row["calendar"] in (None, number)
        )
        for number in known
    }


def _targets(rows: Iterable[Row], drawn: dict[int, Calendar]) -> list[Target]:
    """For each promise the most particular of its targets: a category outweighs a priority."""
    chosen: dict[str, Row] = {}
    for row in rows:
        if row["promise"] not in chosen or _weight(row) > _weight(chosen[row["promise"]]):
            chosen[row["promise"]] = row
    return [
        Target(
            promise=Promise(row["promise"]),
            duration=Duration(row["amount"], Unit(row["unit"])),
            calendar=drawn[row["id"]],
            pauses_for_team=bool(row["pauses_for_team"]),
            warns_at=row["warns_at"],
        )
        for row in chosen.values()
    ]


def _weight(row: Row) -> tuple[bool, bool]:
    return row["category"] is not None, row["priority"] is not None


def _intervals(pairs: list[list[int]]) -> tuple[Interval, ...]:
    return tuple((opens, closes) for opens, closes in pairs)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))

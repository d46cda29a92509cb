"""Under which terms a ticket's time runs: calendars, what differs from them, and what was promised."""

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from web.business_time import calendars
from web.business_time.calendars import Calendar, DayRule, Interval
from web.business_time.durations import Duration, Unit
from web.business_time.holidays import Exceptions
from web.database import Row, dialect, fetch, json_list
from web.sql import Fragment
from web.tickets.life.workflows import workflow
from web.tickets.sla.targets import Policy, Promise, Target

CalendarRow = tuple[str, str, str | None]
"""A calendar as kept: zone, week, state."""

ClosureRow = tuple[str, str, str, str, bool]
"""A closure as kept: first and last day, name, hours, and whether it opens."""


@dataclass(frozen=True)
class PolicyKey:
    """What of a ticket its terms depend on."""

    workflow: str
    priority: str
    category: int | None
    team: int | None
    organization: int | None


async def policy_of(case: PolicyKey) -> Policy:
    """The terms that hold now for such a ticket."""
    return read_terms(await terms_for(case.organization)).policy(case)


async def terms_for(organization: int | None) -> str:
    """All settings of time as they are now, with the dates of this organization."""
    return str((await fetch("SELECT {} AS terms", terms_in_sql(organization)))[0]["terms"])


def terms_in_sql(organization: int | None) -> Fragment:
    """The same as a column of a larger statement: whoever reads a ticket reads its terms with it."""
    listed = ", ".join(json_list(columns, f"SELECT {', '.join(columns)} FROM {rows}") for columns, rows in _SETTINGS)
    made = dialect(sqlite="json_array", postgres="json_build_array")
    return Fragment(f"CAST({made}({listed}) AS TEXT)", (organization or 0,))


_SETTINGS = (
    (("id", "name", "zone", "week", "state"), "calendar ORDER BY id"),
    (("id", "calendar"), "team WHERE calendar IS NOT NULL ORDER BY id"),
    (
        ("calendar", "first_day", "last_day", "name", "hours", "opens"),
        "closure WHERE calendar > 0 OR organization = {} ORDER BY organization IS NOT NULL, organization, id",
    ),
    (
        ("promise", "priority", "category", "amount", "unit", "calendar", "pauses_for_team", "warns_at"),
        "target ORDER BY id",
    ),
)


@dataclass(frozen=True)
class TargetRow:
    """A target as kept."""

    promise: str
    priority: str | None
    category: int | None
    amount: int
    unit: str
    calendar: int
    pauses_for_team: bool
    warns_at: int

    def concerns(self, case: PolicyKey) -> bool:
        return self.priority in (None, case.priority) and self.category in (None, case.category)

    @property
    def weight(self) -> tuple[bool, bool]:
        return self.category is not None, self.priority is not None


@dataclass(frozen=True, eq=False)
class Terms:
    """The settings of time at one moment."""

    calendars: Mapping[int, tuple[CalendarRow, tuple[ClosureRow, ...], str]]
    teams: Mapping[int, int]
    """The calendar of each team that names one."""
    targets: Sequence[TargetRow]

    @functools.lru_cache(maxsize=2_000)  # noqa: B019 - few terms are known at a time
    def policy(self, case: PolicyKey) -> Policy:
        own = self.teams.get(case.team or 0, min(self.calendars))
        return Policy(workflow(case.workflow).timers, self.calendar(own), tuple(self._targets(case)))

    def calendar(self, number: int) -> Calendar:
        """Raises `Invalid` for one that can't be, which then concerns nobody but those who count by it."""
        return build_calendar(*self.calendars[number])

    def _targets(self, case: PolicyKey) -> Iterable[Target]:
        """For each promise the most particular of its targets: a category outweighs a priority."""
        chosen: dict[str, TargetRow] = {}
        for row in self.targets:
            if row.concerns(case) and (row.promise not in chosen or row.weight > chosen[row.promise].weight):
                chosen[row.promise] = row
        for row in chosen.values():
            yield Target(
                promise=Promise(row.promise),
                duration=Duration(row.amount, Unit(row.unit)),
                calendar=self.calendar(row.calendar),
                pauses_for_team=bool(row.pauses_for_team),
                warns_at=row.warns_at,
            )


@functools.lru_cache(maxsize=100)
def read_terms(text: str) -> Terms:
    """The settings that `terms_in_sql` found. As long as they stay the same, nothing is built again."""
    rows, teams, closures, targets = json.loads(text)
    return Terms(
        calendars={
            row["id"]: ((row["zone"], row["week"], row["state"]), _closures(closures, of=row["id"]), row["name"])
            for row in rows
        },
        teams={row["id"]: row["calendar"] for row in teams},
        targets=[TargetRow(**row) for row in targets],
    )


def _closures(rows: Iterable[Row], *, of: int) -> tuple[ClosureRow, ...]:
    """What differs on a calendar, the organization's days after the calendar's own."""
    return tuple(
        (row["first_day"], row["last_day"], row["name"], row["hours"], bool(row["opens"]))
        for row in rows
        if row["calendar"] in (None, of)
    )


@functools.lru_cache(maxsize=500)
def build_calendar(drawn: CalendarRow, closures: tuple[ClosureRow, ...] = (), name: str = "") -> Calendar:
    """The calendar that these rows describe; raises `Invalid` for one that can't be."""
    zone, week, state = drawn
    days: dict[date, tuple[DayRule, ...]] = {}
    for first, last, why, hours, opens in closures:
        rule = DayRule(why, _intervals(json.loads(hours)), replaces=opens)
        for day in _days(date.fromisoformat(first), date.fromisoformat(last)):
            days[day] = (*days.get(day, ()), rule)
    return Calendar(calendars.zone(zone), tuple(map(_intervals, json.loads(week))), Exceptions(state, days), name)


def _intervals(pairs: list[list[int]]) -> tuple[Interval, ...]:
    return tuple((opens, closes) for opens, closes in pairs)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))

"""The SLA settings that apply to a ticket: calendars, closures and targets."""

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from web.business_time import calendars
from web.business_time.calendars import Calendar, DayRule, Interval
from web.business_time.durations import Duration, Unit
from web.business_time.holidays import Exceptions
from web.database import dialect, fetch_column, json_list
from web.sql import Fragment
from web.tickets.life.workflows import Timers, read_timers, workflow
from web.tickets.sla.targets import Policy, Promise, Target

CalendarRow = tuple[str, str, str | None]
"""A calendar as stored: zone, week, state."""


class ClosureRow(NamedTuple):
    """A closure as stored."""

    first_day: str
    last_day: str
    name: str
    hours: str
    opens: bool


@dataclass(frozen=True)
class PolicyKey:
    """The columns of a ticket that decide its policy."""

    workflow: str
    priority: str
    category: int | None
    team: int | None
    organization: int | None


async def policy_of(case: PolicyKey) -> Policy:
    """The policy for such a ticket, by the settings as they are now."""
    return read_terms(await terms_for(case.organization)).policy(case)


async def terms_for(organization: int | None) -> str:
    """All SLA settings as they are now, with the closures of this organization."""
    [terms] = await fetch_column(str, "SELECT {} AS terms", terms_in_sql(organization))
    return terms


def terms_in_sql(organization: int | None) -> Fragment:
    """The settings as a column of a larger statement, so that a ticket is read together with them."""
    listed = ", ".join(json_list(columns, f"SELECT {', '.join(columns)} FROM {rows}") for columns, rows in _SETTINGS)
    made = dialect(sqlite="json_array", postgres="json_build_array")
    return Fragment(f"CAST({made}({listed}) AS TEXT)", (organization or 0,))


_SETTINGS = (
    (("id", "name", "zone", "week", "state"), "calendar ORDER BY id"),
    (("id", "calendar"), "team WHERE calendar IS NOT NULL ORDER BY id"),
    (("id", "calendar"), "category WHERE calendar IS NOT NULL ORDER BY id"),
    (("name", "timers"), "workflow_version WHERE is_current ORDER BY name"),
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
    """A target as stored."""

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
    """The SLA settings at one moment."""

    calendars: Mapping[int, tuple[CalendarRow, tuple[ClosureRow, ...], str]]
    teams: Mapping[int, int]
    """The calendar of each team that has its own."""
    categories: Mapping[int, int]
    """The calendar of each category that has its own. It overrides that of the team."""
    timers: Mapping[str, Timers]
    """The timers of the workflows that leads customized."""
    targets: Sequence[TargetRow]

    @functools.lru_cache(maxsize=2_000)  # noqa: B019 - few terms are known at a time
    def policy(self, case: PolicyKey) -> Policy:
        timers = self.timers.get(case.workflow) or workflow(case.workflow).timers
        return Policy(timers, self.of_category(case.category, case.team), tuple(self._targets(case)))

    def of_category(self, category: int | None, team: int | None) -> Calendar:
        """The calendar of a category, else of its team, else the first one."""
        own = self.categories.get(category or 0)
        return self.calendar(own) if own else self.of_team(team)

    def of_team(self, team: int | None) -> Calendar:
        """The calendar of a team, or the first one."""
        return self.calendar(self.teams.get(team or 0, min(self.calendars)))

    def calendar(self, number: int) -> Calendar:
        """Builds a calendar. Raises `Invalid` for an impossible one; teams with another calendar are not affected."""
        return build_calendar(*self.calendars[number])

    def _targets(self, case: PolicyKey) -> Iterable[Target]:
        """The most specific target of each promise. A category is more specific than a priority."""
        chosen: dict[str, TargetRow] = {}
        for row in self.targets:
            if row.concerns(case) and (row.promise not in chosen or row.weight > chosen[row.promise].weight):
                chosen[row.promise] = row
        return map(self._target, chosen.values())

    def _target(self, row: TargetRow) -> Target:
        return Target(
            promise=Promise(row.promise),
            duration=Duration(row.amount, Unit(row.unit)),
            calendar=self.calendar(row.calendar),
            pauses_for_team=bool(row.pauses_for_team),
            warns_at=row.warns_at,
        )


@functools.lru_cache(maxsize=100)
def read_terms(text: str) -> Terms:
    """Reads the column of `terms_in_sql`. The result is cached for as long as the settings stay the same."""
    rows, teams, categories, timers, closures, targets = json.loads(text)
    dates: list[tuple[int | None, ClosureRow]] = [(row.pop("calendar"), ClosureRow(**row)) for row in closures]
    return Terms(
        calendars={
            row["id"]: ((row["zone"], row["week"], row["state"]), _closures_of(row["id"], dates), row["name"])
            for row in rows
        },
        teams={row["id"]: row["calendar"] for row in teams},
        categories={row["id"]: row["calendar"] for row in categories},
        timers={row["name"]: read_timers(json.loads(row["timers"])) for row in timers},
        targets=[TargetRow(**row) for row in targets],
    )


def _closures_of(number: int, dates: Iterable[tuple[int | None, ClosureRow]]) -> tuple[ClosureRow, ...]:
    """The closures of a calendar and of the organization, which apply to every calendar."""
    return tuple(closure for calendar, closure in dates if calendar in (None, number))


@functools.lru_cache(maxsize=500)
def build_calendar(drawn: CalendarRow, closures: tuple[ClosureRow, ...] = (), name: str = "") -> Calendar:
    """Builds the calendar of these rows. Raises `Invalid` for an impossible one."""
    zone, week, state = drawn
    days: dict[date, tuple[DayRule, ...]] = {}
    for first, last, why, hours, opens in closures:
        rule = DayRule(why, _intervals(json.loads(hours)), replaces=bool(opens))
        for day in _days(date.fromisoformat(first), date.fromisoformat(last)):
            days[day] = (*days.get(day, ()), rule)
    return Calendar(calendars.zone(zone), tuple(map(_intervals, json.loads(week))), Exceptions(state, days), name)


def _intervals(pairs: list[list[int]]) -> tuple[Interval, ...]:
    return tuple((opens, closes) for opens, closes in pairs)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))

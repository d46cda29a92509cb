"""The SLA settings as leads see them: calendars, closures and targets."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from web.business_time.calendars import Calendar
from web.database import dialect, execute, fetch_as, fetch_column
from web.errors import NotFound
from web.sorting import by_name
from web.sql import ALWAYS, Condition
from web.tickets.sla.policy import read_terms, terms_for

MOST = 200
"""The most closures and targets that are shown; the latest closures come first."""

FIRST = "(SELECT min(id) FROM calendar)"
"""The calendar of a team without its own."""

S = TypeVar("S")


@dataclass(frozen=True)
class CalendarSetting:
    """A calendar. `week` is JSON: for each weekday, Monday first, pairs of seconds of the day."""

    id: int
    name: str
    zone: str
    week: str
    state: str | None


@dataclass(frozen=True)
class TeamCalendar:
    """A team and its calendar."""

    id: int
    name: str
    calendar: int
    calendar_name: str


@dataclass(frozen=True)
class Reader:
    """An organization, and the calendar in whose zone its people see times."""

    name: str
    calendar_name: str | None


@dataclass(frozen=True)
class ClosureSetting:
    """A closure of a calendar or of an organization. Days are ISO 8601; `hours` is JSON like a weekday."""

    id: int
    calendar: int | None
    organization: int | None
    first_day: str
    last_day: str
    name: str
    hours: str
    opens: bool
    organization_name: str | None
    calendar_name: str | None


@dataclass(frozen=True)
class TargetSetting:
    """A target, with the names of its category and calendar."""

    id: int
    promise: str
    priority: str | None
    category: int | None
    amount: int
    unit: str
    calendar: int
    pauses_for_team: bool
    warns_at: int
    category_name: str | None
    calendar_name: str


async def lock() -> None:
    """Serializes changes of the settings, so that each can read the rows before it writes."""
    await execute("SELECT id FROM calendar ORDER BY id LIMIT 1" + dialect(sqlite="", postgres=" FOR UPDATE"))


async def calendars() -> list[CalendarSetting]:
    return await fetch_as(CalendarSetting, _CALENDARS, ALWAYS)


async def calendar(number: int) -> CalendarSetting:
    """Returns the calendar. Raises `NotFound`."""
    return _found(await fetch_as(CalendarSetting, _CALENDARS, Condition("id = {}", (number,))))


async def teams() -> list[TeamCalendar]:
    found = await fetch_as(
        TeamCalendar,
        "SELECT team.id, team.name, calendar.id AS calendar, calendar.name AS calendar_name FROM team "
        f"JOIN calendar ON calendar.id = COALESCE(team.calendar, {FIRST}) "
        "WHERE team.is_active ORDER BY team.id",
    )
    return sorted(found, key=lambda each: by_name(each.name))


async def readers(number: int) -> list[str]:
    """The organizations whose people see times in a calendar's zone."""
    sought = f"SELECT name FROM organization WHERE calendar = {{}} ORDER BY sort_name LIMIT {MOST}"
    return await fetch_column(str, sought, number)


async def reader(organization: int) -> Reader:
    """Returns the organization. Raises `NotFound`."""
    return _found(
        await fetch_as(
            Reader,
            "SELECT organization.name, calendar.name AS calendar_name FROM organization "
            "LEFT JOIN calendar ON calendar.id = organization.calendar WHERE organization.id = {}",
            organization,
        )
    )


async def closures(number: int) -> list[ClosureSetting]:
    """The closures of a calendar."""
    return await fetch_as(ClosureSetting, _CLOSURES, Condition("closure.calendar = {}", (number,)))


async def recesses(organization: int | None = None) -> list[ClosureSetting]:
    """The recesses of all organizations, or of one."""
    own = Condition("closure.organization = {}", (organization,))
    return await fetch_as(
        ClosureSetting, _CLOSURES, own if organization is not None else Condition("closure.organization IS NOT NULL")
    )


async def coming_recesses(organization: int, today: date) -> list[ClosureSetting]:
    """The recesses of an organization that end on or after this day."""
    ahead = Condition("closure.organization = {} AND closure.last_day >= {}", (organization, today.isoformat()))
    return list(reversed(await fetch_as(ClosureSetting, _CLOSURES, ahead)))


async def closure(number: int) -> ClosureSetting:
    """Returns the closure. Raises `NotFound`."""
    return _found(await fetch_as(ClosureSetting, _CLOSURES, Condition("closure.id = {}", (number,))))


async def targets() -> list[TargetSetting]:
    """All targets, the most specific first, in the order in which they apply."""
    return await fetch_as(TargetSetting, _TARGETS, ALWAYS)


async def target(number: int) -> TargetSetting:
    """Returns the target. Raises `NotFound`."""
    return _found(await fetch_as(TargetSetting, _TARGETS, Condition("target.id = {}", (number,))))


async def calendars_by_id(organization: int | None = None) -> dict[int, Calendar]:
    """Every calendar with its closures and those of an organization."""
    terms = read_terms(await terms_for(organization))
    return {number: terms.calendar(number) for number in terms.calendars}


_CALENDARS = "SELECT id, name, zone, week, state FROM calendar WHERE {} ORDER BY id"

_CLOSURES = f"""
SELECT closure.id, closure.calendar, closure.organization, closure.first_day, closure.last_day, closure.name,
       closure.hours, closure.opens, organization.name AS organization_name, calendar.name AS calendar_name
FROM closure LEFT JOIN organization ON organization.id = closure.organization
LEFT JOIN calendar ON calendar.id = closure.calendar
WHERE {{}} ORDER BY closure.first_day DESC, closure.id LIMIT {MOST}
"""

_TARGETS = f"""
SELECT target.id, target.promise, target.priority, target.category, target.amount, target.unit, target.calendar,
       target.pauses_for_team, target.warns_at, category.name AS category_name, calendar.name AS calendar_name
FROM target JOIN calendar ON calendar.id = target.calendar LEFT JOIN category ON category.id = target.category
WHERE {{}}
ORDER BY target.promise, target.category IS NULL, category.position, category.id, target.priority IS NULL, target.id
LIMIT {MOST}
"""


def _found(rows: list[S]) -> S:
    if not rows:
        raise NotFound("settings")
    return rows[0]

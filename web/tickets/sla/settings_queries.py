"""The settings of time as leads see them: calendars, dates that differ, and what is promised."""

from web.business_time.calendars import Calendar
from web.database import Row, fetch, fetch_column
from web.errors import NotFound
from web.tickets.sla.policy import read_terms, terms_for

MOST = 200
"""Dates and targets shown; the latest of dates."""

FIRST = "(SELECT min(id) FROM calendar)"
"""By which a team counts that names none."""


async def calendars() -> list[Row]:
    return await fetch("SELECT id, name, zone, week, state FROM calendar ORDER BY id")


async def calendar(number: int) -> Row:
    """Raises `NotFound`."""
    return _found(await fetch("SELECT id, name, zone, week, state FROM calendar WHERE id = {}", number))


async def teams() -> list[Row]:
    return await fetch(f"SELECT id, name, COALESCE(calendar, {FIRST}) AS calendar FROM team ORDER BY name, id")


async def readers(number: int) -> list[str]:
    """The organizations whose people read times in a calendar's zone."""
    sought = f"SELECT name FROM organization WHERE calendar = {{}} ORDER BY name LIMIT {MOST}"
    return await fetch_column(str, sought, number)


async def closures(number: int) -> list[Row]:
    """A calendar's own dates that differ."""
    return await fetch(_CLOSURES.format("closure.calendar = {}"), number)


async def recesses() -> list[Row]:
    """Dates of all organizations."""
    return await fetch(_CLOSURES.format("closure.organization IS NOT NULL"))


async def closure(number: int) -> Row:
    """Raises `NotFound`."""
    return _found(await fetch(_CLOSURES.format("closure.id = {}"), number))


async def targets() -> list[Row]:
    """The most particular first, in the order in which they count."""
    return await fetch(_TARGETS.format("1 = 1"))


async def target(number: int) -> Row:
    """Raises `NotFound`."""
    return _found(await fetch(_TARGETS.format("target.id = {}"), number))


async def calendars_by_id(organization: int | None = None) -> dict[int, Calendar]:
    """Every calendar with its closures, and an organization's."""
    terms = read_terms(await terms_for(organization))
    return {number: terms.calendar(number) for number in terms.calendars}


_CLOSURES = f"""
SELECT closure.id, closure.calendar, closure.organization, closure.first_day, closure.last_day, closure.name,
       closure.hours, closure.opens, organization.name AS organization_name
FROM closure LEFT JOIN organization ON organization.id = closure.organization
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


def _found(rows: list[Row]) -> Row:
    if not rows:
        raise NotFound("settings")
    return rows[0]

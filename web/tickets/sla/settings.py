"""What leads set about time: calendars, dates that differ, what is promised, and by which calendar a team counts.

Each is a change: it says, as a condition on `ticket`, whose time may run differently after it. Each raises `Invalid`
for what would leave the desk without a working clock, and `NotFound` for what is gone.
"""

import json
from datetime import datetime
from typing import Any

from web.business_time import clocks
from web.business_time.durations import Duration, Unit
from web.database import Row, dialect, execute, fetch
from web.errors import Invalid, refuse
from web.tickets.life.states import Priority
from web.tickets.sla import settings_queries
from web.tickets.sla.settings_rules import (
    CalendarInput,
    ClosureInput,
    TargetInput,
    Wrong,
    wrong_dates,
    wrong_hours,
    wrong_promise,
)
from web.tickets.sla.tables import Closure, OpeningHours, ServiceTarget

NONE = "1 = 0"


async def save_calendar(wanted: CalendarInput, at: datetime, *, number: int | None = None) -> str:
    """A new one touches nothing yet."""
    await _alone()
    row: dict[Any, Any] = {
        "name": wanted.name,
        "zone": wanted.zone,
        "week": json.dumps(wanted.week),
        "state": wanted.state,
    }
    namesakes = [
        each for each in await settings_queries.calendars() if each["name"] == wanted.name and each["id"] != number
    ]
    if number is None and any(each | row == each for each in namesakes):
        return NONE  # sent twice
    refuse(wrong_hours(wanted) | ({"name": "in_use"} if namesakes else {}))
    if number is None:
        await OpeningHours(**row).save()
        return NONE
    await settings_queries.calendar(number)
    await OpeningHours.update(row).where(OpeningHours.id == number)
    await _check_clocks("monday", at)
    return _on_calendar(number)


async def use_calendar(number: int, at: datetime, *, team: int | None) -> str:
    """A team counts by this calendar."""
    await settings_queries.calendar(number)
    if not await fetch("UPDATE team SET calendar = {} WHERE id = {} RETURNING id", number, team or 0):
        raise Invalid("team", "missing" if team is None else "unknown")
    return f"ticket.team = {team}"


async def read_by(number: int, at: datetime, *, organization: int) -> str:
    """The people of an organization read times in the zone of this calendar; no clock runs differently."""
    await settings_queries.calendar(number)
    await execute("UPDATE organization SET calendar = {} WHERE id = {}", number, organization)
    return NONE


async def close(
    wanted: ClosureInput, at: datetime, *, calendar: int | None = None, organization: int | None = None
) -> str:
    """Dates of a calendar, or of an organization on every calendar."""
    await _alone()
    refuse(wrong_dates(wanted))
    assert wanted.first
    assert wanted.last
    row: dict[Any, Any] = {
        "calendar": calendar,
        "organization": organization,
        "first_day": wanted.first.isoformat(),
        "last_day": wanted.last.isoformat(),
        "name": wanted.name,
        "hours": json.dumps(wanted.hours),
        "opens": wanted.opens,
    }
    if await Closure.exists().where(*(_is(getattr(Closure, name), value) for name, value in row.items())):
        return NONE  # sent twice
    await Closure(**row).save()
    await _check_clocks("last", at, organization=organization)
    return _on_calendar(calendar) if calendar else f"ticket.organization = {organization}"


async def reopen(number: int, at: datetime) -> str:
    """The dates of a closure are like any others again."""
    row = await settings_queries.closure(number)
    await Closure.delete().where(Closure.id == number)
    return _on_calendar(row["calendar"]) if row["calendar"] else f"ticket.organization = {row['organization']}"


async def promise(wanted: TargetInput, at: datetime, *, number: int | None = None) -> str:
    await _alone()
    refuse(wrong_promise(wanted) | await _unknown_of(wanted))
    row: dict[Any, Any] = vars(wanted)
    for each in await settings_queries.targets():
        if each | row == each and number is None:
            return NONE  # sent twice
        if each["id"] != number and all(each[name] == row[name] for name in ("promise", "priority", "category")):
            raise Invalid("promise", "already_promised")
    before = NONE
    if number is None:
        await ServiceTarget(**row).save()
    else:
        before = _promised(await settings_queries.target(number))
        await ServiceTarget.update(row).where(ServiceTarget.id == number)
    await _check_clocks("amount", at)
    return f"{before} OR {_promised(row)}"


async def withdraw(number: int, at: datetime) -> str:
    """A target that holds no more."""
    row = await settings_queries.target(number)
    await ServiceTarget.delete().where(ServiceTarget.id == number)
    return _promised(row)


async def _alone() -> None:
    """One change of the settings at a time, so that what is there can be looked at first."""
    await execute("SELECT id FROM calendar ORDER BY id LIMIT 1" + dialect(sqlite="", postgres=" FOR UPDATE"))


async def _check_clocks(field: str, at: datetime, *, organization: int | None = None) -> None:
    """Every calendar opens again some day, and what is promised on it falls due; `field` is refused otherwise."""
    drawn = await settings_queries.calendars_by_id(organization)
    if any(next(each.open_from(at), None) is None for each in drawn.values()):
        raise Invalid(field, "never_open")
    try:
        for row in await settings_queries.targets():
            clocks.due(at, Duration(row["amount"], Unit(row["unit"])), drawn[row["calendar"]])
    except Invalid:
        raise Invalid(field, "never_due") from None


def _on_calendar(number: int) -> str:
    """Tickets of teams that count by it, and those to which something is promised on it."""
    own = f"COALESCE((SELECT calendar FROM team WHERE team.id = ticket.team), {settings_queries.FIRST})"
    promised = (
        f"SELECT 1 FROM target WHERE target.calendar = {number} "
        "AND (target.priority IS NULL OR target.priority = ticket.priority) "
        "AND (target.category IS NULL OR target.category = ticket.category)"
    )
    return f"{own} = {number} OR EXISTS ({promised})"


def _promised(row: Row) -> str:
    """Open tickets of this priority and category; what is resolved keeps what was promised then."""
    priority = f" AND ticket.priority = '{Priority(row['priority'])}'" if row["priority"] else ""
    category = f" AND ticket.category = {int(row['category'])}" if row["category"] else ""
    return f"(ticket.status <> 'resolved'{priority}{category})"


async def _unknown_of(wanted: TargetInput) -> Wrong:
    """What the target names and isn't there."""
    found = await fetch(
        "SELECT (SELECT count(*) FROM calendar WHERE id = {}) AS calendar, "
        "(SELECT count(*) FROM category WHERE id = {}) AS category",
        wanted.calendar or 0,
        wanted.category or 0,
    )
    names = {name: getattr(wanted, name) for name in ("calendar", "category")}
    return {name: "unknown" for name, number in names.items() if number and not found[0][name]}


def _is(column: Any, value: object) -> Any:
    return column.is_null() if value is None else column == value

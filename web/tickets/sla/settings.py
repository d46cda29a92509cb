"""What leads set about time: calendars, dates that differ, what is promised, and by which calendar a team counts.

Each function is a change. It returns a condition on `ticket`: the tickets whose time may run differently after it. It
raises `Invalid` for what would leave the desk without a working clock, and `NotFound` for a row that is gone.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from web.business_time import clocks
from web.business_time.durations import Duration, Unit
from web.database import dialect, execute, fetch_as, fetch_column
from web.errors import Invalid, refuse
from web.sql import NEVER, Condition, literal
from web.tickets.sla import settings_queries
from web.tickets.sla.settings_queries import TargetSetting
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


async def save_calendar(wanted: CalendarInput, at: datetime, *, number: int | None = None) -> Condition:
    """Adds a calendar, which touches no ticket yet, or replaces number `number`."""
    await _alone()
    columns: dict[str, object] = {**asdict(wanted), "week": json.dumps(wanted.week)}
    namesakes = [each for each in await settings_queries.calendars() if each.name == wanted.name and each.id != number]
    if number is None and any(columns.items() <= asdict(each).items() for each in namesakes):
        return NEVER  # sent twice
    refuse(wrong_hours(wanted) | ({"name": "in_use"} if namesakes else {}))
    if number is None:
        await OpeningHours.from_dict(columns).save()
        return NEVER
    await settings_queries.calendar(number)
    await OpeningHours.update(dict(columns.items())).where(OpeningHours.id == number)
    await _check_clocks("monday", at)
    return _on_calendar(number)


async def use_calendar(number: int, at: datetime, *, team: int | None) -> Condition:
    """Has a team count by this calendar."""
    await settings_queries.calendar(number)
    changed = "UPDATE team SET calendar = {} WHERE id = {} RETURNING id"
    if not await fetch_column(int, changed, number, team or 0):
        raise Invalid("team", "missing" if team is None else "unknown")
    return Condition("ticket.team = {}", (team,))


async def read_by(number: int, at: datetime, *, organization: int) -> Condition:
    """Has the people of an organization read times in the zone of this calendar. No clock runs differently."""
    await settings_queries.calendar(number)
    await execute("UPDATE organization SET calendar = {} WHERE id = {}", number, organization)
    return NEVER


async def close(
    wanted: ClosureInput, at: datetime, *, calendar: int | None = None, organization: int | None = None
) -> Condition:
    """Adds dates that differ, of a calendar, or of an organization on every calendar."""
    await _alone()
    refuse(wrong_dates(wanted))
    columns = {"calendar": calendar, "organization": organization, **_columns_of(wanted)}
    if await Closure.exists().where(*(getattr(Closure, name) == value for name, value in columns.items())):
        return NEVER  # sent twice
    await Closure.from_dict(columns).save()
    await _check_clocks("last", at, organization=organization)
    return _of_closure(calendar, organization)


def _columns_of(closure: ClosureInput) -> dict[str, object]:
    assert closure.first
    assert closure.last
    return {
        "first_day": closure.first.isoformat(),
        "last_day": closure.last.isoformat(),
        "name": closure.name,
        "hours": json.dumps(closure.hours),
        "opens": closure.opens,
    }


async def reopen(number: int, at: datetime) -> Condition:
    """Removes a closure: its dates are like any others again."""
    found = await settings_queries.closure(number)
    await Closure.delete().where(Closure.id == number)
    return _of_closure(found.calendar, found.organization)


async def promise(wanted: TargetInput, at: datetime, *, number: int | None = None) -> Condition:
    """Adds a target, or replaces number `number`."""
    await _alone()
    refuse(wrong_promise(wanted) | await _unknown_of(wanted))
    columns: dict[str, object] = asdict(wanted)
    for each in await settings_queries.targets():
        if number is None and columns.items() <= asdict(each).items():
            return NEVER  # sent twice
        if each.id != number and _case(each) == _case(wanted):
            raise Invalid("promise", "already_promised")
    before = NEVER
    if number is None:
        await ServiceTarget.from_dict(columns).save()
    else:
        before = _promised(await settings_queries.target(number))
        await ServiceTarget.update(dict(columns.items())).where(ServiceTarget.id == number)
    await _check_clocks("amount", at)
    return before | _promised(wanted)


async def withdraw(number: int, at: datetime) -> Condition:
    """Removes a target."""
    found = await settings_queries.target(number)
    await ServiceTarget.delete().where(ServiceTarget.id == number)
    return _promised(found)


async def _alone() -> None:
    """Lets one change of the settings run at a time, so that it can look at the rows first."""
    await execute("SELECT id FROM calendar ORDER BY id LIMIT 1" + dialect(sqlite="", postgres=" FOR UPDATE"))


async def _check_clocks(field: str, at: datetime, *, organization: int | None = None) -> None:
    """Refuses `field` unless every calendar opens again some day, and every target on it falls due."""
    drawn = await settings_queries.calendars_by_id(organization)
    if any(next(each.open_from(at), None) is None for each in drawn.values()):
        raise Invalid(field, "never_open")
    try:
        for each in await settings_queries.targets():
            clocks.due(at, Duration(each.amount, Unit(each.unit)), drawn[each.calendar])
    except Invalid:
        raise Invalid(field, "never_due") from None


def _of_closure(calendar: int | None, organization: int | None) -> Condition:
    return _on_calendar(calendar) if calendar else Condition("ticket.organization = {}", (organization,))


def _on_calendar(number: int) -> Condition:
    """Tickets of teams that count by it, and those with a target on it."""
    own = f"COALESCE((SELECT calendar FROM team WHERE team.id = ticket.team), {settings_queries.FIRST})"
    promised = (
        f"SELECT 1 FROM target WHERE target.calendar = {number} "
        "AND (target.priority IS NULL OR target.priority = ticket.priority) "
        "AND (target.category IS NULL OR target.category = ticket.category)"
    )
    return Condition(f"({own} = {number} OR EXISTS ({promised}))")


def _case(target: TargetInput | TargetSetting) -> tuple[str | None, str | None, int | None]:
    return target.promise, target.priority, target.category


def _promised(target: TargetInput | TargetSetting) -> Condition:
    """Open tickets of this priority and category. A resolved ticket keeps the target it had."""
    found = Condition("ticket.status <> 'resolved'")
    if target.priority:
        found &= Condition(f"ticket.priority = {literal(target.priority)}")
    if target.category:
        found &= Condition(f"ticket.category = {literal(target.category)}")
    return found


@dataclass(frozen=True)
class _Known:
    """Whether the rows that a target names are there."""

    calendar: bool
    category: bool


async def _unknown_of(wanted: TargetInput) -> Wrong:
    """The fields of the target that name no row."""
    [known] = await fetch_as(
        _Known,
        "SELECT EXISTS (SELECT 1 FROM calendar WHERE id = {}) AS calendar, "
        "EXISTS (SELECT 1 FROM category WHERE id = {}) AS category",
        wanted.calendar or 0,
        wanted.category or 0,
    )
    unknown_calendar: Wrong = {"calendar": "unknown"} if wanted.calendar and not known.calendar else {}
    return unknown_calendar | ({"category": "unknown"} if wanted.category and not known.category else {})

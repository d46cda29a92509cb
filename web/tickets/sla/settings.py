"""Changes of calendars, closures, targets, and the calendar of a team.

Each function is a `Change`: it returns a condition on `ticket` for the tickets whose clocks may run differently after
it. It raises `Invalid` for changes that would leave the desk without a working clock, and `NotFound` for a missing row.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from web.business_time import clocks
from web.business_time.durations import Duration, Unit
from web.database import fetch_as
from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.people.tables import Organization, Team
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.sql import NEVER, Condition, literal
from web.tickets.sla import settings_queries
from web.tickets.sla.settings_queries import CalendarSetting, ClosureSetting, TargetSetting
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


async def save_calendar(
    wanted: CalendarInput, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Adds a calendar, which affects no ticket yet, or replaces number `number`.

    Raises `Overtaken` when the log of the calendar went past `seen`.
    """
    await settings_queries.lock()
    if number is not None:
        await refuse_overtaken(Kind.CALENDAR, number, seen)
    columns: dict[str, object] = {**asdict(wanted), "week": json.dumps(wanted.week)}
    namesakes = [each for each in await settings_queries.calendars() if each.name == wanted.name and each.id != number]
    if number is None and any(columns.items() <= asdict(each).items() for each in namesakes):
        return NEVER  # sent twice
    refuse(wrong_hours(wanted) | ({"name": "in_use"} if namesakes else {}))
    if number is None:
        made = OpeningHours.from_dict(columns)
        await made.save()
        await _record_calendar(made.id, None, by=by, at=at)
        return NEVER
    before = await settings_queries.calendar(number)
    await OpeningHours.update(dict(columns.items())).where(OpeningHours.id == number)
    await _record_calendar(number, before, by=by, at=at)
    await _check_clocks("monday", at)
    return _on_calendar(number)


async def use_calendar(number: int, *, team: int | None, by: Actor, at: datetime) -> Condition:
    """Sets the calendar of a team."""
    chosen = await settings_queries.calendar(number)
    known = next((each for each in await settings_queries.teams() if each.id == team), None)
    if known is None:
        raise Invalid("team", "missing" if team is None else "unknown")
    await Team.update({Team.calendar: number}).where(Team.id == known.id)
    before, after = {"calendar": known.calendar_name}, {"calendar": chosen.name}
    await record_change(Kind.TEAM, known.id, known.name, before, after, by=by.id, at=at)
    return Condition("ticket.team = {}", (team,))


async def read_by(number: int, *, organization: int, by: Actor, at: datetime) -> Condition:
    """Shows times to the people of an organization in the zone of this calendar. No clock changes."""
    chosen, found = await settings_queries.calendar(number), await settings_queries.reader(organization)
    await Organization.update({Organization.calendar: number}).where(Organization.id == organization)
    before, after = {"calendar": found.calendar_name}, {"calendar": chosen.name}
    await record_change(Kind.ORGANIZATION, organization, found.name, before, after, by=by.id, at=at)
    return NEVER


async def close(
    wanted: ClosureInput, *, calendar: int | None = None, organization: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Adds a closure of a calendar, or of an organization on every calendar."""
    await settings_queries.lock()
    refuse(wrong_dates(wanted))
    columns = {"calendar": calendar, "organization": organization, **_columns_of(wanted)}
    if await Closure.exists().where(*(getattr(Closure, name) == value for name, value in columns.items())):
        return NEVER  # sent twice
    made = Closure.from_dict(columns)
    await made.save()
    told = _told(await settings_queries.closure(made.id))
    await record_change(Kind.CLOSURE, made.id, wanted.name, None, told, by=by.id, at=at)
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


async def reopen(number: int, *, by: Actor, at: datetime) -> Condition:
    """Removes a closure."""
    found = await settings_queries.closure(number)
    await Closure.delete().where(Closure.id == number)
    await record_change(Kind.CLOSURE, number, found.name, _told(found), None, by=by.id, at=at)
    return _of_closure(found.calendar, found.organization)


async def promise(
    wanted: TargetInput, *, number: int | None = None, seen: int | None = None, by: Actor, at: datetime
) -> Condition:
    """Adds a target, or replaces number `number`. Raises `Overtaken` when the log of the target went past `seen`."""
    await settings_queries.lock()
    if number is not None:
        await refuse_overtaken(Kind.TARGET, number, seen)
    refuse(wrong_promise(wanted) | await _unknown_of(wanted))
    columns: dict[str, object] = asdict(wanted)
    for each in await settings_queries.targets():
        if number is None and columns.items() <= asdict(each).items():
            return NEVER  # sent twice
        if each.id != number and _case(each) == _case(wanted):
            raise Invalid("promise", "already_promised")
    before = await settings_queries.target(number) if number is not None else None
    if number is None:
        made = ServiceTarget.from_dict(columns)
        await made.save()
        number = int(made.id)
    else:
        await ServiceTarget.update(dict(columns.items())).where(ServiceTarget.id == number)
    await _record_target(before, await settings_queries.target(number), by=by, at=at)
    await _check_clocks("amount", at)
    return (_promised(before) if before else NEVER) | _promised(wanted)


async def withdraw(number: int, *, by: Actor, at: datetime) -> Condition:
    """Removes a target."""
    found = await settings_queries.target(number)
    await ServiceTarget.delete().where(ServiceTarget.id == number)
    await _record_target(found, None, by=by, at=at)
    return _promised(found)


async def _record_calendar(number: int, before: CalendarSetting | None, *, by: Actor, at: datetime) -> None:
    after = await settings_queries.calendar(number)
    old = _told(before) if before else None
    await record_change(Kind.CALENDAR, number, after.name, old, _told(after), by=by.id, at=at)


async def _record_target(before: TargetSetting | None, after: TargetSetting | None, *, by: Actor, at: datetime) -> None:
    """Records in the log that a target was created, changed or removed; at least one of the two is given."""
    old, new = (_told(each) if each else None for each in (before, after))
    for found in [each for each in (after, before) if each][:1]:
        await record_change(Kind.TARGET, found.id, found.category_name or "", old, new, by=by.id, at=at)


def _told(setting: CalendarSetting | ClosureSetting | TargetSetting) -> Values:
    """The values for the log, with names instead of ids."""
    told = {name: value for name, value in asdict(setting).items() if name != "id"}
    names = [name for name in told if name.endswith("_name")]
    return told | {name.removesuffix("_name"): told.pop(name) for name in names}


async def _check_clocks(field: str, at: datetime, *, organization: int | None = None) -> None:
    """Raises `Invalid` for `field` unless every calendar opens again some day, and every target on it falls due."""
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
    """Tickets of categories and teams that use the calendar, and tickets with a target on it."""
    of_team = "(SELECT calendar FROM team WHERE team.id = ticket.team)"
    of_category = "(SELECT calendar FROM category WHERE category.id = ticket.category)"
    own = f"COALESCE({of_category}, {of_team}, {settings_queries.FIRST})"
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
    """Whether the rows that a target references exist."""

    calendar: bool
    category: bool


async def _unknown_of(wanted: TargetInput) -> Wrong:
    """The fields of the target that reference a missing row."""
    [known] = await fetch_as(
        _Known,
        "SELECT EXISTS (SELECT 1 FROM calendar WHERE id = {}) AS calendar, "
        "EXISTS (SELECT 1 FROM category WHERE id = {}) AS category",
        wanted.calendar or 0,
        wanted.category or 0,
    )
    unknown_calendar: Wrong = {"calendar": "unknown"} if wanted.calendar and not known.calendar else {}
    return unknown_calendar | ({"category": "unknown"} if wanted.category and not known.category else {})

"""Calendars, closures and targets as leads set them, and questions with their waits."""

from datetime import date, datetime
from functools import partial
from typing import Any

from tests.cast import NOW
from web.business_time.calendars import Interval
from web.business_time.durations import Unit
from web.commands.runner import operator
from web.people.permissions import Actor
from web.tickets.life.consequences import Change as TicketChange
from web.tickets.life.moves import QUESTION
from web.tickets.life.states import Priority, Status, Wait
from web.tickets.record import transition
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket
from web.tickets.sla import impact, settings, settings_queries
from web.tickets.sla.impact import Change
from web.tickets.sla.settings_rules import CalendarInput, ClosureInput, TargetInput, Week
from web.tickets.sla.targets import Promise

OFFICE: Week = (((32400, 64800),),) * 5 + ((), ())
"""Nine to six, Monday to Friday: the hours of the calendar that every installation begins with, whose id is 1."""


async def calendar(
    name: str = "Outro", *, zone: str = "America/Sao_Paulo", week: Week = OFFICE, state: str | None = None
) -> int:
    await _set(partial(settings.save_calendar, CalendarInput(name, zone, week, state)))
    (made,) = [each.id for each in await settings_queries.calendars() if each.name == name]
    return made


async def closure(
    first: str,
    last: str | None = None,
    *,
    name: str = "Recesso",
    hours: tuple[Interval, ...] = (),
    calendar: int | None = None,
    organization: int | None = None,
) -> None:
    wanted = ClosureInput(name, date.fromisoformat(first), date.fromisoformat(last or first), hours)
    await _set(partial(settings.close, wanted, calendar=calendar, organization=organization))


async def target(
    promise: str,
    amount: int,
    unit: str = "business_hours",
    *,
    priority: str | None = None,
    calendar: int = 1,
    **more: Any,
) -> int:
    kind = Priority(priority) if priority else None
    wanted = TargetInput(Promise(promise), amount, Unit(unit), calendar, kind, **more)
    await _set(partial(settings.promise, wanted))
    return max(each.id for each in await settings_queries.targets())


async def _set(change: Change) -> None:
    await impact.apply_change(change, by=operator(), at=NOW)


async def asked(number: int, *, days: int, closes: bool = False, by: Actor, at: datetime) -> MoveResult:
    """A question that waits `days` for its answer, and then closes the ticket or brings it back."""
    return await transition.apply(
        QUESTION,
        await find_ticket(number, by=by),
        to=Status.WAITING,
        change=TicketChange(wait=Wait.REQUESTER),
        data={"wait": Wait.REQUESTER, "days": days, "closes": closes},
        message=NewMessage("Qual é o CNPJ da nota?"),
        by=by,
        at=at,
    )

"""Calendars, exceptions and targets as rows, and questions with their waits."""

import json
from datetime import datetime

from web.database import fetch
from web.people.permissions import Actor
from web.tickets.life.consequences import Change
from web.tickets.life.moves import QUESTION
from web.tickets.life.states import Status, Wait
from web.tickets.record import transition
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import find_ticket

OFFICE = [[[32400, 64800]]] * 5 + [[], []]
"""Nine to six, Monday to Friday: the hours of the calendar that every installation begins with, whose id is 1."""


async def calendar(
    name: str = "Outro", *, zone: str = "America/Sao_Paulo", week: object = OFFICE, state: str | None = None
) -> int:
    rows = await fetch(
        "INSERT INTO calendar (name, zone, week, state) VALUES ({}, {}, {}, {}) RETURNING id",
        name,
        zone,
        json.dumps(week),
        state,
    )
    return rows[0]["id"]


async def closure(
    first: str,
    last: str | None = None,
    *,
    name: str = "Recesso",
    hours: object = (),
    calendar: int | None = None,
    organization: int | None = None,
) -> None:
    await fetch(
        "INSERT INTO closure (calendar, organization, first_day, last_day, name, hours) "
        "VALUES ({}, {}, {}, {}, {}, {})",
        calendar,
        organization,
        first,
        last or first,
        name,
        json.dumps(hours),
    )


async def target(
    promise: str,
    amount: int,
    unit: str = "business_hours",
    *,
    priority: str | None = None,
    category: int | None = None,
    calendar: int = 1,
    pauses_for_team: bool = False,
    warns_at: int = 75,
) -> int:
    rows = await fetch(
        "INSERT INTO target (promise, priority, category, amount, unit, calendar, pauses_for_team, warns_at) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) RETURNING id",
        promise,
        priority,
        category,
        amount,
        unit,
        calendar,
        pauses_for_team,
        warns_at,
    )
    return rows[0]["id"]


async def asked(number: int, *, days: int, closes: bool = False, by: Actor, at: datetime) -> MoveResult:
    """A question that waits `days` for its answer, and then closes the ticket or brings it back."""
    return await transition.apply(
        QUESTION,
        await find_ticket(number, by=by),
        to=Status.WAITING,
        change=Change(wait=Wait.REQUESTER),
        data={"wait": Wait.REQUESTER, "days": days, "closes": closes},
        message=NewMessage("Qual é o CNPJ da nota?"),
        by=by,
        at=at,
    )

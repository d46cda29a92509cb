"""What an agent stops work for: an answer, a date, the leave of the customer's organization."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from web.errors import Invalid, refuse
from web.people import memberships
from web.people.permissions import Actor
from web.tickets.life.moves import APPROVAL_REQUEST, QUESTION, WAIT, WITHDRAWAL, Life, Status, Wait
from web.tickets.record.events import Made
from web.tickets.record.messages import Said
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import make

LONGEST_WAIT = 365
"""Days."""


async def ask(
    ticket: Sheet,
    body: str,
    *,
    files: Sequence[int] = (),
    days: int | None = None,
    closes: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """A question to the requester, with the days they have to answer it."""
    _refuse_wrong_days(days, closes)
    return await make(
        QUESTION,
        ticket,
        to=Status.WAITING,
        sets={"wait": Wait.REQUESTER},
        data=_waiting(Wait.REQUESTER, days=days, closes=closes),
        says=Said(body, files),
        by=by,
        at=at,
        key=key,
    )


async def hold(
    ticket: Sheet,
    kind: Wait,
    *,
    until: datetime | None = None,
    days: int | None = None,
    closes: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Work stops: for more information, with its days, or until an instant; raises `Invalid` where that is missing."""
    if kind is Wait.UNTIL and (until is None or until <= at):
        raise Invalid("until", "not_in_future")
    if kind is Wait.REQUESTER:
        refuse({"days": "missing" if days is None else None})
        _refuse_wrong_days(days, closes)
    return await make(
        WAIT,
        ticket,
        to=Status.WAITING,
        sets={"wait": kind, "wait_until": until if kind is Wait.UNTIL else None},
        data=_waiting(kind, until=until if kind is Wait.UNTIL else None, days=days, closes=closes),
        by=by,
        at=at,
        key=key,
    )


async def ask_approval(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """Work stops until the customer's organization gives leave to go on; raises `Invalid` where nobody there may."""

    async def by_somebody(life: Life) -> dict[str, Any]:
        if not await memberships.has_approver(life.organization, but=(life.requester, life.author, by.id)):
            raise Invalid("body", "nobody_approves")
        return {}

    return await make(
        APPROVAL_REQUEST,
        ticket,
        to=Status.APPROVAL,
        sets={"approval_asked_by": by.id},
        says=Said(body, files),
        also=by_somebody,
        by=by,
        at=at,
        key=key,
    )


async def withdraw(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """The desk goes on without the leave that it had asked for."""
    unasked = {"approval_asked_by": None}
    return await make(WITHDRAWAL, ticket, to=Status.OPEN, sets=unasked, by=by, at=at, key=key)


def _waiting(
    kind: Wait, *, until: datetime | None = None, days: int | None = None, closes: bool = False
) -> dict[str, Any]:
    """What the timers read of the event: `wait`, `until` (ISO 8601), `days`, `closes`."""
    told = {"wait": kind, "until": until.isoformat() if until else None, "days": days, "closes": closes or None}
    return {name: value for name, value in told.items() if value is not None}


def _refuse_wrong_days(days: int | None, closes: bool) -> None:
    if days is None:
        refuse({"days": "missing" if closes else None})
    elif not 1 <= days <= LONGEST_WAIT:
        raise Invalid("days", "wrong_days")

"""Waits: for the requester's answer, until a date, for other work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Unpack

from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.tickets.life.consequences import Change
from web.tickets.life.moves import QUESTION, RESUMPTION, WAIT
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply

LONGEST_WAIT = 365
"""The most days that a requester can be given to answer."""
LONGEST_PAUSE = 3650
"""The most days until the date of a wait."""


async def ask(
    ticket: TicketDetails,
    body: str,
    *,
    files: Sequence[int] = (),
    days: int | None = None,
    closes: bool = False,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Asks the requester a question. `days` is how long they have to answer it."""
    _refuse_wrong_days(days, closes)
    message, change = NewMessage(body, files), Change(wait=Wait.REQUESTER)
    data = _waiting(Wait.REQUESTER, days=days, closes=closes)
    return await apply(QUESTION, ticket, to=Status.WAITING, message=message, change=change, data=data, **stamp)


async def wait(
    ticket: TicketDetails,
    kind: Wait,
    *,
    until: datetime | None = None,
    days: int | None = None,
    closes: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Stops the work. A wait for the requester needs `days`, and a wait until a date needs `until`."""
    if kind is Wait.UNTIL and (until is None or until <= at):
        raise Invalid("until", "not_in_future")
    if kind is Wait.UNTIL and until is not None and until > at + timedelta(days=LONGEST_PAUSE):
        raise Invalid("until", "too_far")
    if kind is Wait.REQUESTER:
        refuse({"days": "missing" if days is None else None})
        _refuse_wrong_days(days, closes)
    change = Change(wait=kind, wait_until=until)
    data = _waiting(kind, until=until if kind is Wait.UNTIL else None, days=days, closes=closes)
    return await apply(WAIT, ticket, to=Status.WAITING, change=change, data=data, by=by, at=at, key=key)


def _waiting(kind: Wait, *, until: datetime | None = None, days: int | None = None, closes: bool = False) -> EventData:
    """The data of the event that the timers read: `wait`, `until` (ISO 8601), `days`, `closes`."""
    told = {"wait": kind, "until": until.isoformat() if until else None, "days": days, "closes": closes or None}
    return {name: value for name, value in told.items() if value is not None}


def _refuse_wrong_days(days: int | None, closes: bool) -> None:
    if days is None:
        refuse({"days": "missing" if closes else None})
    elif not 1 <= days <= LONGEST_WAIT:
        raise Invalid("days", "wrong_days")


async def resume(ticket: TicketDetails, **stamp: Unpack[Stamp]) -> MoveResult:
    return await apply(RESUMPTION, ticket, to=Status.OPEN, **stamp)

"""Sends held replies that are due: each is sent once, or returned to its author, with any number of workers."""

import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from web.database import execute, fetch_column, transaction
from web.errors import DeskError, Invalid, NotFound, NotPermitted
from web.people import actors
from web.people.permissions import SYSTEM, Actor
from web.tickets.life.timeline import EventData
from web.tickets.record import held_replies
from web.tickets.record.events import record
from web.tickets.record.held_replies import Held
from web.tickets.record.locking import lock
from web.tickets.record.ticket import TicketDetails, find_ticket

Make = Callable[[TicketDetails, Held, Sequence[int], Actor, datetime], Awaitable[object]]
"""Makes the move of a form, given its files, just as the page does."""
LATER = timedelta(minutes=10)
"""How long a reply that failed waits before it is retried."""

log = logging.getLogger("guiche.held")


class _KeptBack(Exception):
    """The reply cannot be sent; the text says why."""


async def run_due(at: datetime, *, make: Make) -> int:
    """Sends what is due, and returns what no longer fits. Returns how many held replies were looked at."""
    due = await held_replies.due(at)
    for each in random.sample(due, len(due)):
        try:
            await _go(each.id, each.ticket, make=make, at=at)
        except Exception:
            log.exception("held reply %s could not be sent", each.id)
            await execute("UPDATE held_reply SET due_at = {} WHERE id = {}", at + LATER, each.id)
    return len(due)


async def send_now(ticket: TicketDetails, number: int | None, *, make: Make, by: Actor, at: datetime) -> None:
    """Sends a held reply at once for its author, even if others wrote meanwhile.

    Does nothing if it was sent already.
    """
    found = await held_replies.find(number, ticket.number)
    if found is None:
        return
    if found.person != by.id:
        raise NotPermitted("dispatches")
    await _go(found.id, ticket.number, make=make, at=at, is_wanted=True)


async def _go(number: int, ticket: int, *, make: Make, at: datetime, is_wanted: bool = False) -> None:
    try:
        async with transaction():
            await lock(ticket)
            found = await held_replies.find(number, ticket)
            if found and (is_wanted or _is_ripe(found, at)):
                await _send(found, make, at=at, is_wanted=is_wanted)
    except (DeskError, _KeptBack) as refused:
        await _keep_back(number, ticket, why=_why(refused), at=at)


def _is_ripe(found: Held, at: datetime) -> bool:
    return found.kept_back_at is None and (found.due_at <= at or found.obstacle != "")


async def _send(found: Held, make: Make, *, at: datetime, is_wanted: bool) -> None:
    if found.obstacle and not (is_wanted and found.obstacle == "answered"):
        raise _KeptBack(found.obstacle)
    author = await actors.of_person(found.person)
    if author is None:
        raise _KeptBack("left")
    ticket = await find_ticket(found.ticket, by=author)
    files = await held_replies.take_out(found.id, to=author.id, at=at)
    await make(ticket, found, files, author, at)


def _why(refused: Exception) -> str:
    match refused:
        case _KeptBack():
            return str(refused)
        case Invalid():
            return str(refused.code)
        case NotFound():
            return "out_of_sight"
    return "refused"


async def _keep_back(number: int, ticket: int, *, why: str, at: datetime) -> None:
    """Returns the reply to its author and notifies them. If the author has left, the lead of the team is notified."""
    async with transaction():
        await lock(ticket)
        if not await fetch_column(int, _KEPT_BACK, at, why, number, why):
            return
        found = await held_replies.find(number, ticket)
        assert found is not None
        told: EventData = {"form": found.noun, "person": found.person, "author": found.author, "why": why}
        await record("holdback", ticket, data=told, by=SYSTEM, at=at, audience="internal")


_KEPT_BACK = (
    "UPDATE held_reply SET kept_back_at = {}, why = {} WHERE id = {} AND (kept_back_at IS NULL OR why <> {}) "
    "RETURNING id"
)

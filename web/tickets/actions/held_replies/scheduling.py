"""Schedules replies to be sent later, and takes them back before they are sent."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import fetch_column, rehearsal, within
from web.errors import Invalid, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.timeline import EventData
from web.tickets.record import held_replies
from web.tickets.record.attachments import hold_files
from web.tickets.record.events import MoveResult, record
from web.tickets.record.held_replies import Held, Typed
from web.tickets.record.locking import lock
from web.tickets.record.ticket import TicketDetails

MOMENT = timedelta(seconds=10)
"""How long a reply is held only so that it can be taken back. The history does not mention that delay."""
LATEST = timedelta(days=366)


@dataclass(frozen=True)
class RecalledReply:
    """A reply that was taken back, with its files by their ids."""

    noun: str
    typed: Typed
    files: list[int]


async def hold(
    ticket: TicketDetails,
    noun: str,
    typed: Typed,
    *,
    files: Sequence[int],
    due: datetime,
    rehearse: Callable[[], Awaitable[MoveResult]],
    by: Actor,
    at: datetime,
    key: str | None,
) -> MoveResult:
    """Schedules the form of this noun to be sent when it is due.

    `rehearse` makes its move in a transaction that is rolled back, so that what is refused now is refused before it is
    held.
    """
    _refuse_wrong(due, at)
    async with within():
        await lock(ticket.number)
        async with rehearsal():
            made = await rehearse()
        if made.is_repeat:
            return made
        [seen] = await fetch_column(int, "SELECT max(id) AS id FROM event WHERE ticket = {}", ticket.number)
        found = await fetch_column(
            int, _NEW, ticket.number, by.id, noun, json.dumps(typed, ensure_ascii=False), seen, key, at, due
        )
        if not found:
            return MoveResult(ticket.number, seen, is_repeat=True)
        await hold_files(found[0], files, by=by)
        if due - at <= MOMENT:
            return MoveResult(ticket.number, seen)
        told = {"form": noun, "until": due.isoformat()}
        return await record("holding", ticket.number, data=told, by=by, at=at, audience="internal")


_NEW = (
    "INSERT INTO held_reply (ticket, person, noun, typed, seen, key, held_at, due_at) "
    "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (person, key) DO NOTHING RETURNING id"
)


def _refuse_wrong(due: datetime, at: datetime) -> None:
    if due <= at:
        raise Invalid("due", "not_in_future")
    if due - at > LATEST:
        raise Invalid("due", "later_than_a_year")


async def take_back(ticket: TicketDetails, number: int | None, *, by: Actor, at: datetime) -> RecalledReply | None:
    """Takes a held reply back, so that its author can edit it. Returns None when it was sent already."""
    async with within():
        await lock(ticket.number)
        found = await held_replies.find(number, ticket.number)
        if found is None:
            return None
        if not found.is_for(by):
            raise NotPermitted("recalls")
        files = await held_replies.take_out(found.id, to=by.id, at=at)
        if found.person != by.id or found.due_at - found.held_at > MOMENT:
            await _tell(found, by=by, at=at)
        return RecalledReply(found.noun, found.values, files)


async def _tell(taken: Held, *, by: Actor, at: datetime) -> None:
    told: EventData = {"form": taken.noun, "person": taken.person, "author": taken.author}
    await record("recall", taken.ticket, data=told, by=by, at=at, audience="internal")

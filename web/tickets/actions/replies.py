"""Changes of tickets: each is a move through the funnel, and leaves an event."""

from collections.abc import Sequence
from datetime import datetime

from web.people.permissions import Actor
from web.tickets.life.moves import NOTE, REPLY, THANKS
from web.tickets.record.events import Made
from web.tickets.record.messages import Said
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import make


async def reply(
    ticket: Sheet,
    body: str,
    *,
    files: Sequence[int] = (),
    copies: Sequence[str] = (),
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """A public message. The requester's ends a wait for them, and reopens what was resolved if the workflow says so."""
    return await make(REPLY, ticket, says=Said(body, files), copies=copies, by=by, at=at, key=key)


async def thank(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """A public message that leaves a resolved ticket as it is."""
    return await make(THANKS, ticket, says=Said(body, files), by=by, at=at, key=key)


async def note(
    ticket: Sheet, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """An internal note, for the desk's eyes only."""
    return await make(NOTE, ticket, says=Said(body, files, is_note=True), by=by, at=at, key=key)

"""Messages on a ticket: replies, thanks, internal notes."""

from collections.abc import Collection, Sequence
from typing import Unpack

from web.tickets.life.moves import NOTE, REPLY, THANKS
from web.tickets.life.states import Channel
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply


async def reply(
    ticket: TicketDetails,
    body: str,
    *,
    files: Sequence[int] = (),
    copies: Sequence[str] = (),
    untold: Collection[int] = (),
    way: Channel = Channel.FORM,
    asks_before_repeat: bool = False,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Sends a public message. The requester's ends a wait, and reopens a resolved ticket if the workflow says so.

    People in copy who are in `untold` may read it but are not notified.
    """
    message = NewMessage(body, files, way=way, asks_before_repeat=asks_before_repeat and not copies)
    data: EventData = {"untold": sorted(untold)} if untold else {}
    return await apply(REPLY, ticket, message=message, copies=copies, data=data, **stamp)


async def thank(ticket: TicketDetails, body: str, *, files: Sequence[int] = (), **stamp: Unpack[Stamp]) -> MoveResult:
    """Sends a public message that does not reopen a resolved ticket."""
    return await apply(THANKS, ticket, message=NewMessage(body, files), **stamp)


async def note(
    ticket: TicketDetails,
    body: str,
    *,
    files: Sequence[int] = (),
    asks_before_repeat: bool = False,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Adds an internal note, which only the desk sees."""
    message = NewMessage(body, files, is_note=True, asks_before_repeat=asks_before_repeat)
    return await apply(NOTE, ticket, message=message, **stamp)

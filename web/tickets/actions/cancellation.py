"""Cancellation, and the reason that it asks for."""

from typing import Unpack

from web.errors import refuse
from web.text import is_blank, too_long
from web.tickets.life.consequences import Change
from web.tickets.life.moves import CANCELLATION
from web.tickets.life.states import Resolution, Status
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply

LONGEST_REASON = 2_000


async def cancel(ticket: TicketDetails, *, reason: str, **stamp: Unpack[Stamp]) -> MoveResult:
    """Closes a ticket that is not solved. Raises `Invalid` without a reason."""
    return await apply(
        CANCELLATION,
        ticket,
        to=Status.CLOSED,
        change=Change(resolution=Resolution.CANCELLED),
        also=lambda state: with_reason(reason),
        **stamp,
    )


async def with_reason(reason: str) -> EventData:
    """The reason as an event keeps it. Raises `Invalid` when it is missing or too long."""
    refuse({"reason": "missing" if is_blank(reason) else too_long(reason, LONGEST_REASON)})
    return {"reason": reason}

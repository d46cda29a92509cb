"""The solution of a ticket, and the requester's answer to it: SIM or NÃO."""

from collections.abc import Sequence
from typing import Unpack

from web.database import execute, within
from web.errors import Invalid
from web.tickets.actions.properties.fields import complete
from web.tickets.fields.field import Typed
from web.tickets.life.consequences import Change
from web.tickets.life.moves import CONFIRMATION, OBJECTION, REJECTION, REOPENING, SOLUTION
from web.tickets.life.states import Channel, Resolution, Status
from web.tickets.life.workflows import MustSay
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.locking import lock
from web.tickets.record.messages import NewMessage, last_message
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply


async def resolve(
    ticket: TicketDetails,
    method: Resolution,
    *,
    message: NewMessage | None = None,
    fields: Typed | None = None,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Ends the work by a method. Without a message, the agent's last message becomes the solution.

    Spam and tickets of unknown senders are closed at once, without a message.
    """
    if method in (Resolution.SPAM, Resolution.UNKNOWN_SENDER):
        return await _turn_away(ticket, method, **stamp)
    if message is not None:
        return await solve(ticket, method=method, message=message, fields=fields, **stamp)
    async with within():
        await lock(ticket.number)
        said = await last_message(ticket, by=stamp["by"])
        made = await solve(ticket, method=method, has_said=said is not None, fields=fields, **stamp)
        if said is not None:
            await execute("UPDATE message SET is_resolution = true WHERE id = {}", said)
    return made


async def solve(
    ticket: TicketDetails,
    *,
    method: Resolution = Resolution.COMMUNICATED,
    message: NewMessage | None = None,
    has_said: bool = False,
    fields: Typed | None = None,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Resolves the ticket. Raises `Invalid` without the message or note that its workflow demands.

    `has_said` means that an earlier message counts as the solution.
    """
    duty = ticket.workflow.solution_must_say
    if message is None and not has_said and duty is not MustSay.NOTHING:
        raise Invalid("body", "solution_must_say")
    if message is not None and message.is_note and duty is MustSay.MESSAGE:
        raise Invalid("body", "solution_must_be_public")
    return await mark_resolved(ticket, method=method, message=message, fields=fields, **stamp)


async def mark_resolved(
    ticket: TicketDetails,
    *,
    method: Resolution = Resolution.COMMUNICATED,
    message: NewMessage | None = None,
    fields: Typed | None = None,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Resolves the ticket without the message that its workflow demands: it was given by phone or elsewhere.

    Raises `Invalid` for a field that must be filled in and is not.
    """
    change, data = Change(resolution=method), {"method": method}
    async with within():
        await complete(ticket, fields or {}, **stamp)
        return await apply(SOLUTION, ticket, to=Status.RESOLVED, change=change, message=message, data=data, **stamp)


async def confirm(ticket: TicketDetails, **stamp: Unpack[Stamp]) -> MoveResult:
    """SIM: closes the ticket."""
    return await apply(CONFIRMATION, ticket, to=Status.CLOSED, **stamp)


async def object_to(
    ticket: TicketDetails, body: str, *, files: Sequence[int] = (), way: Channel = Channel.FORM, **stamp: Unpack[Stamp]
) -> MoveResult:
    """NÃO, with an explanation: opens the ticket again."""
    message = NewMessage(body, files, way=way)
    return await apply(OBJECTION, ticket, to=Status.OPEN, message=message, **stamp)


async def reopen(ticket: TicketDetails, **stamp: Unpack[Stamp]) -> MoveResult:
    """Reopens a resolved ticket for the desk."""
    return await apply(REOPENING, ticket, to=Status.OPEN, **stamp)


async def _turn_away(ticket: TicketDetails, method: Resolution, **stamp: Unpack[Stamp]) -> MoveResult:
    change, data = Change(resolution=method), {"method": method}
    return await apply(REJECTION, ticket, to=Status.CLOSED, change=change, data=data, **stamp)

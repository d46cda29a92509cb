"""Contacts resolved at once: by phone, chat or at the counter, and drafts that an agent resolves."""

from dataclasses import replace
from datetime import datetime

from web.database import within
from web.errors import NotPermitted, refuse
from web.people.permissions import Actor
from web.tickets.actions import assignment, resolution
from web.tickets.fields.field import Stage
from web.tickets.life.moves import FIRST_CONTACT
from web.tickets.record.events import MoveResult, earlier_result
from web.tickets.record.locking import lock_state
from web.tickets.record.messages import NewMessage, body_error
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request
from web.tickets.requests.submission import missing_fields, send
from web.tickets.tables import Link


async def record_contact(
    request: Request,
    *,
    message: NewMessage | None = None,
    handling: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Records a contact by phone, chat or at the counter as a resolved ticket. `message` is the agent's answer.

    With `handling`, a second ticket is opened for the remaining work. The result is about the contact.
    """

    async def write_down() -> MoveResult:
        refuse({**missing_fields(request, *Stage, by=by), "body": body_error(message)})
        if not by.is_agent:
            raise NotPermitted(FIRST_CONTACT.noun)
        place = await drafts.check(request, by=by)
        made = await send(request, place, skips_approval=True, by=by, at=at, key=key)
        await _settle(made.ticket, message, by=by, at=at)
        if handling:
            work = await send(replace(request, files=()), place, files_of=made.ticket, by=by, at=at)
            await Link(ticket=work.ticket, other=made.ticket, kind="handling", at=at).save()
        return made

    return await drafts.once_per_key(write_down, by=by, key=key)


async def solve_draft(
    ticket: TicketDetails, request: Request, *, message: NewMessage, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Sends an agent's draft, without approval, and resolves it at once."""
    async with within():
        state = await lock_state(ticket.number)
        if found := await earlier_result(by, key):
            return found
        FIRST_CONTACT.check(state, by)
        refuse({**missing_fields(request, *Stage, by=by), "solution": body_error(message)})
        place = await drafts.check(request, by=by)
        made = await send(request, place, number=ticket.number, skips_approval=True, by=by, at=at, key=key)
        await _settle(ticket.number, message, by=by, at=at)
        return made


async def _settle(number: int, message: NewMessage | None, *, by: Actor, at: datetime) -> None:
    ticket = await find_ticket(number, by=by)
    await assignment.take(ticket, by=by, at=at)
    await resolution.mark_resolved(ticket, message=message, by=by, at=at)

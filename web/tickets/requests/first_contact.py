"""What is answered on first contact: by phone, chat or at the counter, or while its draft is being written."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from web.database import transaction
from web.errors import refuse
from web.people.permissions import Actor
from web.tickets.actions import assignment, resolution
from web.tickets.life.moves import FIRST_CONTACT
from web.tickets.record.events import MoveResult, earlier_result
from web.tickets.record.held import locked
from web.tickets.record.messages import NewMessage, body_error
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests.drafts import Request, new_draft, once_per_key, write_draft
from web.tickets.requests.origins import copy_files
from web.tickets.requests.submission import enqueue, missing_fields
from web.tickets.tables import Link


async def record_contact(
    request: Request,
    *,
    says: NewMessage | None = None,
    handling: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """What an agent heard by phone, chat or at the counter, born resolved; `says` is what they answered.

    With `handling` a second, new ticket is linked to it, for what is still to be done. The contact's number returns.
    """
    return await once_per_key(partial(_record_contact, says=says, handling=handling), request, by=by, at=at, key=key)


async def solve_draft(
    ticket: TicketDetails, request: Request, *, says: NewMessage, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """An agent's draft that needs no more work: sent, past any approval, and resolved at once."""
    async with transaction():
        state = await locked(ticket.number)
        if found := await earlier_result(by, key):
            return found
        FIRST_CONTACT.check(state, by)
        refuse({**missing_fields(request), "solution": body_error(says)})
        await write_draft(ticket.number, request, by=by, at=at)
        made = await enqueue(ticket.number, request, by=by, at=at, key=key, skips_approval=True)
        await _settle(ticket.number, says, by=by, at=at)
        return made


async def _settle(number: int, says: NewMessage | None, *, by: Actor, at: datetime) -> None:
    ticket = await find_ticket(number, by=by)
    await assignment.take(ticket, by=by, at=at)
    await resolution.mark_resolved(ticket, says=says, by=by, at=at)


async def _record_contact(
    request: Request, *, says: NewMessage | None, handling: bool, by: Actor, at: datetime, key: str | None
) -> MoveResult:
    refuse({**missing_fields(request), "body": body_error(says)})
    number = await new_draft(request, by=by, at=at)
    FIRST_CONTACT.check(await find_ticket(number, by=by), by)
    made = await enqueue(number, request, by=by, at=at, key=key, skips_approval=True)
    await _settle(number, says, by=by, at=at)
    if handling:
        work = await new_draft(replace(request, files=()), by=by, at=at)
        await copy_files(number, work, by=by, at=at)
        await Link(ticket=work, other=number, kind="handling", at=at).save()
        await enqueue(work, request, by=by, at=at)
    return made

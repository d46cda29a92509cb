"""What is answered on first contact: by phone, chat or at the counter, or while its draft is being written."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from web.database import transaction
from web.errors import refuse
from web.people.permissions import Actor
from web.tickets.actions import assignment, resolution
from web.tickets.life.moves import FIRST_CONTACT
from web.tickets.record.events import Made, earlier
from web.tickets.record.messages import Said, wrong_body
from web.tickets.record.ticket import Sheet, find_ticket
from web.tickets.record.transition import locked
from web.tickets.requests.drafts import Request, new_draft, once, write_draft
from web.tickets.requests.origins import copy_files
from web.tickets.requests.submission import enqueue, unready
from web.tickets.tables import Link


async def record_contact(
    request: Request,
    *,
    says: Said | None = None,
    handling: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """What an agent heard by phone, chat or at the counter, born resolved; `says` is what they answered.

    With `handling` a second, new ticket is linked to it, for what is still to be done. The contact's number returns.
    """
    return await once(partial(_record_contact, says=says, handling=handling), request, by=by, at=at, key=key)


async def solve_draft(
    ticket: Sheet, request: Request, *, says: Said, by: Actor, at: datetime, key: str | None = None
) -> Made:
    """An agent's draft that needs no more work: sent, past any approval, and resolved at once."""
    async with transaction():
        life = await locked(ticket.number)
        if found := await earlier(by, key):
            return found
        FIRST_CONTACT.check(life, by)
        refuse({**unready(request), "solution": wrong_body(says)})
        await write_draft(ticket.number, request, by=by, at=at)
        made = await enqueue(ticket.number, request, by=by, at=at, key=key, skips_approval=True)
        await _settle(ticket.number, says, by=by, at=at)
        return made


async def _settle(number: int, says: Said | None, *, by: Actor, at: datetime) -> None:
    ticket = await find_ticket(number, by=by)
    await assignment.take(ticket, by=by, at=at)
    await resolution.settle(ticket, says=says, by=by, at=at)


async def _record_contact(
    request: Request, *, says: Said | None, handling: bool, by: Actor, at: datetime, key: str | None
) -> Made:
    refuse({**unready(request), "body": wrong_body(says)})
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

"""Contacts by phone, chat or at the counter, recorded by who heard them."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from web.errors import refuse
from web.people.actor import Actor
from web.tickets import actions, lifecycle, queries
from web.tickets.drafting import Request, enqueue, new_draft, once, unready
from web.tickets.events import Made
from web.tickets.messages import Said, wrong_body
from web.tickets.origins import copy_files
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


async def _record_contact(
    request: Request, *, says: Said | None, handling: bool, by: Actor, at: datetime, key: str | None
) -> Made:
    refuse({**unready(request), "body": wrong_body(says)})
    number = await new_draft(request, by=by, at=at)
    lifecycle.FIRST_CONTACT.check(await queries.sheet(number, by=by), by)
    made = await enqueue(number, request, by=by, at=at, key=key, skips_approval=True)
    ticket = await queries.sheet(number, by=by)
    await actions.take(ticket, by=by, at=at)
    await actions.settle(ticket, says=says, by=by, at=at)
    if handling:
        work = await new_draft(replace(request, files=()), by=by, at=at)
        await copy_files(number, work, by=by, at=at)
        await Link(ticket=work, other=number, kind="handling", at=at).save()
        await enqueue(work, request, by=by, at=at)
    return made

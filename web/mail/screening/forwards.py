"""Mail that an agent forwards to the desk: it becomes a ticket of its original author, recorded by the agent."""

from dataclasses import replace
from datetime import datetime

from web.mail.incoming.parse import Mail
from web.mail.screening import authors
from web.mail.screening.exceptions import Quarantined
from web.mail.screening.forward_parsing import plain_subject
from web.people import accounts
from web.people.permissions import Actor
from web.tickets.actions import replies
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import find_ticket
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request


async def record(mail: Mail, request: Request, *, by: Actor, at: datetime) -> MoveResult:
    """Opens the ticket of `request` for the original author. The agent's text above it becomes an internal note.

    Raises `Quarantined`.
    """
    found = mail.forwarded
    if found is None or not authors.is_proven(mail, by.id) or accounts.is_the_desks(found.sender.address):
        raise Quarantined("unproven_agent")
    request = replace(
        request,
        title=plain_subject(request.title) or request.title,
        requester=await accounts.find_or_create(found.sender.address, at=at),
    )
    made = await submission.open_ticket(request, by=by, at=at)
    if found.above:
        await replies.note(await find_ticket(made.ticket, by=by), found.above, by=by, at=at)
    return made

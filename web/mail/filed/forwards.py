"""Mail that an agent passes on to the desk: a ticket of whoever wrote it first, recorded by the agent."""

from datetime import datetime

from web.mail.filed import authors
from web.mail.filed.forwarded import plain_subject
from web.mail.filed.parking import Parked
from web.mail.incoming.parse import Mail
from web.people import accounts
from web.people.permissions import Actor
from web.tickets.actions import replies
from web.tickets.life.states import Channel
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import LONGEST_TITLE, find_ticket
from web.tickets.requests import submission
from web.tickets.requests.categories import by_mail
from web.tickets.requests.drafts import Request


async def record(mail: Mail, body: str, title: str, files: list[int], *, by: Actor, at: datetime) -> MoveResult:
    """What the agent wrote above it becomes a note: it was said to the desk. Raises `Parked`."""
    found = mail.forwarded
    if found is None or not authors.is_proven(mail, by.id) or accounts.is_the_desks(found.sender.address):
        raise Parked("unproven_agent")
    request = Request(
        title=plain_subject(title)[:LONGEST_TITLE] or title,
        description=body,
        category=await by_mail(),
        requester=await accounts.find_or_create(found.sender.address, at=at),
        channel=Channel.EMAIL,
        files=files,
    )
    made = await submission.open_ticket(request, by=by, at=at)
    if found.above:
        await replies.note(await find_ticket(made.ticket, by=by), found.above, by=by, at=at)
    return made

"""Requests before they are work: drafts, and their way into the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web.database import fetch, transaction
from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.moves import EDITION
from web.tickets.life.states import Channel, Priority, Status
from web.tickets.record import search_index
from web.tickets.record.attachments import attach
from web.tickets.record.events import MoveResult, Repeated, earlier_result, record
from web.tickets.record.held import locked
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.record.participants import add_copies, copies_error
from web.tickets.record.ticket import LONGEST_TITLE, TicketDetails
from web.tickets.requests import categories
from web.tickets.requests.origins import Origin, link_origin
from web.tickets.tables import Message, Ticket


@dataclass(frozen=True)
class Request:
    """What somebody asks for; a draft may leave out anything but the people."""

    title: str = ""
    description: str = ""
    category: int | None = None
    topic: int | None = None
    organization: int | None = None
    requester: int | None = None
    primary_contact: int | None = None
    priority: Priority = Priority.NORMAL
    channel: Channel = Channel.FORM
    files: Sequence[int] = ()
    copies: Sequence[str] = ()
    origin: Origin | None = None


async def draft(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """A new draft, seen by nobody but its author."""
    return await once_per_key(_draft, request, by=by, at=at, key=key)


async def update_draft(
    ticket: TicketDetails, request: Request, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """The draft with what it says now."""
    async with transaction():
        state = await locked(ticket.number)
        if found := await earlier_result(by, key):
            return found
        EDITION.check(state, by)
        await write_draft(ticket.number, request, by=by, at=at)
        return await record("edition", ticket.number, by=by, at=at, key=key, audience="internal")


async def once_per_key(action: Any, request: Request, *, by: Actor, at: datetime, key: str | None) -> MoveResult:
    """A creation, which has no row to lock: the unique key decides who was first."""
    try:
        async with transaction():
            if found := await earlier_result(by, key):
                return found
            made: MoveResult = await action(request, by=by, at=at, key=key)
            return made
    except Repeated:
        found = await earlier_result(by, key)
        assert found is not None
        return found


async def _draft(request: Request, *, by: Actor, at: datetime, key: str | None) -> MoveResult:
    number = await new_draft(request, by=by, at=at)
    details = {request.origin.move.noun: request.origin.ticket.number} if request.origin else {}
    return await record("draft", number, by=by, at=at, key=key, data=details, audience="internal")


async def new_draft(request: Request, *, by: Actor, at: datetime) -> int:
    ticket = Ticket(
        title="",
        priority=request.priority,
        author=by.id,
        requester=by.id,
        primary_contact=by.id,
        channel=request.channel,
        status=Status.DRAFT,
        workflow=settings().preset,
        created_at=at,
        updated_at=at,
    )
    await ticket.save()
    await Message(ticket=ticket.id, kind="opening", author=by.id, body="", at=at).save()
    await write_draft(ticket.id, request, by=by, at=at)
    if request.origin:
        await link_origin(ticket.id, request.origin, by=by, at=at)
    return int(ticket.id)


async def write_draft(number: int, request: Request, *, by: Actor, at: datetime) -> None:
    """What the draft says, in place of what it said; raises `Invalid` for what not even a draft may say."""
    _refuse_unfit(request)
    _refuse_foreign(request, by)
    category = await categories.find_category(request.category)
    if request.topic is not None:
        await categories.refuse_stray(request.topic, of=request.category)
    await Ticket.update(
        {
            Ticket.title: " ".join(request.title.split()),
            Ticket.category: request.category,
            Ticket.topic: request.topic,
            Ticket.priority: request.priority,
            Ticket.workflow: category["workflow"] if category else settings().preset,
            Ticket.requester: request.requester or by.id,
            Ticket.primary_contact: request.primary_contact or request.requester or by.id,
            Ticket.organization: request.organization,
            Ticket.updated_at: at,
        }
    ).where(Ticket.id == number)
    opened = await fetch(
        "UPDATE message SET body = {}, at = {} WHERE ticket = {} AND kind = 'opening' RETURNING id",
        request.description,
        at,
        number,
    )
    await attach(opened[0]["id"], request.files, by=by)
    await fetch("DELETE FROM participant WHERE ticket = {}", number)
    await add_copies(number, request.copies, by=by, at=at)
    await search_index.index(number, title=request.title, body=request.description, scope=[f"p{by.id}"])


def _refuse_unfit(request: Request) -> None:
    """What even a draft may not say."""
    refuse(
        {
            "title": "too_long" if len(request.title) > LONGEST_TITLE else None,
            "description": "too_long" if len(request.description) > LONGEST_MESSAGE else None,
            "copies": copies_error(request.copies),
        }
    )


def _refuse_foreign(request: Request, by: Actor) -> None:
    """Only an agent registers for somebody else, or for an organization that is not their own."""
    if by.is_agent:
        return
    if request.organization is not None and request.organization not in by.organizations:
        raise Invalid("organization", "unknown")
    if request.requester not in (None, by.id) or request.primary_contact not in (None, by.id):
        raise Invalid("requester", "unknown")

"""Requests before they are work: drafts, and their way into the queue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from web.database import fetch, transaction
from web.errors import Invalid, refuse
from web.people.permissions import Actor
from web.settings import settings
from web.text import is_blank
from web.tickets.life.moves import DUPLICATION, EDITION, FOLLOW_UP, SUBMISSION, Channel, Move, Priority, Status
from web.tickets.record import search_index
from web.tickets.record.events import Made, Repeated, earlier, record, shift
from web.tickets.record.messages import AGAIN, LONGEST_MESSAGE, attach, files_of
from web.tickets.record.participants import MOST_COPIES, add_copies, wrong_copies
from web.tickets.record.ticket import Sheet, opening_of
from web.tickets.record.transition import locked
from web.tickets.requests import categories
from web.tickets.requests.origins import Origin, tell_origin, trace
from web.tickets.sla import due_dates
from web.tickets.tables import Message, Ticket

LONGEST_TITLE = 200


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


async def draft(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """A new draft, seen by nobody but its author."""
    return await once(_draft, request, by=by, at=at, key=key)


async def redraft(ticket: Sheet, request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """The draft with what it says now."""
    async with transaction():
        life = await locked(ticket.number)
        if found := await earlier(by, key):
            return found
        EDITION.check(life, by)
        await write_draft(ticket.number, request, by=by, at=at)
        return await record("edition", ticket.number, by=by, at=at, key=key, audience="internal")


async def open_ticket(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """A draft written and submitted in one go; raises `Invalid` for what is missing, and then nothing is kept."""
    return await once(_draft_and_submit, request, by=by, at=at, key=key)


async def submit(ticket: Sheet, request: Request, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Sends a draft: into the queue, or to approval where its category asks for it."""
    async with transaction():
        life = await locked(ticket.number)
        if found := await earlier(by, key):
            return found
        SUBMISSION.check(life, by)
        refuse(unready(request))
        await write_draft(ticket.number, request, by=by, at=at)
        return await enqueue(ticket.number, request, by=by, at=at, key=key)


async def follow_up(
    ticket: Sheet, body: str = "", *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> Made:
    """A draft that goes on where a ticket ended: its category, organization and people, and these words."""
    wanted = await _like(ticket, FOLLOW_UP, by=by)
    return await draft(replace(wanted, description=body, files=files), by=by, at=at, key=key)


async def duplicate(ticket: Sheet, *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """A draft with all that the ticket was opened with, files included."""
    return await draft(await copy_of(ticket, by=by), by=by, at=at, key=key)


async def copy_of(ticket: Sheet, *, by: Actor) -> Request:
    opening = await opening_of(ticket)
    wanted = await _like(ticket, DUPLICATION, by=by)
    return replace(wanted, title=ticket.title, description=opening["body"], priority=Priority(ticket.priority))


def unready(request: Request) -> dict[str, str | None]:
    """What a ticket still needs before it is sent, as a code per field."""
    needed = ("category", "title", "description")
    missing = {field: "missing" for field in needed if is_blank(str(getattr(request, field) or ""))}
    return {**missing, "copies": wrong_copies(request.copies)}


async def once(action: Any, request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    """A creation, which has no row to lock: the unique key decides who was first."""
    try:
        async with transaction():
            if found := await earlier(by, key):
                return found
            made: Made = await action(request, by=by, at=at, key=key)
            return made
    except Repeated:
        found = await earlier(by, key)
        assert found is not None
        return found


async def _draft(request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    number = await new_draft(request, by=by, at=at)
    details = {request.origin.move.noun: request.origin.ticket.number} if request.origin else {}
    return await record("draft", number, by=by, at=at, key=key, data=details, audience="internal")


async def _draft_and_submit(request: Request, *, by: Actor, at: datetime, key: str | None) -> Made:
    refuse(unready(request))
    if key and (asked := await _just_asked(request, by=by, at=at)):
        return asked
    number = await new_draft(request, by=by, at=at)
    return await enqueue(number, request, by=by, at=at, key=key)


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
        await trace(ticket.id, request.origin, by=by, at=at)
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


async def enqueue(
    number: int, request: Request, *, by: Actor, at: datetime, key: str | None = None, skips_approval: bool = False
) -> Made:
    category = await categories.find_category(request.category)
    assert category is not None
    organization = request.organization or await categories.home_of(request.requester or by.id)
    target = Status.APPROVAL if category["needs_approval"] and not skips_approval else Status.NEW
    await Ticket.update(
        {
            Ticket.organization: organization,
            Ticket.team: category["team"],
            Ticket.status: target,
            Ticket.submitted_at: at,
            Ticket.updated_at: at,
        }
    ).where(Ticket.id == number)
    await search_index.index(
        number,
        title=request.title,
        body=request.description,
        scope=await search_index.scope_of(number),
        notes=await search_index.names_of(number),
    )
    opening = (await fetch("SELECT id FROM message WHERE ticket = {} AND kind = 'opening'", number))[0]["id"]
    details: dict[str, Any] = shift(Status.DRAFT, target)
    if files := await files_of(opening):
        details["files"] = files
    await tell_origin(number, by=by, at=at)
    made = await record("submission", number, by=by, at=at, key=key, data=details, message=opening)
    await due_dates.renew(number)
    return made


async def _like(ticket: Sheet, move: Move, *, by: Actor) -> Request:
    """A request about the same thing by the same people, as far as they may still ask for it."""
    category, topic = await categories.still_offered(ticket.category, ticket.topic)
    return Request(
        category=category,
        topic=topic,
        organization=ticket.organization if by.is_agent or ticket.organization in by.organizations else None,
        requester=ticket.requester if by.is_agent else None,
        primary_contact=ticket.primary_contact if by.is_agent else None,
        copies=[each.address for each in ticket.copied if each.person != by.id][:MOST_COPIES],
        origin=Origin(ticket, move),
    )


def _refuse_unfit(request: Request) -> None:
    """What even a draft may not say."""
    refuse(
        {
            "title": "too_long" if len(request.title) > LONGEST_TITLE else None,
            "description": "too_long" if len(request.description) > LONGEST_MESSAGE else None,
            "copies": wrong_copies(request.copies),
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


async def _just_asked(request: Request, *, by: Actor, at: datetime) -> Made | None:
    """The same request by the same person, minutes ago and untouched since: sent again by who saw no answer."""
    rows = await fetch(
        "SELECT ticket.id, event.id AS event FROM ticket JOIN event ON event.ticket = ticket.id "
        "JOIN message ON message.id = event.message WHERE ticket.requester = {} AND ticket.updated_at > {} "
        "AND event.kind = 'submission' AND event.actor = {} AND event.at > {} AND ticket.title = {} "
        "AND message.body = {} AND ticket.category = {} AND COALESCE(ticket.organization, 0) = {} "
        "AND NOT EXISTS (SELECT 1 FROM event later WHERE later.ticket = ticket.id AND later.id > event.id) LIMIT 1",
        request.requester or by.id,
        at - AGAIN,
        by.id,
        at - AGAIN,
        " ".join(request.title.split()),
        request.description,
        request.category,
        request.organization or await categories.home_of(request.requester or by.id) or 0,
    )
    return Made(ticket=rows[0]["id"], event=rows[0]["event"], is_repeat=True) if rows else None

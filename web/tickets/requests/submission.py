"""Sending a request: into the queue, or to approval first."""

from datetime import datetime
from typing import Any

from web.database import fetch, transaction
from web.errors import refuse
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.life.moves import SUBMISSION
from web.tickets.life.states import Status
from web.tickets.record import search_index
from web.tickets.record.attachments import files_of
from web.tickets.record.events import MoveResult, earlier_result, record, status_change
from web.tickets.record.held import locked
from web.tickets.record.messages import AGAIN
from web.tickets.record.participants import copies_error
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import categories
from web.tickets.requests.drafts import Request, new_draft, once_per_key, write_draft
from web.tickets.requests.origins import tell_origin
from web.tickets.sla import due_dates
from web.tickets.tables import Ticket


async def open_ticket(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """A draft written and submitted in one go; raises `Invalid` for what is missing, and then nothing is kept."""
    return await once_per_key(_draft_and_submit, request, by=by, at=at, key=key)


async def submit(
    ticket: TicketDetails, request: Request, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Sends a draft: into the queue, or to approval where its category asks for it."""
    async with transaction():
        state = await locked(ticket.number)
        if found := await earlier_result(by, key):
            return found
        SUBMISSION.check(state, by)
        refuse(missing_fields(request))
        await write_draft(ticket.number, request, by=by, at=at)
        return await enqueue(ticket.number, request, by=by, at=at, key=key)


def missing_fields(request: Request) -> dict[str, str | None]:
    """What a ticket still needs before it is sent, as a code per field."""
    needed = ("category", "title", "description")
    missing = {field: "missing" for field in needed if is_blank(str(getattr(request, field) or ""))}
    return {**missing, "copies": copies_error(request.copies)}


async def _draft_and_submit(request: Request, *, by: Actor, at: datetime, key: str | None) -> MoveResult:
    refuse(missing_fields(request))
    if key and (asked := await _just_asked(request, by=by, at=at)):
        return asked
    number = await new_draft(request, by=by, at=at)
    return await enqueue(number, request, by=by, at=at, key=key)


async def enqueue(
    number: int, request: Request, *, by: Actor, at: datetime, key: str | None = None, skips_approval: bool = False
) -> MoveResult:
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
    details: dict[str, Any] = status_change(Status.DRAFT, target)
    if files := await files_of(opening):
        details["files"] = files
    await tell_origin(number, by=by, at=at)
    made = await record("submission", number, by=by, at=at, key=key, data=details, message=opening)
    await due_dates.refresh(number)
    return made


async def _just_asked(request: Request, *, by: Actor, at: datetime) -> MoveResult | None:
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
    return MoveResult(ticket=rows[0]["id"], event=rows[0]["event"], is_repeat=True) if rows else None

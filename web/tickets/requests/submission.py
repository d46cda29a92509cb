"""Submits a request, into the queue or for approval."""

from dataclasses import asdict, replace
from datetime import datetime

from web.database import fetch_column, within
from web.errors import Invalid, refuse
from web.people.memberships import chosen, has_approver
from web.people.permissions import SYSTEM, Actor
from web.text import is_blank
from web.tickets.fields.field import Stage
from web.tickets.life import timeline
from web.tickets.life.moves import SUBMISSION
from web.tickets.life.states import Alert, Channel, Priority, Status
from web.tickets.life.timeline import EventData, Json, PastEvent
from web.tickets.record import attachments, search_index
from web.tickets.record.attachments import File
from web.tickets.record.events import MoveResult, earlier_result, record, status_change
from web.tickets.record.locking import lock_state
from web.tickets.record.messages import REPEAT_WITHIN
from web.tickets.record.participants import copies_error
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import drafts
from web.tickets.requests.categories import Placement
from web.tickets.requests.drafts import Request, Values
from web.tickets.requests.origins import copy_files, tell_origin
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import deadlines_of
from web.tickets.sla.policy import PolicyKey, policy_of


async def open_ticket(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Opens a ticket. Raises `Invalid` for missing fields; then nothing is saved."""

    async def open_it() -> MoveResult:
        refuse(missing_fields(request, by=by))
        place = await drafts.check(request, by=by)
        place = replace(place, team=request.team or place.team)
        if request.asks_before_repeat and await _was_sent(request, place, by=by, at=at, key=key):
            raise Invalid("title", "already_sent")
        return await send(request, place, by=by, at=at, key=key)

    return await drafts.once_per_key(open_it, by=by, key=key)


async def submit(
    ticket: TicketDetails, request: Request, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Submits a draft, into the queue or for approval if its category needs it."""
    async with within():
        state = await lock_state(ticket.number)
        if found := await earlier_result(by, key):
            return found
        SUBMISSION.check(state, by)
        refuse(missing_fields(request, by=by))
        place = await drafts.check(request, by=by)
        return await send(request, place, number=ticket.number, by=by, at=at, key=key)


def missing_fields(request: Request, *stages: Stage, by: Actor) -> dict[str, str | None]:
    """The fields that are missing before a request can be sent, with a code for each.

    Custom fields are checked at these stages, by default at submission. Messages by mail or chat, at a kiosk or in a
    frame have no custom fields and are accepted without.
    """
    required_at = stages or (() if request.channel in _SAID else (Stage.SUBMISSION,))
    needed = ("category", "title", "description")
    missing = {field: "missing" for field in needed if is_blank(str(getattr(request, field) or ""))}
    asked = request.about(by).wrong(request.fields, required_at)
    return {**missing, **asked, "copies": copies_error(request.copies)}


_SAID = (Channel.EMAIL, Channel.CHAT, Channel.KIOSK, Channel.EMBED)


async def send(
    request: Request,
    place: Placement,
    *,
    number: int | None = None,
    files_of: int | None = None,
    skips_approval: bool = False,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Sends a new ticket, or draft `number`. `files_of` is a ticket whose opening files are copied to it."""
    if request.priority is Priority.NORMAL:
        request = replace(request, priority=place.priority)
    organization = request.vouched or chosen(request.organization, of=place.homes)
    place = place.at(organization)
    needs = place.needs_approval and not skips_approval
    is_unheard = needs and not await has_approver(organization, but=(request.requester or by.id, by.id))
    target = Status.APPROVAL if needs and not is_unheard else Status.NEW
    details: dict[str, Json] = {**status_change(Status.DRAFT, target)}
    sent: Values = {"organization": organization, "team": place.team, "status": target, "submitted_at": at}
    sent |= {"alert": Alert.NO_APPROVER if is_unheard else None, "attend_at": _waits_from(request, target, by, at)}
    if number is None:
        sent |= await _first_deadlines(request, place, organization, details, by=by, at=at)
    written = await drafts.write(request, place, number=number, sent=sent, by=by, at=at)
    if files_of is not None:
        await copy_files(files_of, written.number, by=by, at=at)
    await search_index.index(written.number)
    is_continued = number is not None or request.origin is not None
    if is_continued or files_of is not None or request.files:
        details |= _listed(await attachments.files_of(written.opening))
    if is_continued:
        await tell_origin(written.number, by=by, at=at)
    made = await record("submission", written.number, by=by, at=at, key=key, data=details, message=written.opening)
    if is_unheard:
        await record("overruling", written.number, by=SYSTEM, at=at)
    if number is not None:
        await stored_deadlines.refresh(number)
    return made


def _waits_from(request: Request, target: Status, by: Actor, at: datetime) -> datetime | None:
    """Since when the customer of a chat waits for the desk. A chat that an agent records is no open chat."""
    is_chat = request.channel is Channel.CHAT and request.requester in (None, by.id)
    return at if is_chat and target is Status.NEW else None


def _listed(files: list[File]) -> dict[str, Json]:
    return {"files": [asdict(each) for each in files]} if files else {}


async def _first_deadlines(
    request: Request, place: Placement, organization: int | None, details: EventData, *, by: Actor, at: datetime
) -> Values:
    """The deadlines that follow from the submission alone."""
    is_work = by.is_agent and request.requester not in (None, by.id)
    happened = timeline.timeline_of([PastEvent("submission", at, details, is_work=is_work)])
    case = PolicyKey(place.workflow, request.priority, request.category, place.team, organization)
    return asdict(deadlines_of(happened, await policy_of(case)))


async def _was_sent(request: Request, place: Placement, *, by: Actor, at: datetime, key: str | None) -> bool:
    """Whether this person sent the same request minutes ago by another form, and nothing has happened to it since."""
    since, requester = at - REPEAT_WITHIN, request.requester or by.id
    found = await fetch_column(
        int,
        _SENT_BEFORE,
        *(requester, since, by.id, since, key or ""),
        *(" ".join(request.title.split()), request.description, request.category, request.topic or 0),
        *(chosen(request.organization, of=place.homes) or 0, request.primary_contact or requester),
        *(attachments.has_same_files(request.files), len(request.copies)),
    )
    return bool(found)


_SENT_BEFORE = (
    "SELECT ticket.id FROM ticket JOIN event ON event.ticket = ticket.id "
    "JOIN message ON message.id = event.message WHERE ticket.requester = {} AND ticket.updated_at > {} "
    "AND event.kind = 'submission' AND event.actor = {} AND event.at > {} AND COALESCE(event.key, '') <> {} "
    "AND ticket.title = {} AND message.body = {} AND ticket.category = {} AND COALESCE(ticket.topic, 0) = {} "
    "AND COALESCE(ticket.organization, 0) = {} AND ticket.primary_contact = {} AND {} "
    "AND (SELECT count(*) FROM participant WHERE participant.ticket = ticket.id) = {} "
    "AND NOT EXISTS (SELECT 1 FROM event later WHERE later.ticket = ticket.id AND later.id > event.id) LIMIT 1"
)

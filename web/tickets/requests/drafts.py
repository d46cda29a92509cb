"""Drafts, and how a request is written into its rows."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from web.database import execute, fetch_column, within
from web.errors import Invalid, Overtaken, refuse
from web.people.permissions import SYSTEM, Actor
from web.text import too_long
from web.tickets.fields import catalog
from web.tickets.fields.field import Typed
from web.tickets.fields.questions import About
from web.tickets.fields.values import forget_values, write_values
from web.tickets.life.moves import EDITION
from web.tickets.life.states import Channel, Priority, Status
from web.tickets.life.timeline import EventData
from web.tickets.record import search_index
from web.tickets.record.attachments import attach, keep_files
from web.tickets.record.events import MoveResult, Repeated, earlier_result, record
from web.tickets.record.field_files import forget_dropped, hand_in
from web.tickets.record.locking import lock_state
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.record.participants import add_copies, copies_error
from web.tickets.record.ticket import LONGEST_TITLE, TicketDetails
from web.tickets.requests import categories
from web.tickets.requests.categories import Placement
from web.tickets.requests.origins import Origin, link_origin
from web.tickets.tables import Message, Ticket


@dataclass(frozen=True)
class Request:
    """A request. A draft may leave out anything but the people."""

    title: str = ""
    description: str = ""
    category: int | None = None
    topic: int | None = None
    organization: int | None = None
    vouched: int | None = None
    """The organization of the kiosk where it was made, even if the requester is no member."""
    requester: int | None = None
    primary_contact: int | None = None
    priority: Priority = Priority.NORMAL
    channel: Channel = Channel.FORM
    team: int | None = None
    """The team whose queue it waits in; without one, the team of its category."""
    files: Sequence[int] = ()
    keeps: Collection[int] | None = None
    """The files to keep of a draft, or of the ticket that it copies; None for all."""
    copies: Sequence[str] = ()
    origin: Origin | None = None
    fields: Typed = field(default_factory=dict)
    intake: EventData = field(default_factory=dict)
    """For agents: the kiosk or site it comes from, and what its visitor left there without proof."""
    asks_before_repeat: bool = False
    """Whether to refuse it as `already_sent` when the same person sent the same request minutes ago."""

    def about(self, by: Actor) -> About:
        return About(self.category, self.topic, by)


async def draft(request: Request, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Starts a draft, which only its author sees."""

    async def begin() -> MoveResult:
        written = await write(request, await check(request, by=by), by=by, at=at)
        await search_index.index(written.number)
        details = {request.origin.move.noun: request.origin.ticket.number} if request.origin else {}
        return await record("draft", written.number, by=by, at=at, key=key, data=details, audience="internal")

    return await once_per_key(begin, by=by, key=key)


async def update_draft(
    ticket: TicketDetails, request: Request, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Replaces the content of a draft."""
    async with within():
        state = await lock_state(ticket.number)
        if found := await earlier_result(by, key):
            return found
        EDITION.check(state, by)
        await write(request, await check(request, by=by), number=ticket.number, by=by, at=at)
        await search_index.index(ticket.number)
        return await record("edition", ticket.number, by=by, at=at, key=key, audience="internal")


@asynccontextmanager
async def unless_rewritten(
    ticket: TicketDetails, seen: int | None, *, by: Actor, key: str | None
) -> AsyncIterator[None]:
    """Locks the draft. Raises `Overtaken` if it was saved after event `seen`, as its author does in another tab."""
    async with within():
        state = await lock_state(ticket.number)
        if seen is not None and not await earlier_result(by, key):
            EDITION.check(state, by)
            if await fetch_column(int, _LATER, ticket.number, seen):
                raise Overtaken(str(ticket.number))
        yield


_LATER = "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} LIMIT 1"


async def discard(ticket: TicketDetails, *, by: Actor) -> None:
    """Deletes a draft and everything in it; its number is not used again."""
    number = ticket.number
    async with within():
        EDITION.check(await lock_state(number, removes=True), by)
        for table in ("event", "participant", "proposed_copy", "visit", "unsent", "tag", "field_value"):
            await execute(f"DELETE FROM {table} WHERE ticket = {{}}", number)
        for gone in _GONE:
            await execute(gone.format(number=int(number)))
        await search_index.remove(number)


_GONE = (
    "DELETE FROM attachment WHERE ticket = {number}",
    "DELETE FROM link WHERE ticket = {number} OR other = {number}",
    "UPDATE inbound_mail SET ticket = NULL, message = NULL WHERE ticket = {number}",
    "DELETE FROM attachment WHERE message IN (SELECT id FROM message WHERE ticket = {number})",
    "DELETE FROM message WHERE ticket = {number}",
    "DELETE FROM ticket WHERE id = {number}",
)


async def once_per_key(create: Callable[[], Awaitable[MoveResult]], *, by: Actor, key: str | None) -> MoveResult:
    """Creates a ticket once for each form. The unique key of the event decides, because there is no row to lock yet."""
    try:
        async with within():
            return await earlier_result(by, key) or await create()
    except Repeated:
        found = await earlier_result(by, key)
        assert found is not None
        return found


async def check(request: Request, *, by: Actor) -> Placement:
    """Returns where the request goes. Raises `Invalid` for what not even a draft may contain."""
    _refuse_unfit(request)
    refuse(request.about(by).wrong(request.fields))
    _refuse_foreign(request, by)
    return await categories.route(request.category, request.topic, requester=request.requester or by.id, by=by)


@dataclass(frozen=True)
class Written:
    """The rows of a request: its ticket's number, and its opening message."""

    number: int
    opening: int


Values = dict[str, object]


async def write(
    request: Request,
    place: Placement,
    *,
    number: int | None = None,
    sent: Values | None = None,
    by: Actor,
    at: datetime,
) -> Written:
    """Inserts a ticket, or updates draft `number`. `sent` holds the further columns of a ticket that is sent."""
    values = _values(request, place, by=by, at=at) | (sent or {})
    if number is None:
        written = await _insert(request, values, by=by, at=at)
    else:
        written = await _update(number, request, values, at=at)
    await attach(written.opening, request.files, by=by)
    await add_copies(written.number, request.copies, by=by, at=at)
    answers = await hand_in(written.number, request.about(by).answers(request.fields), by=by, at=at)
    await write_values(written.number, answers, is_new=True)
    if number is not None and catalog.are_any():
        await forget_dropped(number)
    if number is None and request.origin:
        await link_origin(written.number, request.origin, keeps=request.keeps, by=by, at=at)
    return written


def _values(request: Request, place: Placement, *, by: Actor, at: datetime) -> Values:
    requester = request.requester or by.id
    return {
        "title": " ".join(request.title.split()),
        "category": request.category,
        "topic": request.topic,
        "priority": request.priority,
        "workflow": place.workflow,
        "requester": requester,
        "primary_contact": request.primary_contact or requester,
        "organization": request.organization,
        "updated_at": at,
    }


async def _insert(request: Request, values: Values, *, by: Actor, at: datetime) -> Written:
    known: Values = {"status": Status.DRAFT, "author": by.id, "channel": request.channel, "created_at": at}
    ticket = Ticket.from_dict(known | values)
    await ticket.save()
    opening = Message(ticket=ticket.id, kind="opening", author=by.id, body=request.description, at=at)
    await opening.save()
    if request.intake:
        await record("intake", ticket.id, data=request.intake, by=SYSTEM, at=at, audience="internal")
    return Written(ticket.id, opening.id)


async def _update(number: int, request: Request, values: Values, *, at: datetime) -> Written:
    await Ticket.update(dict(values.items())).where(Ticket.id == number)
    written = "UPDATE message SET body = {}, at = {} WHERE ticket = {} AND kind = 'opening' RETURNING id"
    [opening] = await fetch_column(int, written, request.description, at, number)
    await execute("DELETE FROM participant WHERE ticket = {}", number)
    await forget_values(number)
    if request.keeps is not None:
        await keep_files(opening, request.keeps)
    return Written(number, opening)


def _refuse_unfit(request: Request) -> None:
    """Raises `Invalid` for what not even a draft may contain."""
    refuse(
        {
            "title": too_long(request.title, LONGEST_TITLE),
            "description": too_long(request.description, LONGEST_MESSAGE),
            "copies": copies_error(request.copies),
        }
    )


def _refuse_foreign(request: Request, by: Actor) -> None:
    """Raises `Invalid` when somebody other than an agent opens a ticket for others or for a foreign organization."""
    if by.is_agent:
        return
    if request.organization is not None and request.organization not in by.organizations:
        raise Invalid("organization", "unknown")
    if request.requester not in (None, by.id) or request.primary_contact not in (None, by.id):
        raise Invalid("requester", "unknown")

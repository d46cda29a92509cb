"""Chats: conversations that are tickets from their first message, one at a time for each visitor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.brand.brand import known
from web.business_time.calendars import Calendar
from web.database import dialect, execute, fetch_as, fetch_column, within
from web.errors import Invalid
from web.people.permissions import Actor
from web.sql import Condition, bounded_count
from web.text import is_blank
from web.tickets.actions import replies
from web.tickets.life.moves import FOLLOW_UP
from web.tickets.life.states import Channel, Status
from web.tickets.life.timeline import EventData
from web.tickets.record.attachments import pending_files
from web.tickets.record.events import MoveResult, earlier_result
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import submission
from web.tickets.requests.categories import OPEN_TO_ALL
from web.tickets.requests.drafts import Request
from web.tickets.requests.origins import Origin
from web.tickets.sla.policy import read_terms, terms_in_sql

GOES_ON_WITHIN = timedelta(days=7)
"""A chat that begins within this time after the last one is linked to it."""
MOST_AHEAD = 99
_TITLE = 80


@dataclass(frozen=True)
class Attendance:
    """Who attends chats: a category, and the hours of its team."""

    category: int
    name: str
    calendar: Calendar


@dataclass(frozen=True)
class _Attending:
    id: int
    name: str
    team: int | None
    terms: str


async def attendance() -> Attendance | None:
    """Returns None when there is no chat: none was set up, or its category is no longer open to everybody."""
    if known().chat is None:
        return None
    found = f"SELECT id, name, team, {{}} AS terms FROM category WHERE id = {{}} AND {OPEN_TO_ALL}"
    rows = await fetch_as(_Attending, found, terms_in_sql(None), known().chat)
    return _attendance(rows[0]) if rows else None


def _attendance(row: _Attending) -> Attendance:
    return Attendance(row.id, row.name, read_terms(row.terms).of_category(row.id, row.team))


@dataclass(frozen=True)
class Chat:
    """The last chat of a visitor."""

    number: int
    status: str
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the visitor's next message belongs to it."""
        return self.status in (Status.APPROVAL, Status.NEW, Status.OPEN, Status.WAITING)

    @property
    def is_over(self) -> bool:
        return self.status == Status.CLOSED

    def goes_on(self, at: datetime) -> bool:
        return not self.is_open and (self.closed_at is None or self.closed_at > at - GOES_ON_WITHIN)


async def last_chat(by: Actor) -> Chat | None:
    rows = await fetch_as(
        Chat,
        "SELECT id AS number, status, closed_at FROM ticket WHERE requester = {} AND channel = 'chat' "
        "AND author = requester AND submitted_at IS NOT NULL ORDER BY id DESC LIMIT 1",
        by.id,
    )
    return rows[0] if rows else None


async def say(
    body: str,
    *,
    intake: EventData | None = None,
    files: Sequence[int] = (),
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Starts a chat with its first message, or adds to the open one, so that two started at once become one.

    `intake` is that of a chat that starts. Raises `Invalid` for a blank message, and where there is no chat.
    """
    async with within():
        await execute("SELECT id FROM person WHERE id = {}" + dialect(sqlite="", postgres=" FOR UPDATE"), by.id)
        if found := await earlier_result(by, key):
            return found
        last = await last_chat(by)
        if last and last.is_open:
            chat = await find_ticket(last.number, by=by)
            return await replies.reply(chat, body, files=files, way=Channel.CHAT, by=by, at=at, key=key)
        return await _begin(body, intake or {}, files, last, by=by, at=at, key=key)


async def _begin(
    body: str, intake: EventData, files: Sequence[int], last: Chat | None, *, by: Actor, at: datetime, key: str | None
) -> MoveResult:
    attended = await attendance()
    if attended is None:
        raise Invalid("body", "no_chat")
    if is_blank(body):
        body = ", ".join(each.name for each in await pending_files(by, list(files)))
    if is_blank(body):
        raise Invalid("body", "missing")
    origin = await find_ticket(last.number, by=by) if last and last.goes_on(at) else None
    wanted = Request(
        title=_title(body),
        description=body,
        intake=intake,
        category=attended.category,
        channel=Channel.CHAT,
        files=files,
        origin=Origin(origin, FOLLOW_UP) if origin else None,
    )
    return await submission.open_ticket(wanted, by=by, at=at, key=key)


def _title(body: str) -> str:
    """The beginning of the first message, in whole words."""
    text = " ".join(body.split())
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rsplit(' ', 1)[0][:_TITLE]}…"


async def ahead(ticket: TicketDetails) -> int | None:
    """How many chats of the same queue come first, at most `MOST_AHEAD` + 1; None once it was its turn or answered."""
    is_taken = ticket.assignee is not None or ticket.is_answered
    if ticket.attend_at is None or is_taken or ticket.status is not Status.NEW:
        return None
    queue = Condition("team IS NULL") if ticket.team is None else Condition("team = {}", (ticket.team,))
    found = await fetch_column(int, _AHEAD, ticket.attend_at, ticket.number, queue)
    return found[0]


_FIRST = "ticket WHERE attend_at IS NOT NULL AND (attend_at, id) < ({}, {}) AND assignee IS NULL AND {}"
_AHEAD = f"SELECT {bounded_count(_FIRST, MOST_AHEAD)} AS many"

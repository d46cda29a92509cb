"""Messages of tickets, which never change once sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import fetch_as, fetch_column
from web.people.permissions import Actor
from web.sql import Fragment
from web.text import is_blank, too_long
from web.tickets.life.states import Channel
from web.tickets.life.workflows import MustSay
from web.tickets.record.attachments import attach, has_same_files
from web.tickets.record.ticket import TicketDetails
from web.tickets.tables import Message

LONGEST_MESSAGE = 100_000
REPEAT_WITHIN = timedelta(minutes=10)
"""For this long the sender must confirm before the same content is sent again: they may have missed the answer."""


@dataclass(frozen=True)
class NewMessage:
    """A message to send with a move: public unless `is_note`, with the ids of its files."""

    body: str
    files: Sequence[int] = ()
    is_note: bool = False
    way: Channel = Channel.FORM
    """The channel by which it came."""
    asks_before_repeat: bool = False
    """Whether to refuse it as `already_sent` when the last event is the same message, sent minutes ago."""


@dataclass(frozen=True)
class Opening:
    """The opening message of a ticket: its description, and its files by the message's id."""

    id: int
    body: str


async def post(number: int, message: NewMessage, *, is_resolution: bool, by: Actor, at: datetime) -> int:
    row = Message(
        ticket=number,
        kind="note" if message.is_note else "reply",
        author=by.id,
        body=message.body,
        at=at,
        is_resolution=is_resolution,
    )
    await row.save()
    await attach(row.id, message.files, by=by)
    return int(row.id)


def is_repeat_in_sql(number: int, message: NewMessage | None, *, by: Actor, at: datetime) -> Fragment:
    """Whether the last event of the ticket is this message: the same person, text and files."""
    if message is None or not message.asks_before_repeat:
        return Fragment("NULL")
    kind, files = "note" if message.is_note else "reply", has_same_files(message.files)
    return Fragment(_LAST_IF_SAME, (number, by.id, at - REPEAT_WITHIN, message.body, kind, files))


_LAST_IF_SAME = (
    "(SELECT last.id FROM "
    "(SELECT id, actor, at, message FROM event WHERE ticket = {} ORDER BY id DESC LIMIT 1) last "
    "JOIN message ON message.id = last.message WHERE last.actor = {} AND last.at > {} AND message.body = {} "
    "AND message.kind = {} AND {})"
)


def body_error(message: NewMessage | None, *, may_be_files: bool = False) -> str | None:
    """The code of the error in a message, if any. `may_be_files` means that files without text are enough."""
    if message is None:
        return None
    if is_blank(message.body) and not (may_be_files and message.files):
        return "missing"
    return too_long(message.body, LONGEST_MESSAGE)


async def opening_of(ticket: TicketDetails) -> Opening:
    [found] = await fetch_as(
        Opening,
        "SELECT id, body FROM message WHERE ticket = {} AND kind = 'opening' ORDER BY id LIMIT 1",
        ticket.number,
    )
    return found


async def last_message(ticket: TicketDetails, *, by: Actor) -> int | None:
    """The newest message, if this agent wrote it and it can count as the solution. A question cannot."""
    found = await fetch_column(int, "{}", last_message_in_sql(ticket, by))
    return found[0] if found else None


def last_message_in_sql(ticket: TicketDetails, by: Actor) -> Fragment:
    kinds = "'reply'" if ticket.workflow.solution_must_say is MustSay.MESSAGE else "'reply', 'note'"
    return Fragment(
        "SELECT id FROM message WHERE id = (SELECT max(newest.id) FROM message newest WHERE newest.ticket = {}) "
        f"AND author = {{}} AND kind IN ({kinds}) AND NOT EXISTS (SELECT 1 FROM event WHERE event.ticket = {{}} "
        "AND event.message = message.id AND event.kind IN ('question', 'approval_request'))",
        (ticket.number, by.id, ticket.number),
    )

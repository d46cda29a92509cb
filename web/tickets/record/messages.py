"""What is said on a ticket, with its files; never changed once said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.querystring import QueryString

from web.database import Row, fetch
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.life.workflows import MustSay
from web.tickets.record import search_index
from web.tickets.record.attachments import attach
from web.tickets.record.ticket import TicketDetails
from web.tickets.tables import Message

AGAIN = timedelta(minutes=10)
"""Within this the same words by the same person are one message."""
LONGEST_MESSAGE = 100_000


@dataclass(frozen=True)
class NewMessage:
    """Words of a move: a public reply unless `is_note`, with the ids of files already received."""

    body: str
    files: Sequence[int] = ()
    is_note: bool = False


async def post(number: int, says: NewMessage, *, is_resolution: bool, by: Actor, at: datetime) -> int:
    message = Message(
        ticket=number,
        kind="note" if says.is_note else "reply",
        author=by.id,
        body=says.body,
        at=at,
        is_resolution=is_resolution,
    )
    await message.save()
    await attach(message.id, says.files, by=by)
    await search_index.add_words(number, says.body, internal=says.is_note)
    return int(message.id)


def same_in_sql(number: int, noun: str, message: NewMessage, *, by: Actor, at: datetime) -> QueryString:
    """The last event of the ticket as a column, where it is the same words by the same person, sent again by somebody
    who saw no answer.

    A lost answer and the back button make a new form, with another key.
    """
    return QueryString(
        "(SELECT last.id FROM (SELECT id, kind, actor, at, message FROM event WHERE ticket = {} "
        "ORDER BY id DESC LIMIT 1) last JOIN message ON message.id = last.message WHERE last.kind = {} "
        "AND last.actor = {} AND last.at > {} AND message.body = {} "
        "AND (SELECT count(*) FROM attachment WHERE attachment.message = message.id) = {})",
        number,
        noun,
        by.id,
        at - AGAIN,
        message.body,
        len(set(message.files)),
    )


def body_error(says: NewMessage | None) -> str | None:
    if says is None:
        return None
    if is_blank(says.body):
        return "missing"
    return "too_long" if len(says.body) > LONGEST_MESSAGE else None


async def opening_of(ticket: TicketDetails) -> Row:
    """A draft's description and files."""
    return (
        await fetch(
            "SELECT id, body FROM message WHERE ticket = {} AND kind = 'opening' ORDER BY id LIMIT 1",
            ticket.number,
        )
    )[0]


async def last_message(ticket: TicketDetails, *, by: Actor) -> Row | None:
    """The newest message, where it is this agent's and may count as the solution: who asks has not told one."""
    rows = await fetch(f"SELECT id, kind FROM message WHERE {{}} {_NEWEST}", _own_last_word(ticket, by))
    return rows[0] if rows else None


_NEWEST = "ORDER BY id DESC LIMIT 1"


def _own_last_word(ticket: TicketDetails, by: Actor) -> QueryString:
    kinds = "'reply'" if ticket.workflow.solution_must_say is MustSay.MESSAGE else "'reply', 'note'"
    return QueryString(
        "id = (SELECT max(newest.id) FROM message newest WHERE newest.ticket = {}) "
        f"AND author = {{}} AND kind IN ({kinds}) AND NOT EXISTS (SELECT 1 FROM event WHERE event.ticket = {{}} "
        "AND event.message = message.id AND event.kind IN ('question', 'approval_request'))",
        ticket.number,
        by.id,
        ticket.number,
    )

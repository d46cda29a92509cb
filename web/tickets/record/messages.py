"""What is said on a ticket, with its files; never changed once said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import Row, fetch
from web.errors import Invalid
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.record import search_index
from web.tickets.record.events import Made
from web.tickets.tables import Attachment, Message

AGAIN = timedelta(minutes=10)
"""Within this the same words by the same person are one message."""
LONGEST_MESSAGE = 100_000


@dataclass(frozen=True)
class Said:
    """Words of a move: a public reply unless `is_note`, with the ids of files already received."""

    body: str
    files: Sequence[int] = ()
    is_note: bool = False


async def say(number: int, says: Said, *, is_resolution: bool, by: Actor, at: datetime) -> int:
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


async def attach(message: int, files: Sequence[int], *, by: Actor) -> None:
    """Gives the message the files its author had sent; raises `Invalid` for one that is not theirs to give."""
    for file in dict.fromkeys(files):
        given = await fetch(
            "UPDATE attachment SET message = {} WHERE id = {} AND person = {} AND message IS NULL RETURNING id",
            message,
            file,
            by.id,
        )
        if not given:
            raise Invalid("files", "not_yours")


async def files_of(message: int) -> list[Row]:
    rows: list[Row] = (
        await Attachment.select(Attachment.id, Attachment.name, Attachment.size)
        .where(Attachment.message == message)
        .order_by(Attachment.id)
    )
    return rows


async def just_said(number: int, noun: str, says: Said, *, by: Actor, at: datetime) -> Made | None:
    """The same words by the same person, the last thing that happened: sent again by somebody who saw no answer.

    A lost answer and the back button make a new form, with another key.
    """
    rows = await fetch(
        "SELECT event.id, event.kind, event.actor, event.at, message.body, "
        "(SELECT count(*) FROM attachment WHERE attachment.message = message.id) AS files "
        "FROM event LEFT JOIN message ON message.id = event.message WHERE event.ticket = {} "
        "ORDER BY event.id DESC LIMIT 1",
        number,
    )
    now = (noun, by.id, says.body, len(set(says.files)))
    last = [(row["kind"], row["actor"], row["body"], row["files"]) for row in rows if at - row["at"] < AGAIN]
    return Made(ticket=number, event=rows[0]["id"], is_repeat=True) if last == [now] else None


def wrong_body(says: Said | None) -> str | None:
    if says is None:
        return None
    if is_blank(says.body):
        return "missing"
    return "too_long" if len(says.body) > LONGEST_MESSAGE else None

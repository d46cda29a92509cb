"""All that was said in public on a ticket, for the message that closes a chat."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as

MOST = 500
"""Lines of one message: the newest. What came before is on the portal."""


@dataclass(frozen=True)
class Said:
    """A line: who said it, when, and the names of its files."""

    who: str
    at: datetime
    body: str
    files: str


@dataclass(frozen=True)
class Transcript:
    """The lines in their order; `is_cut` where there were more."""

    lines: list[Said]
    is_cut: bool


async def transcript(ticket: int) -> Transcript:
    names = dialect(sqlite="group_concat", postgres="string_agg")
    rows = await fetch_as(
        Said,
        "SELECT person.name AS who, message.at, message.body, COALESCE((SELECT "
        f"{names}(attachment.name, ', ') FROM attachment WHERE attachment.message = message.id), '') AS files "
        "FROM message JOIN person ON person.id = message.author "
        f"WHERE message.ticket = {{}} AND message.kind <> 'note' ORDER BY message.id DESC LIMIT {MOST + 1}",
        ticket,
    )
    return Transcript(rows[MOST - 1 :: -1] if len(rows) >= MOST else rows[::-1], len(rows) > MOST)

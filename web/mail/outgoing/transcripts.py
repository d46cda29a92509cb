"""The public messages of a ticket, for the message that closes a chat."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as

MOST = 500
"""The most lines of one message; the newest are kept, and the rest is on the portal."""


@dataclass(frozen=True)
class TranscriptLine:
    """A line: its author, its time, and the names of its files."""

    who: str
    at: datetime
    body: str
    files: str


@dataclass(frozen=True)
class Transcript:
    """The lines in order; `is_cut` means that there were more."""

    lines: list[TranscriptLine]
    is_cut: bool


async def transcript(ticket: int) -> Transcript:
    names = dialect(sqlite="group_concat", postgres="string_agg")
    rows = await fetch_as(
        TranscriptLine,
        "SELECT person.name AS who, message.at, message.body, COALESCE((SELECT "
        f"{names}(attachment.name, ', ') FROM attachment WHERE attachment.message = message.id), '') AS files "
        "FROM message JOIN person ON person.id = message.author "
        f"WHERE message.ticket = {{}} AND message.kind <> 'note' ORDER BY message.id DESC LIMIT {MOST + 1}",
        ticket,
    )
    return Transcript(rows[MOST - 1 :: -1] if len(rows) >= MOST else rows[::-1], len(rows) > MOST)

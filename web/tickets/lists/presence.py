"""Who has which ticket open, and replies that agents have begun to write."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from web.database import execute, fetch_column
from web.people.permissions import Actor
from web.sql import Condition
from web.text import is_blank
from web.tickets.record.ticket import TicketDetails

UNSENT_KEPT = timedelta(days=30)
PRESENT_FOR = timedelta(seconds=60)
"""How long somebody who opened a ticket counts as present."""
WRITES_FOR = timedelta(seconds=20)
"""How long somebody who typed in a chat counts as writing."""
VISITS_KEPT = 50
"""How many of each person's latest visits are kept."""


async def note_visit(ticket: TicketDetails, *, by: Actor, at: datetime, has_read: bool = False) -> None:
    """That they have it open, and whether all of it is shown to them."""
    await execute(_VISITED, by.id, ticket.number, at, at if has_read else None)


_VISITED = (
    "INSERT INTO visit (person, ticket, at, read_at) VALUES ({}, {}, {}, {}) ON CONFLICT (person, ticket) "
    "DO UPDATE SET at = excluded.at, left_at = NULL, read_at = COALESCE(excluded.read_at, visit.read_at)"
)


async def writing(ticket: TicketDetails, *, by: Actor, at: datetime) -> list[str]:
    """The names of others who have a chat open and are writing to its customer. Their text is never shown."""
    return await fetch_column(str, _WRITING, others_present(ticket, by, at), at - WRITES_FOR)


_WRITING = (
    "SELECT person.name FROM visit JOIN person ON person.id = visit.person "
    "JOIN unsent ON unsent.person = visit.person AND unsent.ticket = visit.ticket AND unsent.noun = 'replies' "
    "WHERE {} AND unsent.at > {} ORDER BY person.sort_name LIMIT 3"
)


def others_present(ticket: TicketDetails, by: Actor, at: datetime) -> Condition:
    """A condition on `visit`: somebody else has the ticket open."""
    return Condition(
        "visit.ticket = {} AND visit.at > {} AND visit.left_at IS NULL AND visit.person <> {}",
        (ticket.number, at - PRESENT_FOR, by.id),
    )


async def stay(pages: Iterable[tuple[int, int]], *, at: datetime) -> None:
    """Notes that these people still have these tickets open; `pages` holds pairs of person and ticket.

    Visits expire soon after.
    """
    pairs = ", ".join(f"({int(person)}, {int(ticket)})" for person, ticket in pages)
    if pairs:
        sql = f"UPDATE visit SET at = {{}}, left_at = NULL WHERE (person, ticket) IN (VALUES {pairs})"
        await execute(sql, at)


async def leave(ticket: int, person: int, *, since: datetime) -> None:
    """Notes that somebody has left, unless they came back meanwhile, perhaps to another process."""
    gone = "UPDATE visit SET left_at = {} WHERE person = {} AND ticket = {} AND at <= {}"
    await execute(gone, since, person, ticket, since)


async def save_unsent(ticket: TicketDetails, noun: str, body: str, *, by: Actor, at: datetime) -> None:
    """Saves what is being written, replacing the previous text. Deletes it when the text is blank."""
    if is_blank(body):
        await execute("DELETE FROM unsent WHERE person = {} AND ticket = {} AND noun = {}", by.id, ticket.number, noun)
        return
    await execute(_KEPT, by.id, ticket.number, noun, body, at)


_KEPT = (
    "INSERT INTO unsent (person, ticket, noun, body, at) VALUES ({}, {}, {}, {}, {}) "
    "ON CONFLICT (person, ticket, noun) DO UPDATE SET body = excluded.body, at = excluded.at"
)


async def put_back(ticket: TicketDetails, noun: str, body: str, *, by: Actor, at: datetime) -> str:
    """Puts a text back into its form, above what was begun there since. Returns both."""
    begun = "SELECT body FROM unsent WHERE person = {} AND ticket = {} AND noun = {}"
    whole = "\n\n".join(filter(None, (body, *await fetch_column(str, begun, by.id, ticket.number, noun))))
    await save_unsent(ticket, noun, whole, by=by, at=at)
    return whole


async def sweep(at: datetime) -> None:
    """Deletes old texts that were never sent, and all but the latest visits of each person."""
    await execute("DELETE FROM unsent WHERE at < {}", at - UNSENT_KEPT)
    await execute(
        "DELETE FROM visit WHERE id IN (SELECT id FROM "
        "(SELECT id, row_number() OVER (PARTITION BY person ORDER BY at DESC) AS place FROM visit) v "
        f"WHERE place > {VISITS_KEPT})"
    )

"""People whom a mail named in copy, proposed until somebody adds or dismisses them. Each is proposed once a ticket."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import columns_of, execute, json_list, read_json
from web.people.permissions import Actor
from web.sql import Fragment, rows, values

MOST = 50
"""The most proposals of one ticket, settled ones included."""
SHOWN = 10


@dataclass(frozen=True)
class Proposed:
    """A proposed person. `name` is a known person's name if the reader may know it, else empty."""

    address: str
    name: str
    is_unproven: bool
    """Whether the sender of the mail is unverified."""


async def propose(ticket: int, addresses: Sequence[str], *, is_unproven: bool, at: datetime) -> None:
    """Proposes addresses. Those that were proposed before, even if dismissed, stay as they are."""
    if addresses:
        named = rows([(each,) for each in addresses])
        await execute(_PROPOSED, ticket, is_unproven, at, named, ticket)


_PROPOSED = (
    "INSERT INTO proposed_copy (ticket, address, is_unproven, at) SELECT {}, named.column1, {}, {} "
    f"FROM (VALUES {{}}) named WHERE (SELECT count(*) FROM proposed_copy WHERE ticket = {{}}) < {MOST} "
    "ON CONFLICT (ticket, address) DO NOTHING"
)


async def dismiss(ticket: int, addresses: Iterable[str], *, at: datetime) -> None:
    """Dismisses these addresses on this ticket."""
    settled = "UPDATE proposed_copy SET settled_at = {} WHERE ticket = {} AND settled_at IS NULL AND address IN ({})"
    await execute(settled, at, ticket, values(each.casefold() for each in addresses))


def of_ticket_in_sql(by: Actor) -> Fragment:
    """The proposals of `ticket` for people who are no party to it yet, as a list in JSON."""
    return Fragment(json_list(columns_of(Proposed), _OPEN.format(name=_NAME if by.is_agent else "''", shown=SHOWN)))


def parse(text: str) -> tuple[Proposed, ...]:
    """Reads the list of `of_ticket_in_sql`."""
    return tuple(read_json(Proposed, text))


_NAME = (
    "COALESCE((SELECT person.name FROM identity JOIN person ON person.id = identity.person "
    "WHERE identity.value = proposed_copy.address AND identity.verified_at IS NOT NULL), '')"
)
_OPEN = (
    "SELECT proposed_copy.address, {name} AS name, proposed_copy.is_unproven FROM proposed_copy "
    "WHERE proposed_copy.ticket = ticket.id AND proposed_copy.settled_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM identity WHERE identity.value = proposed_copy.address "
    "AND (identity.person IN (ticket.requester, ticket.primary_contact) OR EXISTS (SELECT 1 FROM participant other "
    "WHERE other.ticket = ticket.id AND other.person = identity.person))) ORDER BY proposed_copy.id LIMIT {shown}"
)

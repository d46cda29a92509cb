"""Finds the people whose lists may change with a ticket. It is a hint: the list itself checks rights."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.live.hub import Hub
from web.people.permissions import Actor
from web.sql import values

MOST = 200
"""The most tickets that are examined; if more change at once, all lists are notified."""


@dataclass(frozen=True)
class _Moved:
    """A ticket with one of the people in copy."""

    requester: int
    author: int
    organization: int | None
    team: int | None
    participant: int | None


async def tell(hub: Hub, at: datetime) -> None:
    """Notifies every list that may show one of the changed tickets."""
    moved, hub.moved = hub.moved, set()
    followers = hub.followers("l")
    if not moved or not followers:
        return
    rows = await _rows(moved) if len(moved) <= MOST else None
    for stream in list(followers):
        if rows is None or any(_concerns(row, stream.person) for row in rows):
            stream.tell("l")


async def _rows(moved: set[int]) -> list[_Moved]:
    return await fetch_as(
        _Moved,
        "SELECT ticket.requester, ticket.author, ticket.organization, ticket.team, c.person AS participant "
        "FROM ticket LEFT JOIN participant c ON c.ticket = ticket.id WHERE ticket.id IN ({})",
        values(sorted(moved)),
    )


def _concerns(row: _Moved, person: Actor) -> bool:
    return (
        (person.is_agent and row.team not in person.shut_out)
        or person.id in (row.requester, row.author, row.participant)
        or row.organization in person.sees | person.approves
    )

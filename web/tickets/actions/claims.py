"""Queues for robots: each unassigned ticket goes to the first that claims it."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as, fetch_column
from web.errors import NotFound, NotFromHere
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition
from web.tickets.life.moves import CLAIM
from web.tickets.life.states import Status
from web.tickets.record.events import MoveResult, Repeated, earlier_result
from web.tickets.record.ticket import find_ticket
from web.tickets.record.transition import apply
from web.tickets.visibility import visible_to

PAGE = 50

QueuePosition = tuple[int, int]
"""A position in a queue: the rank of the priority, and the ticket's number."""


@dataclass(frozen=True)
class QueuedTicket:
    """A ticket of a queue. `rank` is the rank of its priority; the most urgent comes first."""

    id: int
    title: str
    priority: str
    status: str
    wait: str | None
    wait_until: datetime | None
    created_at: datetime
    updated_at: datetime
    category_name: str | None
    organization_name: str | None
    requester_name: str
    rank: int


@dataclass(frozen=True)
class QueuePage:
    """One page of tickets. `next` is the position of the last one when more follow."""

    rows: list[QueuedTicket]
    next: QueuePosition | None


async def waiting_in(team: int, *, by: Actor, after: QueuePosition | None = None) -> QueuePage:
    """The tickets that a robot may claim from a team's queue, by priority, then by age."""
    further = Condition(f"({_RANK}, ticket.id) > ({{}}, {{}})", after) if after else ALWAYS
    rows = await fetch_as(QueuedTicket, f"{_ROWS}{{}} AND {{}} {_ORDER} LIMIT {PAGE + 1}", _free(team, by), further)
    return _page(rows)


async def assigned_to(*, by: Actor, after: QueuePosition | None = None) -> QueuePage:
    """The open and waiting tickets assigned to the actor, the oldest first."""
    rows = await fetch_as(
        QueuedTicket,
        f"{_ROWS}ticket.assignee = {{}} AND ticket.status IN ('open', 'waiting') AND ticket.id > {{}} AND {{}} "
        f"ORDER BY ticket.id LIMIT {PAGE + 1}",
        by.id,
        after[1] if after else 0,
        visible_to(by),
    )
    return _page(rows)


async def claim_next(team: int, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult | None:
    """Takes the next ticket of a queue that nobody else takes first. Returns None when there is none."""
    while True:
        if found := await earlier_result(by, key):
            return found
        number = await _next(team, by)
        if number is None:
            return None
        try:
            return await _take(number, by=by, at=at, key=key)
        except (NotFound, NotFromHere, Repeated):
            continue


async def _take(number: int, *, by: Actor, at: datetime, key: str | None) -> MoveResult:
    ticket = await find_ticket(number, by=by)
    return await apply(CLAIM, ticket, to=Status.OPEN, data={"assignee": by.id}, by=by, at=at, key=key)


async def _next(team: int, by: Actor) -> int | None:
    """The next ticket that no other transaction holds locked."""
    found = await fetch_column(
        int,
        f"SELECT ticket.id FROM ticket WHERE {{}} {_ORDER} LIMIT 1"
        + dialect(sqlite="", postgres=" FOR NO KEY UPDATE OF ticket SKIP LOCKED"),
        _free(team, by),
    )
    return found[0] if found else None


def _free(team: int, by: Actor) -> Condition:
    """The condition for tickets that a robot may claim: unassigned, visible, and never released by a robot.

    What a robot gave back is for a person.
    """
    return Condition(
        "ticket.team = {} AND ticket.assignee IS NULL AND ticket.status IN ('new', 'open') AND {} AND NOT EXISTS "
        "(SELECT 1 FROM event JOIN person robot ON robot.id = event.actor AND robot.is_robot AND robot.role = 'agent' "
        "WHERE event.ticket = ticket.id AND event.kind = 'release')",
        (team, visible_to(by)),
    )


def _page(rows: list[QueuedTicket]) -> QueuePage:
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return QueuePage(rows=rows[:PAGE], next=(last.rank, last.id) if last else None)


_RANK = "CASE ticket.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END"
"""The expression that the index `ticket_queue_rank` is built on."""

_ORDER = f"ORDER BY {_RANK}, ticket.id"

_ROWS = f"""
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.wait_until, ticket.created_at,
       ticket.updated_at, category.name AS category_name, organization.name AS organization_name,
       requester.name AS requester_name, {_RANK} AS rank
FROM ticket
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN category ON category.id = ticket.category
LEFT JOIN organization ON organization.id = ticket.organization
WHERE """

"""Who works on a ticket: assignment, take, release."""

from dataclasses import asdict
from datetime import datetime

from web.database import Row, fetch
from web.errors import Invalid
from web.people.permissions import Actor
from web.tickets.life.consequences import Assignment, Change
from web.tickets.life.moves import ASSIGNMENT, RELEASE, TAKE
from web.tickets.life.states import Status
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply


async def assign(
    ticket: TicketDetails, *, team: int | None, person: int | None, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Assigns the ticket to a team, to the agent who asks, or offers it to a colleague, who has to take it."""
    found = await _team_of(ticket, team)
    to_me = person == by.id
    if person is not None:
        await _refuse_stranger(person, found)
    new = Assignment(found["id"] if found else None, by.id if to_me else None, None if to_me else person)
    return await apply(ASSIGNMENT, ticket, change=Change(assignment=new), data=asdict(new), by=by, at=at, key=key)


async def _team_of(ticket: TicketDetails, team: int | None) -> Row | None:
    rows = await fetch("SELECT id, is_confidential FROM team WHERE id = {}", team or ticket.team or 0)
    if not rows and team is not None:
        raise Invalid("team", "unknown")
    return rows[0] if rows else None


async def _refuse_stranger(person: int, team: Row | None) -> None:
    """Only agents hold tickets; tickets of a confidential team are for its members alone."""
    rows = await fetch(
        "SELECT (SELECT 1 FROM team_member WHERE person = {} AND team = {}) AS belongs FROM person "
        "WHERE id = {} AND role IN ('agent', 'lead', 'admin') AND is_active",
        person,
        team["id"] if team else 0,
        person,
    )
    if not rows:
        raise Invalid("assignee", "unknown")
    if team and team["is_confidential"] and not rows[0]["belongs"]:
        raise Invalid("assignee", "not_of_team")


async def take(ticket: TicketDetails, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    return await apply(TAKE, ticket, to=Status.OPEN, data={"assignee": by.id}, by=by, at=at, key=key)


async def release(
    ticket: TicketDetails, *, reason: str | None = None, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Gives the ticket back to the queue. The reason becomes an internal note."""
    return await apply(
        RELEASE,
        ticket,
        to=Status.OPEN,
        message=NewMessage(reason, is_note=True) if reason is not None else None,
        by=by,
        at=at,
        key=key,
    )

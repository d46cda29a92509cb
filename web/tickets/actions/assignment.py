"""Assignment of a ticket: assign, take, release."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Unpack

from web.database import fetch_as, fetch_column
from web.errors import Invalid
from web.people.permissions import Actor
from web.tickets.life.consequences import Assignment, Change
from web.tickets.life.moves import ASSIGNMENT, RELEASE, TAKE
from web.tickets.life.states import Status
from web.tickets.life.timeline import Json
from web.tickets.record.events import MoveResult, Stamp
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
    new = Assignment(found.id if found else None, by.id if to_me else None, None if to_me else person)
    data = {**asdict(new), "was": standing(ticket)}
    return await apply(ASSIGNMENT, ticket, change=Change(assignment=new), data=data, by=by, at=at, key=key)


def standing(ticket: TicketDetails) -> Json:
    """The assignment of a ticket, as its event keeps it."""
    return {"team": ticket.team, "assignee": ticket.assignee, "offered_to": ticket.offered_to}


@dataclass(frozen=True)
class _Team:
    """A team that a ticket may be assigned to."""

    id: int
    is_confidential: bool
    is_active: bool


async def _team_of(ticket: TicketDetails, team: int | None) -> _Team | None:
    """Returns the team that was chosen, or else the ticket's. Raises `Invalid` when it is unknown."""
    rows = await fetch_as(
        _Team, "SELECT id, is_confidential, is_active FROM team WHERE id = {}", team or ticket.team or 0
    )
    if team is not None and not (rows and rows[0].is_active):
        raise Invalid("team", "unknown")
    return rows[0] if rows else None


async def _refuse_stranger(person: int, team: _Team | None) -> None:
    """Only agents hold tickets, and only members of a confidential team hold its tickets."""
    belongs = await fetch_column(bool, _BELONGS, person, team.id if team else 0, person)
    if not belongs:
        raise Invalid("assignee", "unknown")
    if team and team.is_confidential and not belongs[0]:
        raise Invalid("assignee", "not_of_team")


_BELONGS = (
    "SELECT EXISTS (SELECT 1 FROM team_member WHERE person = {} AND team = {}) AS belongs FROM person "
    "WHERE id = {} AND role IN ('agent', 'lead', 'admin') AND is_active"
)
"""A column that says whether the agent is a member of the team."""


async def take(ticket: TicketDetails, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    data = {"assignee": by.id, "was": standing(ticket)}
    return await apply(TAKE, ticket, to=Status.OPEN, data=data, by=by, at=at, key=key)


async def release(ticket: TicketDetails, *, reason: str | None = None, **stamp: Unpack[Stamp]) -> MoveResult:
    """Gives the ticket back to the queue. The reason becomes an internal note.

    The event keeps the assignment unless a wait ends, which an assignment would not bring back.
    """
    note = NewMessage(reason, is_note=True) if reason is not None else None
    data = {"was": standing(ticket)} if ticket.status is Status.OPEN else {}
    return await apply(RELEASE, ticket, to=Status.OPEN, message=note, data=data, **stamp)

"""Consequences of a move: what follows from its target and from what its caller asks for."""

from dataclasses import dataclass, replace
from datetime import datetime

from web.people.permissions import Actor
from web.tickets.life.moves import (
    APPROVAL,
    APPROVAL_REQUEST,
    ASSIGNMENT,
    CLAIM,
    OVERRULING,
    REFUSAL,
    RELEASE,
    REPLY,
    TAKE,
    Move,
)
from web.tickets.life.rights import is_desk
from web.tickets.life.states import Alert, Priority, Resolution, Standing, Status, TicketState, Wait


@dataclass(frozen=True)
class Assignment:
    """The team, and the agent who holds the ticket or was offered it."""

    team: int | None
    assignee: int | None = None
    offered_to: int | None = None


@dataclass(frozen=True)
class Subject:
    """Priority, category and topic of a ticket."""

    priority: Priority
    category: int | None
    topic: int | None


@dataclass(frozen=True)
class Ownership:
    """For whom a ticket is, and whom the desk gets in touch with."""

    requester: int
    primary_contact: int
    organization: int | None


@dataclass(frozen=True)
class Change:
    """Changes that the caller of a move asks for; empty when everything follows from the move."""

    wait: Wait | None = None
    """What the ticket waits for, if the move makes it wait."""
    wait_until: datetime | None = None
    resolution: Resolution | None = None
    """How the ticket ended, if the move ends it."""
    assignment: Assignment | None = None
    subject: Subject | None = None
    whose: Ownership | None = None
    leaver: int | None = None
    """The agent who leaves and can hold no tickets any more."""
    alert: Alert | None = None
    """Why the desk has to look at it."""
    back_to: Standing | None = None
    """The standing before a merge that is undone."""


NOTHING = Change()


def target_of(move: Move, ticket: TicketState, change: Change, by: Actor) -> Status:
    """The target of a move whose caller names none.

    The end of an approval that the desk asked for leads back to work. An agent who takes a new ticket for themselves
    opens it. A requester's reply resumes work. Any other move leaves the status as it is.
    """
    if move in (APPROVAL, OVERRULING):
        return Status.NEW if ticket.approval_asked_by is None else Status.OPEN
    if move is REFUSAL:
        return Status.CLOSED if ticket.approval_asked_by is None else Status.OPEN
    if move is ASSIGNMENT and ticket.status is Status.NEW:
        return Status.OPEN if change.assignment and change.assignment.assignee else Status.NEW
    brings_back = ticket.status is Status.RESOLVED or ticket.wait is Wait.REQUESTER
    return Status.OPEN if move is REPLY and not is_desk(by, ticket) and brings_back else ticket.status


def consequences(
    move: Move, ticket: TicketState, to: Status, change: Change, *, is_answer: bool, by: Actor, at: datetime
) -> TicketState:
    """The ticket after the move. `is_answer` means that the move carries a public message of the desk."""
    after = replace(ticket)
    _place(after, change.back_to or _standing(ticket, to, change, at))
    if change.subject:
        after.priority, after.category = change.subject.priority, change.subject.category
        after.topic = change.subject.topic
    if change.whose:
        after.requester, after.primary_contact = change.whose.requester, change.whose.primary_contact
        after.organization = change.whose.organization
    after.assignee, after.offered_to = _holder(move, ticket, change, by)
    after.alert = None if _is_looked_at(ticket, to, by) else change.alert or ticket.alert
    if change.assignment:
        after.team = change.assignment.team
    if move is APPROVAL_REQUEST:
        after.approval_asked_by = by.id
    elif ticket.status is Status.APPROVAL and to in (Status.NEW, Status.OPEN):
        after.approval_asked_by = None
    if is_answer and not ticket.is_answered:
        after.is_answered, after.answered_at = True, at
    if (ticket.status, to) == (Status.DRAFT, Status.CLOSED):
        after.requester, after.organization, after.participants = ticket.author, None, frozenset()
    return after


def _is_looked_at(ticket: TicketState, to: Status, by: Actor) -> bool:
    """Whether an alert is over: it ends once the desk acts. An alert about a missing approver ends when a lead acts."""
    return to in (Status.RESOLVED, Status.CLOSED) or (by.is_lead if ticket.alert is Alert.NO_APPROVER else by.is_agent)


def _place(ticket: TicketState, standing: Standing) -> None:
    ticket.status, ticket.wait, ticket.wait_until = standing.status, standing.wait, standing.wait_until
    ticket.resolution, ticket.resolved_at = standing.resolution, standing.resolved_at
    ticket.closed_at = standing.closed_at


def _standing(ticket: TicketState, to: Status, change: Change, at: datetime) -> Standing:
    """A time is set when the ticket enters a status, kept while it stays, and cleared when it leaves."""
    wait = (change.wait or ticket.wait) if to is Status.WAITING else None
    is_over = to in (Status.RESOLVED, Status.CLOSED)
    resolved_at = ticket.resolved_at or (at if to is Status.RESOLVED else None)
    return Standing(
        status=to,
        wait=wait,
        wait_until=(change.wait_until or ticket.wait_until) if wait is Wait.UNTIL else None,
        resolution=(change.resolution or ticket.resolution) if is_over else None,
        resolved_at=resolved_at if is_over else None,
        closed_at=(ticket.closed_at or at) if to is Status.CLOSED else None,
    )


def _holder(move: Move, ticket: TicketState, change: Change, by: Actor) -> tuple[int | None, int | None]:
    """Who holds the ticket and whom it is offered to."""
    if move in (TAKE, CLAIM):
        return by.id, None
    if move is RELEASE:
        return None, None
    if change.assignment:
        return change.assignment.assignee, change.assignment.offered_to
    held = (ticket.assignee, ticket.offered_to)
    return (held[0] if held[0] != change.leaver else None), (held[1] if held[1] != change.leaver else None)

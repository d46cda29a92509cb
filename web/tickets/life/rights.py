"""The predicates of moves: who may make them, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from web.people.permissions import Actor
from web.tickets.life.states import UNSOLVED, Resolution, Status, TicketState
from web.tickets.life.workflows import Rating, ReplyWhenResolved

EDITABLE = timedelta(days=7)
"""How long a rating may be changed after it was first given."""


Who = Callable[[Actor, TicketState], bool]


When = Callable[[TicketState, Actor], bool]


def is_author(by: Actor, ticket: TicketState) -> bool:
    return by.id == ticket.author


def is_author_and_agent(by: Actor, ticket: TicketState) -> bool:
    return by.is_agent and is_author(by, ticket)


def is_agent(by: Actor, ticket: TicketState) -> bool:
    return by.is_agent


def is_agent_or_system(by: Actor, ticket: TicketState) -> bool:
    return by.is_agent or by.is_system


def is_system(by: Actor, ticket: TicketState) -> bool:
    return by.is_system


def is_lead_or_system(by: Actor, ticket: TicketState) -> bool:
    return by.is_lead or by.is_system


def may_correct(by: Actor, ticket: TicketState) -> bool:
    """Whether `by` may correct whose ticket it is: agents, and managers of the organization for a member who left."""
    return by.is_agent or by.is_system or ticket.organization in by.manages


def is_in_charge(by: Actor, ticket: TicketState) -> bool:
    """The assignee, a lead, a robot, or the system."""
    return by.is_lead or by.is_system or (by.is_agent and (by.is_robot or by.id == ticket.assignee))


def is_requester(by: Actor, ticket: TicketState) -> bool:
    return by.id == ticket.requester


def is_colleague(by: Actor, ticket: TicketState) -> bool:
    """A member of the ticket's organization who was granted sight of its tickets."""
    return ticket.organization is not None and ticket.organization in by.sees


def speaks_for_requester(by: Actor, ticket: TicketState) -> bool:
    return is_requester(by, ticket) or (not by.is_agent and is_colleague(by, ticket))


def is_desk(by: Actor, ticket: TicketState) -> bool:
    """Whether the actor speaks for the desk. An agent who asks for something is a requester on that ticket."""
    return by.is_agent and not is_requester(by, ticket)


def is_party(by: Actor, ticket: TicketState) -> bool:
    """Whether `by` may write in the conversation."""
    return by.is_agent or speaks_for_requester(by, ticket) or by.id in ticket.participants


def is_customer_party(by: Actor, ticket: TicketState) -> bool:
    """Whether `by` is on the customer's side and may write in the conversation."""
    return speaks_for_requester(by, ticket) or (not by.is_agent and by.id in ticket.participants)


def is_requester_or_agent(by: Actor, ticket: TicketState) -> bool:
    return by.is_agent or is_requester(by, ticket)


def always(ticket: TicketState, by: Actor) -> bool:
    return True


def takes_replies(ticket: TicketState, by: Actor) -> bool:
    """Whether a plain reply is open. On a resolved ticket the workflow decides."""
    return ticket.status is not Status.RESOLVED or by.is_agent or reopens_by_reply(ticket, by)


def reopens_by_reply(ticket: TicketState, by: Actor) -> bool:
    """Whether a plain reply reopens a resolved ticket. Then there is also a move that thanks without reopening."""
    return ticket.workflow.reply_when_resolved in (ReplyWhenResolved.REOPENS, ReplyWhenResolved.WINDOW)


def is_unheld(ticket: TicketState, by: Actor) -> bool:
    return ticket.assignee is None


def asks_confirmation(ticket: TicketState, by: Actor) -> bool:
    return ticket.workflow.asks_confirmation


def takes_objection(ticket: TicketState, by: Actor) -> bool:
    """Whether the requester may object: by NÃO, or by "Problema não resolvido" on a rating form."""
    return ticket.workflow.asks_confirmation or ticket.workflow.reply_when_resolved is ReplyWhenResolved.RATING


def asks_rating(ticket: TicketState, by: Actor) -> bool:
    if ticket.resolution in UNSOLVED:
        return False
    if ticket.workflow.rating is Rating.AFTER_CONFIRMATION:
        return ticket.status is Status.CLOSED
    return ticket.workflow.rating is not Rating.OFF


def may_edit(rated_at: datetime, at: datetime) -> bool:
    return at <= rated_at + EDITABLE


def may_cancel(ticket: TicketState, by: Actor) -> bool:
    """Whether `by` may cancel: any draft; a sent ticket if the workflow allows it, until it is open and answered."""
    if ticket.status is Status.DRAFT:
        return True
    return ticket.workflow.may_cancel and not (ticket.status is Status.OPEN and ticket.is_answered)


def may_duplicate(ticket: TicketState, by: Actor) -> bool:
    return ticket.workflow.may_duplicate or by.is_agent


def has_approver(ticket: TicketState, by: Actor) -> bool:
    """Whether somebody may approve what the actor asks for."""
    return bool(ticket.approvers - {by.id})


def is_asked_by_desk(ticket: TicketState, by: Actor) -> bool:
    return ticket.approval_asked_by is not None


def is_merged(ticket: TicketState, by: Actor) -> bool:
    return ticket.resolution is Resolution.MERGED


def may_remove(by: Actor, ticket: TicketState, *, person: int, added_by: int) -> bool:
    """Whether `by` may remove a person from the copies.

    The requester and the desk remove anybody; others remove themselves and people whom they added.
    """
    return by.is_agent or is_requester(by, ticket) or by.id in (person, added_by)

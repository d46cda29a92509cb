"""Whose turn it is: who may approve a request, and who is asked for an answer."""

from typing import Protocol

from web.people.permissions import Actor
from web.sql import Condition
from web.tickets.life.workflows import Rating, Workflow


class HasParties(Protocol):
    """The columns that name the people of a ticket."""

    @property
    def author(self) -> int: ...
    @property
    def requester(self) -> int: ...
    @property
    def organization(self) -> int | None: ...
    @property
    def approval_asked_by(self) -> int | None: ...


def may_approve(by: Actor, ticket: HasParties) -> bool:
    """Whether `by` may approve: a holder of the grant in the ticket's organization, but not their own request."""
    own = (ticket.requester, ticket.author, ticket.approval_asked_by)
    return ticket.organization in by.approves and by.id not in own


def may_approve_in(organization: int, by: Actor) -> Condition:
    """`may_approve` as a condition on `ticket`, for one of the organizations that the actor approves for."""
    return Condition(
        "ticket.organization = {} AND ticket.requester <> {} AND ticket.author <> {} "
        "AND COALESCE(ticket.approval_asked_by, 0) <> {}",
        (organization, by.id, by.id, by.id),
    )


def is_turn(by: Actor, ticket: HasParties, state: str, flow: Workflow) -> bool:
    """Whether the ticket in this state waits for the actor."""
    if state == "approval":
        return may_approve(by, ticket)
    is_asked = state == "waiting_requester" or (state == "resolved" and expects_an_answer(flow))
    return is_asked and by.id == ticket.requester


def expects_an_answer(flow: Workflow) -> bool:
    """Whether a solution asks the requester for an answer: SIM or NÃO, or a rating."""
    return flow.asks_confirmation or flow.rating is Rating.REQUIRED

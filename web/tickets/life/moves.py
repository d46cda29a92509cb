"""The state diagram of a ticket as data: its moves, who may make each, and from which status."""

from dataclasses import dataclass

from web.errors import NotFromHere, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.rights import (
    When,
    Who,
    always,
    asks_confirmation,
    asks_rating,
    has_approver,
    is_agent,
    is_agent_or_system,
    is_asked_by_desk,
    is_author,
    is_author_and_agent,
    is_customer_party,
    is_in_charge,
    is_lead_or_system,
    is_merged,
    is_party,
    is_requester,
    is_requester_or_agent,
    is_system,
    is_unheld,
    may_cancel,
    may_correct,
    may_duplicate,
    reopens_by_reply,
    speaks_for_requester,
    takes_objection,
    takes_replies,
)
from web.tickets.life.states import Status, TicketState
from web.tickets.life.turns import may_approve


@dataclass(frozen=True)
class Move:
    """One arrow of the state diagram, named by the noun it leaves behind.

    `targets` are the statuses it may lead to; empty where the status stays.
    """

    noun: str
    open_to: Who
    sources: frozenset[Status]
    targets: frozenset[Status] = frozenset()
    when: When = always
    is_internal: bool = False
    """Whether its event is visible to the desk only."""

    def check(self, ticket: TicketState, by: Actor) -> None:
        """Raises `NotPermitted` for the wrong person, `NotFromHere` for the wrong moment or workflow."""
        if not self.open_to(by, ticket):
            raise NotPermitted(self.noun)
        if ticket.status not in self.sources or not self.when(ticket, by):
            raise NotFromHere(self.noun)

    def is_open(self, ticket: TicketState, by: Actor) -> bool:
        return ticket.status in self.sources and self.open_to(by, ticket) and self.when(ticket, by)


def _all_but(*statuses: Status) -> frozenset[Status]:
    return frozenset(Status) - frozenset(statuses)


_DRAFT, _APPROVAL, _NEW, _OPEN, _WAITING, _RESOLVED, _CLOSED = Status
_ALL = frozenset(Status)

SUBMISSION = Move("submission", is_author, frozenset({_DRAFT}), frozenset({_NEW, _APPROVAL}))
EDITION = Move("edition", is_author, frozenset({_DRAFT}))
APPROVAL = Move("approval", may_approve, frozenset({_APPROVAL}), frozenset({_NEW, _OPEN}))
REFUSAL = Move("refusal", may_approve, frozenset({_APPROVAL}), frozenset({_CLOSED, _OPEN}))
APPROVAL_REQUEST = Move("approval_request", is_agent, frozenset({_OPEN}), frozenset({_APPROVAL}), has_approver)
OVERRULING = Move("overruling", is_lead_or_system, frozenset({_APPROVAL}), frozenset({_NEW, _OPEN}))
WITHDRAWAL = Move("withdrawal", is_agent, frozenset({_APPROVAL}), frozenset({_OPEN}), is_asked_by_desk)
TAKE = Move("take", is_agent, frozenset({_NEW, _OPEN}), frozenset({_OPEN}))
CLAIM = Move("take", is_agent, frozenset({_NEW, _OPEN}), frozenset({_OPEN}), is_unheld)
"""Takes the ticket, unless somebody took it before."""
RELEASE = Move("release", is_in_charge, frozenset({_OPEN, _WAITING}), frozenset({_OPEN}))
ASSIGNMENT = Move("assignment", is_agent, _all_but(_CLOSED), frozenset({_OPEN}))
DEPARTURE = Move("departure", is_system, _all_but(_DRAFT, _CLOSED))
QUESTION = Move("question", is_agent, frozenset({_NEW, _OPEN}), frozenset({_WAITING}))
WAIT = Move("wait", is_agent, frozenset({_NEW, _OPEN}), frozenset({_WAITING}))
RESUMPTION = Move("resumption", is_agent_or_system, frozenset({_WAITING}), frozenset({_OPEN}))
REPLY = Move("reply", is_party, _all_but(_DRAFT, _CLOSED), frozenset({_OPEN}), takes_replies)
THANKS = Move("thanks", is_customer_party, frozenset({_RESOLVED}), when=reopens_by_reply)
NOTE = Move("note", is_agent, _ALL, is_internal=True)
MESSAGES = (REPLY, THANKS, NOTE)
"""Moves that send a message, of text or files alone. They take the ticket out of nobody's sight."""
PARTICIPATION = Move("participation", is_party, _all_but(_DRAFT, _CLOSED))
SOLUTION = Move("solution", is_agent_or_system, frozenset({_NEW, _OPEN, _WAITING}), frozenset({_RESOLVED}))
FIRST_CONTACT = Move("solution", is_author_and_agent, frozenset({_DRAFT}), frozenset({_RESOLVED}))
CONFIRMATION = Move(
    "confirmation", speaks_for_requester, frozenset({_RESOLVED}), frozenset({_CLOSED}), asks_confirmation
)
OBJECTION = Move("objection", speaks_for_requester, frozenset({_RESOLVED}), frozenset({_OPEN}), takes_objection)
REOPENING = Move("reopening", is_agent, frozenset({_RESOLVED}), frozenset({_OPEN}))
RATING = Move("rating", is_requester, frozenset({_RESOLVED, _CLOSED}), frozenset({_CLOSED}), asks_rating)
CLOSING = Move("closing", is_system, frozenset({_RESOLVED, _WAITING}), frozenset({_CLOSED}))
REMINDER = Move("reminder", is_system, frozenset({_WAITING}))
DUE_SOON = Move("due_soon", is_system, frozenset({_NEW, _OPEN, _WAITING}), is_internal=True)
BREACH = Move("breach", is_system, frozenset({_NEW, _OPEN, _WAITING}), is_internal=True)
CANCELLATION = Move(
    "cancellation",
    is_requester,
    frozenset({_DRAFT, _APPROVAL, _NEW, _OPEN, _WAITING}),
    frozenset({_CLOSED}),
    may_cancel,
)
REJECTION = Move("rejection", is_agent, frozenset({_DRAFT, _NEW, _OPEN}), frozenset({_RESOLVED, _CLOSED}))
MERGE = Move("merge", is_agent, _all_but(_DRAFT), frozenset({_CLOSED}))
SPLIT = Move("split", is_agent, frozenset({_OPEN}), frozenset({_WAITING}))
CASE = Move("case", is_agent, frozenset({_OPEN}), frozenset({_WAITING}))
UNMERGE = Move("unmerge", is_agent, frozenset({_CLOSED}), _all_but(_DRAFT), is_merged)
CLASSIFICATION = Move("classification", is_agent, _all_but(_DRAFT, _CLOSED))
CORRECTION = Move("correction", may_correct, _all_but(_DRAFT))
FIELDS = Move("fields", is_agent, _all_but(_DRAFT, _CLOSED), is_internal=True)
TAGS = Move("tags", is_agent, _all_but(_DRAFT), is_internal=True)
RELATED = Move("related", is_agent, _all_but(_DRAFT), is_internal=True)
FOLLOW_UP = Move("follow_up", is_customer_party, frozenset({_RESOLVED, _CLOSED}))
DUPLICATION = Move("duplication", is_requester_or_agent, _ALL, when=may_duplicate)

MOVES = (
    SUBMISSION,
    EDITION,
    APPROVAL,
    REFUSAL,
    APPROVAL_REQUEST,
    OVERRULING,
    WITHDRAWAL,
    TAKE,
    CLAIM,
    RELEASE,
    ASSIGNMENT,
    DEPARTURE,
    QUESTION,
    WAIT,
    RESUMPTION,
    REPLY,
    THANKS,
    NOTE,
    PARTICIPATION,
    SOLUTION,
    FIRST_CONTACT,
    CONFIRMATION,
    OBJECTION,
    REOPENING,
    RATING,
    CLOSING,
    REMINDER,
    DUE_SOON,
    BREACH,
    CANCELLATION,
    REJECTION,
    MERGE,
    SPLIT,
    CASE,
    UNMERGE,
    CLASSIFICATION,
    CORRECTION,
    FIELDS,
    TAGS,
    RELATED,
    FOLLOW_UP,
    DUPLICATION,
)


def available(ticket: TicketState, to: Actor) -> list[Move]:
    """The moves to offer `to` as buttons: exactly those `check` would let through."""
    return [move for move in MOVES if move.is_open(ticket, to)]

"""The life of a ticket, as data: statuses, moves, and who may make which from where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web.errors import NotFromHere, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.workflows import Rating, ReplyWhenResolved, Workflow, state_of


class Status(StrEnum):
    """Where a ticket is in its life."""

    DRAFT = "draft"
    APPROVAL = "approval"
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Wait(StrEnum):
    """What a waiting ticket waits for."""

    REQUESTER = "requester"
    TEAM = "team"
    UNTIL = "until"
    CHILDREN = "children"
    CASE = "case"


class Resolution(StrEnum):
    """How a ticket ended."""

    COMMUNICATED = "communicated"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    SPAM = "spam"
    UNKNOWN_SENDER = "unknown_sender"
    MERGED = "merged"
    SPLIT = "split"
    CANCELLED = "cancelled"
    REFUSED = "refused"


UNSOLVED = (Resolution.CANCELLED, Resolution.REFUSED, Resolution.MERGED, Resolution.SPAM, Resolution.UNKNOWN_SENDER)
"""Ends that leave nothing to rate."""

EDITABLE = timedelta(days=7)
"""How long a rating may be changed after it was first given."""


class Priority(StrEnum):
    """How soon it matters, lowest first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Channel(StrEnum):
    """How the request came in."""

    FORM = "form"
    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    CHAT = "chat"
    COUNTER = "counter"
    KIOSK = "kiosk"
    API = "api"


@dataclass(kw_only=True)
class Life:
    """What of a ticket its moves depend on."""

    number: int
    status: Status
    wait: Wait | None
    author: int
    requester: int
    organization: int | None
    team: int | None
    assignee: int | None
    is_answered: bool
    workflow: Workflow
    participants: frozenset[int]
    resolution: Resolution | None = None
    approval_asked_by: int | None = None
    """The agent who wants the organization's leave to go on; None where the category asks for it."""
    offered_to: int | None = None
    """The agent it was handed to and who has not taken it yet."""

    @property
    def state(self) -> str:
        return state_of(self.status, self.wait, self.assignee)


Who = Callable[[Actor, Life], bool]
When = Callable[[Life, Actor], bool]


def is_author(by: Actor, ticket: Life) -> bool:
    return by.id == ticket.author


def is_author_and_agent(by: Actor, ticket: Life) -> bool:
    return by.is_agent and is_author(by, ticket)


def is_agent(by: Actor, ticket: Life) -> bool:
    return by.is_agent


def is_agent_or_system(by: Actor, ticket: Life) -> bool:
    return by.is_agent or by.is_system


def is_system(by: Actor, ticket: Life) -> bool:
    return by.is_system


def is_in_charge(by: Actor, ticket: Life) -> bool:
    """The assignee, a lead, the robot that would hand the work over, or time where the assignee is idle."""
    return by.is_lead or by.is_system or (by.is_agent and (by.is_robot or by.id == ticket.assignee))


def is_requester(by: Actor, ticket: Life) -> bool:
    return by.id == ticket.requester


def is_colleague(by: Actor, ticket: Life) -> bool:
    """A member of the ticket's organization who was granted sight of its tickets."""
    return ticket.organization is not None and ticket.organization in by.sees


def speaks_for_requester(by: Actor, ticket: Life) -> bool:
    return is_requester(by, ticket) or (not by.is_agent and is_colleague(by, ticket))


def is_party(by: Actor, ticket: Life) -> bool:
    """Anybody with a voice in the conversation."""
    return by.is_agent or speaks_for_requester(by, ticket) or by.id in ticket.participants


def is_customer_party(by: Actor, ticket: Life) -> bool:
    """Anybody with a voice on the customer's side."""
    return speaks_for_requester(by, ticket) or (not by.is_agent and by.id in ticket.participants)


def may_approve(by: Actor, ticket: Life) -> bool:
    """A holder of the grant in the ticket's organization, never for a request of their own."""
    own = (ticket.requester, ticket.author, ticket.approval_asked_by)
    return ticket.organization in by.approves and by.id not in own


def is_requester_or_agent(by: Actor, ticket: Life) -> bool:
    return by.is_agent or is_requester(by, ticket)


def always(ticket: Life, by: Actor) -> bool:
    return True


def takes_replies(ticket: Life, by: Actor) -> bool:
    """Whether a plain reply is the way to speak now; on a resolved ticket the workflow says."""
    return ticket.status is not Status.RESOLVED or by.is_agent or reopens_by_reply(ticket, by)


def reopens_by_reply(ticket: Life, by: Actor) -> bool:
    """Where the requester's plain reply brings work back, there is also a way to speak that does not."""
    return ticket.workflow.reply_when_resolved in (ReplyWhenResolved.REOPENS, ReplyWhenResolved.WINDOW)


def is_unheld(ticket: Life, by: Actor) -> bool:
    return ticket.assignee is None


def asks_confirmation(ticket: Life, by: Actor) -> bool:
    return ticket.workflow.asks_confirmation


def takes_objection(ticket: Life, by: Actor) -> bool:
    """SIM/NÃO where it is asked; "Problema não resolvido" where the rating form asks instead."""
    return ticket.workflow.asks_confirmation or ticket.workflow.reply_when_resolved is ReplyWhenResolved.RATING


def asks_rating(ticket: Life, by: Actor) -> bool:
    if ticket.resolution in UNSOLVED:
        return False
    if ticket.workflow.rating is Rating.AFTER_CONFIRMATION:
        return ticket.status is Status.CLOSED
    return ticket.workflow.rating is not Rating.OFF


def may_edit(rated_at: datetime, at: datetime) -> bool:
    return at <= rated_at + EDITABLE


def may_cancel(ticket: Life, by: Actor) -> bool:
    """A draft always; sent work only where the workflow allows it, and while nobody has answered once it is open."""
    if ticket.status is Status.DRAFT:
        return True
    return ticket.workflow.may_cancel and not (ticket.status is Status.OPEN and ticket.is_answered)


def may_duplicate(ticket: Life, by: Actor) -> bool:
    return ticket.workflow.may_duplicate or by.is_agent


def is_of_an_organization(ticket: Life, by: Actor) -> bool:
    return ticket.organization is not None


def is_asked_by_desk(ticket: Life, by: Actor) -> bool:
    return ticket.approval_asked_by is not None


def is_merged(ticket: Life, by: Actor) -> bool:
    return ticket.resolution is Resolution.MERGED


def may_remove(by: Actor, ticket: Life, *, person: int, added_by: int) -> bool:
    """Requester and desk take anybody out of copy; others themselves and whom they put in."""
    return by.is_agent or is_requester(by, ticket) or by.id in (person, added_by)


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
    """Its event is for the desk's eyes only."""

    def check(self, ticket: Life, by: Actor) -> None:
        """Raises `NotPermitted` for the wrong person, `NotFromHere` for the wrong moment or workflow."""
        if not self.open_to(by, ticket):
            raise NotPermitted(self.noun)
        if ticket.status not in self.sources or not self.when(ticket, by):
            raise NotFromHere(self.noun)

    def is_open(self, ticket: Life, by: Actor) -> bool:
        return ticket.status in self.sources and self.open_to(by, ticket) and self.when(ticket, by)


def _all_but(*statuses: Status) -> frozenset[Status]:
    return frozenset(Status) - frozenset(statuses)


_DRAFT, _APPROVAL, _NEW, _OPEN, _WAITING, _RESOLVED, _CLOSED = Status
_ALL = frozenset(Status)

SUBMISSION = Move("submission", is_author, frozenset({_DRAFT}), frozenset({_NEW, _APPROVAL}))
EDITION = Move("edition", is_author, frozenset({_DRAFT}))
APPROVAL = Move("approval", may_approve, frozenset({_APPROVAL}), frozenset({_NEW, _OPEN}))
REFUSAL = Move("refusal", may_approve, frozenset({_APPROVAL}), frozenset({_CLOSED, _OPEN}))
APPROVAL_REQUEST = Move("approval_request", is_agent, frozenset({_OPEN}), frozenset({_APPROVAL}), is_of_an_organization)
WITHDRAWAL = Move("withdrawal", is_agent, frozenset({_APPROVAL}), frozenset({_OPEN}), is_asked_by_desk)
TAKE = Move("take", is_agent, frozenset({_NEW, _OPEN}), frozenset({_OPEN}))
CLAIM = Move("take", is_agent, frozenset({_NEW, _OPEN}), frozenset({_OPEN}), is_unheld)
"""A take that yields to whoever was first."""
RELEASE = Move("release", is_in_charge, frozenset({_OPEN, _WAITING}), frozenset({_OPEN}))
ASSIGNMENT = Move("assignment", is_agent, _all_but(_CLOSED), frozenset({_OPEN}))
QUESTION = Move("question", is_agent, frozenset({_NEW, _OPEN}), frozenset({_WAITING}))
WAIT = Move("wait", is_agent, frozenset({_NEW, _OPEN}), frozenset({_WAITING}))
RESUMPTION = Move("resumption", is_agent_or_system, frozenset({_WAITING}), frozenset({_OPEN}))
REPLY = Move("reply", is_party, _all_but(_DRAFT, _CLOSED), frozenset({_OPEN}), takes_replies)
THANKS = Move("thanks", is_customer_party, frozenset({_RESOLVED}), when=reopens_by_reply)
NOTE = Move("note", is_agent, _ALL, is_internal=True)
PARTICIPATION = Move("participation", is_party, _all_but(_DRAFT, _CLOSED))
SOLUTION = Move("solution", is_agent_or_system, frozenset({_NEW, _OPEN, _WAITING}), frozenset({_RESOLVED}))
FIRST_CONTACT = Move("solution", is_author_and_agent, frozenset({_DRAFT}), frozenset({_RESOLVED}))
CONFIRMATION = Move(
    "confirmation", speaks_for_requester, frozenset({_RESOLVED}), frozenset({_CLOSED}), asks_confirmation
)
OBJECTION = Move("objection", speaks_for_requester, frozenset({_RESOLVED}), frozenset({_OPEN}), takes_objection)
RATING = Move("rating", speaks_for_requester, frozenset({_RESOLVED, _CLOSED}), frozenset({_CLOSED}), asks_rating)
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
    WITHDRAWAL,
    TAKE,
    CLAIM,
    RELEASE,
    ASSIGNMENT,
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
    TAGS,
    RELATED,
    FOLLOW_UP,
    DUPLICATION,
)


def available(ticket: Life, to: Actor) -> list[Move]:
    """The moves to offer `to` as buttons: exactly those `check` would let through."""
    return [move for move in MOVES if move.is_open(ticket, to)]

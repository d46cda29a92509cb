"""The states of a ticket, and the columns that its rules read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from web.tickets.life.workflows import Workflow, state_of

Customer = Literal["person", "organization"]
"""The customer: the requester, or all of an organization."""


class Status(StrEnum):
    """Statuses of a ticket."""

    DRAFT = "draft"
    APPROVAL = "approval"
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Wait(StrEnum):
    """Reasons why a ticket waits."""

    REQUESTER = "requester"
    TEAM = "team"
    UNTIL = "until"
    CHILDREN = "children"
    CASE = "case"


class Resolution(StrEnum):
    """How a ticket ended."""

    COMMUNICATED = "communicated"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    SPAM = "spam"
    UNKNOWN_SENDER = "unknown_sender"
    MERGED = "merged"
    SPLIT = "split"
    CANCELLED = "cancelled"
    REFUSED = "refused"


UNSOLVED = (Resolution.CANCELLED, Resolution.REFUSED, Resolution.MERGED, Resolution.SPAM, Resolution.UNKNOWN_SENDER)
"""Resolutions that leave nothing to rate."""


class Priority(StrEnum):
    """The priority of a ticket, lowest first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Alert(StrEnum):
    """Reasons why the desk has to look at a ticket."""

    DEPARTURE = "departure"
    NO_APPROVER = "no_approver"


class Channel(StrEnum):
    """How the request came in."""

    FORM = "form"
    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    CHAT = "chat"
    COUNTER = "counter"
    KIOSK = "kiosk"
    EMBED = "embed"
    """Opened by a visitor in a frame of another site."""
    API = "api"


@dataclass(frozen=True)
class Standing:
    """The status of a ticket, and the columns that follow from it. The database checks that they agree."""

    status: Status
    wait: Wait | None = None
    wait_until: datetime | None = None
    resolution: Resolution | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(kw_only=True)
class TicketState:
    """The columns of a ticket that moves read and change."""

    number: int
    status: Status
    wait: Wait | None
    author: int
    requester: int
    primary_contact: int
    organization: int | None
    team: int | None
    assignee: int | None
    is_answered: bool
    workflow: Workflow
    participants: frozenset[int]
    resolution: Resolution | None = None
    approval_asked_by: int | None = None
    """The agent who asked for the organization's approval; None where the category asks for it."""
    offered_to: int | None = None
    """The agent to whom it was offered and who has not taken it yet."""
    wait_until: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    answered_at: datetime | None = None
    priority: Priority = Priority.NORMAL
    category: int | None = None
    topic: int | None = None
    alert: Alert | None = None
    """Why the desk has to look at it, until somebody does."""
    channel: Channel = Channel.FORM
    attend_at: datetime | None = None
    """For an open chat, since when its customer waits for the desk; far in the future while it is their turn."""
    approvers: frozenset[int] = frozenset()
    """The people who may approve it, except its requester and author; at most two are named."""

    @property
    def state(self) -> str:
        return state_of(self.status, self.wait, self.assignee)

    @property
    def standing(self) -> Standing:
        return Standing(self.status, self.wait, self.wait_until, self.resolution, self.resolved_at, self.closed_at)

"""The actor: a person with the rights they hold at this moment."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """The role of a person at the desk; a robot is an agent that works through the API."""

    REQUESTER = "requester"
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    SYSTEM = "system"


_DESK = (Role.AGENT, Role.LEAD, Role.ADMIN)
_LEADS = (Role.LEAD, Role.ADMIN)


class Sees(StrEnum):
    """Which tickets a member sees: their own, the organization's, or those of all its branches."""

    OWN = "own"
    ORGANIZATION = "organization"
    GROUP = "group"


class Scope(StrEnum):
    """What an API key allows."""

    READ = "tickets:read"
    WRITE = "tickets:write"


@dataclass(frozen=True)
class Key:
    """The API key of a robot."""

    id: int
    scopes: frozenset[Scope]
    used_at: datetime | None


@dataclass(frozen=True)
class Actor:
    """A person and their rights, loaded once per request. Every `by=` is an actor."""

    id: int
    name: str
    role: Role = Role.REQUESTER
    is_robot: bool = False
    organizations: dict[int, str] = field(default_factory=dict)
    """Organizations that the person belongs to and may open tickets for, by id, without retired ones."""
    sees: frozenset[int] = frozenset()
    """Organizations of which the person sees all tickets."""
    approves: frozenset[int] = frozenset()
    manages: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    shut_out: frozenset[int] = frozenset()
    """Confidential teams that an agent is not in: their tickets are hidden."""
    zone: str | None = None
    """The time zone that they chose, or that of their organization; None for the default."""
    unread: int = 0
    """The number of unread notices, at most 100."""
    alerts: str = ""
    """How open pages alert them to a notice: `screen`, and the name of a sound."""
    chat_sound: str = ""
    """The sound with which open pages alert an agent to a waiting chat; empty for none."""
    newest_workflow: int = 0
    """The newest version of a workflow when they were loaded, by which each process notices a change."""
    newest_field: int = 0
    """The newest change of a custom field, for the same purpose."""

    @property
    def is_agent(self) -> bool:
        return self.role in _DESK

    @property
    def is_lead(self) -> bool:
        return self.role in _LEADS

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    @property
    def is_system(self) -> bool:
        return self.role is Role.SYSTEM


def may_change(by: Actor, role: Role) -> bool:
    """Whether `by` may change a person in this role: agents change requesters, administrators everybody.

    The system's person changes everybody too, for commands.
    """
    return by.is_admin or by.is_system or (by.is_agent and role is Role.REQUESTER)


SYSTEM = Actor(id=1, name="Guichê", role=Role.SYSTEM)
"""The actor of timers and commands; its row is created by the first migration."""

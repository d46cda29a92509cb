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
    """How far a member's sight goes: own tickets, the organization's, or those of all its branches."""

    OWN = "own"
    ORGANIZATION = "organization"
    GROUP = "group"


class Scope(StrEnum):
    """What a robot's key lets it do."""

    READ = "tickets:read"
    WRITE = "tickets:write"


@dataclass(frozen=True)
class Key:
    """The key by which a robot was let in."""

    id: int
    scopes: frozenset[Scope]
    used_at: datetime | None


@dataclass(frozen=True)
class Actor:
    """A person and their rights, loaded once per request; every `by=` is one of these."""

    id: int
    name: str
    role: Role = Role.REQUESTER
    is_robot: bool = False
    organizations: dict[int, str] = field(default_factory=dict)
    """Organizations the person belongs to and may ask for, by id, with their names; not those that are retired."""
    sees: frozenset[int] = frozenset()
    """Organizations all of whose tickets the person may see."""
    approves: frozenset[int] = frozenset()
    manages: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    shut_out: frozenset[int] = frozenset()
    """Confidential teams that an agent is not of: their tickets are hidden from them."""
    zone: str | None = None
    """The time zone they read in: their own choice or their organization's; None for the house's."""
    unread: int = 0
    """Notices they have not read, counted up to 100."""
    alerts: str = ""
    """How an open page calls for them when there is a notice: `screen`, and the name of a sound."""
    chat_sound: str = ""
    """The sound by which an open page calls an agent when a chat waits for them; empty for none."""
    newest_workflow: int = 0
    """The newest version of a workflow when they were loaded, by which each process notices a change."""
    newest_field: int = 0
    """The newest change of a field, for the same."""

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
    """Whether they may change a person in this role: agents change requesters, administrators everybody.

    The system's person changes everybody too, for commands.
    """
    return by.is_admin or by.is_system or (by.is_agent and role is Role.REQUESTER)


SYSTEM = Actor(id=1, name="Guichê", role=Role.SYSTEM)
"""Who acts when time passes; its row is made by the first migration."""

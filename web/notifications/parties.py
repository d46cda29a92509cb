"""An event of a ticket, and its parties: the people of the ticket at that moment."""

from dataclasses import dataclass, field

from web.tickets.life.timeline import EventData


@dataclass(frozen=True)
class Happened:
    """An event. `is_desks` means that its actor spoke for the desk, `asks_rating` that the ticket can be rated now."""

    noun: str
    actor: int
    data: EventData = field(default_factory=dict)
    is_desks: bool = False
    is_internal: bool = False
    asks_rating: bool = False
    is_chat: bool = False


@dataclass(frozen=True)
class Parties:
    """The people of a ticket. `queue` are the agents of its team, `leads` the leads of that team."""

    requester: int
    contact: int
    copies: frozenset[int] = frozenset()
    assignee: int | None = None
    stand_in: int | None = None
    """The stand-in of an absent assignee."""
    offered_to: int | None = None
    queue: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    approvers: frozenset[int] = frozenset()
    mentioned: frozenset[int] = frozenset()
    newcomers: frozenset[int] = frozenset()
    """The people whom the event put in copy."""
    readers: frozenset[int] = frozenset()
    """The people who have read it in the open chat."""

    @property
    def askers(self) -> frozenset[int]:
        return frozenset({self.requester, self.contact})

    @property
    def in_charge(self) -> frozenset[int]:
        """The assignee, or else everybody who could take the ticket."""
        return frozenset({self.assignee}) if self.assignee is not None else self.queue

    @property
    def at_work(self) -> frozenset[int]:
        """Those in charge for whom it is no request of their own."""
        return self.in_charge - self.askers - self.copies

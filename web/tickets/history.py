"""What the events say of a ticket's life: where it stood from when to when, and what was promised and kept.

A pure reading of the event log; the columns of a ticket are no more than a cache of what is found here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Happening:
    """An event, as far as time is concerned."""

    kind: str
    at: datetime
    data: Mapping[str, Any]
    is_answer: bool = False
    """A public message by somebody of the desk, human or robot: what counts as a first response."""


@dataclass(frozen=True)
class Stretch:
    """The ticket stood here from `since` until `until`; `until` is None for where it stands now."""

    status: str
    wait: str | None
    since: datetime
    until: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    """Of the event that began it."""

    @property
    def state(self) -> str:
        return f"waiting_{self.wait}" if self.status == "waiting" else self.status


@dataclass(frozen=True)
class History:
    """The stretches of a life, in order, and the instants that deadlines are judged by."""

    stretches: tuple[Stretch, ...]
    answered_at: datetime | None
    fired: frozenset[tuple[str, str]]
    """Timers that have had their say: name and due instant (ISO)."""

    @property
    def now(self) -> Stretch:
        return self.stretches[-1]

    @property
    def started_at(self) -> datetime | None:
        """When work could begin: the ticket was in the queue."""
        return next((each.since for each in self.stretches if each.status not in ("draft", "approval")), None)

    @property
    def resolved_at(self) -> datetime | None:
        """When the present solution was given; None while there is work to do."""
        if self.now.status not in ("resolved", "closed"):
            return None
        last = self.now
        for each in reversed(self.stretches):
            if each.status not in ("resolved", "closed"):
                break
            last = each
        return last.since

    @property
    def cycles(self) -> int:
        """How often it was resolved."""
        return sum(each.status == "resolved" for each in self.stretches)


def read(events: Iterable[Happening]) -> History:
    """The life that these events tell, oldest first; the first of them opens it."""
    stretches: list[Stretch] = []
    answered_at: datetime | None = None
    fired: set[tuple[str, str]] = set()
    for event in events:
        if event.is_answer and answered_at is None:
            answered_at = event.at
        if "timer" in event.data:
            fired.add((event.data["timer"], event.data["due"]))
        if "to" in event.data:
            _turn(stretches, event)
    return History(tuple(stretches), answered_at, frozenset(fired))


def _turn(stretches: list[Stretch], event: Happening) -> None:
    if stretches:
        stretches[-1] = _ended(stretches[-1], event.at)
    stretches.append(Stretch(event.data["to"], event.data.get("wait"), event.at, data=event.data))


def _ended(stretch: Stretch, at: datetime) -> Stretch:
    return Stretch(stretch.status, stretch.wait, stretch.since, at, stretch.data)

"""What the events say of a ticket's life: where it stood from when to when, and when time has had its say.

A pure reading of the event log; the columns of a ticket are no more than a cache of what is found here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import dropwhile
from typing import Any

from web.business_time.clocks import Pause

BEFORE = ("draft", "approval")
"""Where a life may begin, with no work to do yet."""
OVER = ("resolved", "closed")


@dataclass(frozen=True)
class PastEvent:
    """An event, as far as time is concerned."""

    kind: str
    at: datetime
    data: Mapping[str, Any]
    is_answer: bool = False
    """A public message of the desk's, by a human or a robot: what counts as a first response."""
    is_work: bool = False
    """Done by somebody of the desk."""


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
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def span(self) -> Pause:
        return self.since, self.until


@dataclass(frozen=True)
class Timeline:
    """The stretches of a life in order, and the instants that deadlines are judged by."""

    stretches: tuple[Stretch, ...]
    answered_at: datetime | None
    rung: frozenset[tuple[str, str]]
    """Timers that have had their say: name and due instant (ISO 8601)."""
    last_at: datetime
    reopenings: int
    held_since: datetime | None = None
    """When somebody of the desk last did anything, while one of them holds the ticket."""
    inherited: tuple[tuple[str, datetime], ...] = ()
    """Promises of the tickets merged into this one that were not yet met then: which, and when due."""

    @property
    def now(self) -> Stretch:
        return self.stretches[-1]

    @property
    def queued_at(self) -> datetime | None:
        """When work could begin."""
        return next((each.since for each in self.stretches if each.status not in BEFORE), None)

    @property
    def solved_at(self) -> datetime | None:
        """When the present solution was given, or the ticket ended without one; None while there is work to do."""
        solved = None
        for each in reversed(self.stretches):
            if not each.is_over:
                break
            solved = each.since
        return solved

    def pauses(self, *waits: str) -> list[Pause]:
        """The stretches spent in these waits, solved, or stopped until the organization gives leave to go on."""
        begun = dropwhile(lambda each: each.status in BEFORE, self.stretches)
        return [each.span for each in begun if each.is_over or each.status == "approval" or each.wait in waits]


def timeline_of(events: Iterable[PastEvent]) -> Timeline:
    """The life that these events tell, oldest first; the first of them opens it."""
    stretches: list[Stretch] = []
    answered_at: datetime | None = None
    rung: set[tuple[str, str]] = set()
    reopenings = 0
    merged: dict[int, Mapping[str, str]] = {}
    worked_at: datetime | None = None
    is_held = False
    for event in _in_order(events):
        if event.is_answer and answered_at is None:
            answered_at = event.at
        worked_at = event.at if event.is_work else worked_at
        is_held = event.kind != "release" and bool(event.data.get("assignee", is_held))
        if "timer" in event.data:
            rung.add((event.data["timer"], event.data["due"]))
        if "merged" in event.data:
            merged[event.data["merged"]] = event.data.get("promises", {})
        if event.kind == "unmerge":
            merged.pop(event.data["other"], None)
        if "to" in event.data:
            reopenings += event.data.get("from") == "resolved" and event.data["to"] not in OVER
            _turn(stretches, event)
        last_at = event.at
    inherited = tuple(
        (promise, datetime.fromisoformat(due)) for promises in merged.values() for promise, due in promises.items()
    )
    return Timeline(
        stretches=tuple(stretches),
        answered_at=answered_at,
        rung=frozenset(rung),
        last_at=last_at,
        reopenings=reopenings,
        held_since=worked_at if is_held else None,
        inherited=inherited,
    )


def _in_order(events: Iterable[PastEvent]) -> Iterator[PastEvent]:
    """Of two clocks that disagree the one ahead counts: nothing happens before what it followed."""
    last: datetime | None = None
    for event in events:
        if last is not None and event.at < last:
            event = replace(event, at=last)  # noqa: PLW2901
        last = event.at
        yield event


def _turn(stretches: list[Stretch], event: PastEvent) -> None:
    if stretches:
        stretches[-1] = replace(stretches[-1], until=event.at)
    stretches.append(Stretch(event.data["to"], event.data.get("wait"), event.at, data=event.data))

"""The timeline of a ticket, read from its events: each status with its beginning and its end.

Deadlines are computed from it. The columns of a ticket are a cache of the result.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, dropwhile
from typing import TypeAlias

from web.business_time.clocks import Pause

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

EventData: TypeAlias = Mapping[str, Json]
"""The data of an event by kind: `from` and `to` of what changed, `files` of a message, `reason`."""

BEFORE = ("draft", "approval")
"""The statuses in which a ticket may begin, before there is work to do."""
OVER = ("resolved", "closed")
WITHOUT_SOLUTION = ("cancellation", "refusal", "merge", "rejection")
"""Events that close a ticket without a solution: its targets are not judged."""


@dataclass(frozen=True)
class PastEvent:
    """An event, with what deadlines depend on."""

    kind: str
    at: datetime
    data: EventData
    is_answer: bool = False
    """Whether it is a public message of the desk, by a person or a robot, which counts as a first response."""
    is_work: bool = False
    """Whether somebody of the desk did it."""


@dataclass(frozen=True)
class Stretch:
    """One status of the ticket, from `since` until `until`. `until` is None for the present one."""

    status: str
    wait: str | None
    since: datetime
    until: datetime | None = None
    kind: str = ""
    data: EventData = field(default_factory=dict)
    """The data of the event that began it. `kind` is the kind of that event."""

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def span(self) -> Pause:
        return self.since, self.until


@dataclass(frozen=True)
class Timeline:
    """The stretches in order, and the times that deadlines are judged by."""

    stretches: tuple[Stretch, ...]
    answered_at: datetime | None
    rung: frozenset[tuple[str, str]]
    """Timers that have fired: name and due instant (ISO 8601)."""
    last_at: datetime
    reopenings: int
    held_since: datetime | None = None
    """When the desk last did anything, while an agent holds the ticket."""
    inherited: tuple[tuple[str, datetime], ...] = ()
    """Promises that were unmet on the tickets merged into this one, each with its due instant."""

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

    @property
    def is_unsolved(self) -> bool:
        """Whether it ended without a solution."""
        return self.now.status == "closed" and self.now.kind in WITHOUT_SOLUTION

    def pauses(self, *waits: str) -> list[Pause]:
        """The stretches in which the clock pauses: these waits, resolved, waiting for the organization's approval."""
        begun = dropwhile(lambda each: each.status in BEFORE, self.stretches)
        return [each.span for each in begun if each.is_over or each.status == "approval" or each.wait in waits]


def timeline_of(events: Iterable[PastEvent]) -> Timeline:
    """The timeline of these events, which are given oldest first."""
    stretches: list[Stretch] = []
    answered_at: datetime | None = None
    rung: set[tuple[str, str]] = set()
    reopenings = 0
    merged: dict[Json, tuple[tuple[str, datetime], ...]] = {}
    worked_at: datetime | None = None
    is_held = False
    for event in _in_order(events):
        if event.is_answer and answered_at is None:
            answered_at = event.at
        worked_at = event.at if event.is_work else worked_at
        is_held = event.kind not in ("release", "departure") and bool(event.data.get("assignee", is_held))
        if "timer" in event.data:
            rung.add((str(event.data["timer"]), str(event.data["due"])))
        if "merged" in event.data:
            merged[event.data["merged"]] = tuple(_promises(event.data.get("promises")))
        if event.kind == "unmerge":
            merged.pop(event.data["other"], None)
        if "to" in event.data:
            reopenings += event.data.get("from") == "resolved" and event.data["to"] not in OVER
            _turn(stretches, event)
        last_at = event.at
    return Timeline(
        stretches=tuple(stretches),
        answered_at=answered_at,
        rung=frozenset(rung),
        last_at=last_at,
        reopenings=reopenings,
        held_since=worked_at if is_held else None,
        inherited=tuple(chain.from_iterable(merged.values())),
    )


def _promises(told: Json) -> Iterator[tuple[str, datetime]]:
    """The promises of a merged ticket that were unmet, each with its due instant."""
    for promise, due in told.items() if isinstance(told, Mapping) else ():
        yield promise, datetime.fromisoformat(str(due))


def _in_order(events: Iterable[PastEvent]) -> Iterator[PastEvent]:
    """Yields the events in order.

    When two clocks disagree, the later time counts, so that no event precedes the one before.
    """
    last: datetime | None = None
    for event in events:
        if last is not None and event.at < last:
            event = replace(event, at=last)  # noqa: PLW2901
        last = event.at
        yield event


def _turn(stretches: list[Stretch], event: PastEvent) -> None:
    if stretches:
        stretches[-1] = replace(stretches[-1], until=event.at)
    wait = event.data.get("wait")
    stretches.append(
        Stretch(str(event.data["to"]), str(wait) if wait else None, event.at, kind=event.kind, data=event.data)
    )

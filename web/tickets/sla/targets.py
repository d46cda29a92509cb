"""The promises of a ticket, and how each is computed.

They are a pure function of the timeline and the policy that applies now. No counter is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from web.business_time import clocks
from web.business_time.calendars import Calendar
from web.business_time.clocks import Computation, Pause
from web.business_time.durations import Duration
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import Timeline
from web.tickets.life.workflows import Timers


class Promise(StrEnum):
    """The promises of a target."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class Target:
    """The time allowed for one promise, on one calendar."""

    promise: Promise
    duration: Duration
    calendar: Calendar
    pauses_for_team: bool = False
    """Whether waiting for another team pauses the clock as well."""
    warns_at: int = 75
    """Percent of the time after which a warning is sent."""


@dataclass(frozen=True)
class Policy:
    """The timers and targets of a ticket, by the settings as they are now."""

    timers: Timers
    calendar: Calendar
    """The calendar of its team, by which the timers of its workflow run."""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class TargetStatus:
    """One promise: its computation, and whether it was kept."""

    target: Target
    computation: Computation
    met_at: datetime | None
    soon_at: datetime | None
    is_late: bool
    """It was met after it was due, or it is due and not met at `now`."""
    is_void: bool = False
    """The ticket ended without a solution before the promise was met, so that it is neither kept nor broken."""

    @property
    def is_unmet(self) -> bool:
        return self.met_at is None and not self.is_void


@dataclass(frozen=True)
class InheritedTarget:
    """The earliest unmet promise of its kind on the tickets merged into this one."""

    promise: Promise
    due: datetime
    met_at: datetime | None
    is_paused: bool

    @property
    def is_running(self) -> bool:
        return self.met_at is None and not self.is_paused

    def is_late(self, now: datetime) -> bool:
        return self.due < self.met_at if self.met_at else not self.is_paused and self.due < now


def target_statuses(timeline: Timeline, policy: Policy, *, now: datetime) -> list[TargetStatus]:
    """The status of each promise of the ticket, with its whole computation."""
    start = timeline.queued_at
    if start is None:
        return []
    return [_status_of(target, timeline, start, now) for target in policy.targets]


def inherited_targets(timeline: Timeline) -> list[InheritedTarget]:
    """The promises inherited from the tickets merged into this one: the first due of each kind."""
    if timeline.is_unsolved:
        return []
    earliest: dict[Promise, InheritedTarget] = {}
    for name, due in sorted(timeline.inherited, key=lambda each: each[1], reverse=True):
        promise = Promise(name)
        met_at = timeline.answered_at if promise is Promise.FIRST_RESPONSE else None
        is_paused = timeline.now.wait == Wait.REQUESTER or timeline.now.status == Status.APPROVAL
        earliest[promise] = InheritedTarget(promise, due, met_at or timeline.solved_at, is_paused)
    return list(earliest.values())


def _status_of(target: Target, timeline: Timeline, start: datetime, now: datetime) -> TargetStatus:
    answered_at = timeline.answered_at if target.promise is Promise.FIRST_RESPONSE else None
    met_at = answered_at or (None if timeline.is_unsolved else timeline.solved_at)
    ended_at = met_at or timeline.solved_at
    pauses = [each for each in _pauses(target, timeline) if ended_at is None or each[0] < ended_at]
    computation = clocks.compute(start, target.duration, target.calendar, pauses, now=ended_at or now)
    is_void = timeline.is_unsolved and met_at is None
    return TargetStatus(
        target=target,
        computation=computation,
        met_at=met_at,
        soon_at=_soon(target, start, pauses, computation),
        is_late=not is_void and computation.due is not None and computation.due < (met_at or now),
        is_void=is_void,
    )


def _pauses(target: Target, timeline: Timeline) -> list[Pause]:
    waits = [Wait.REQUESTER, *([Wait.TEAM] if target.pauses_for_team else [])]
    return timeline.pauses(*waits)


def _soon(target: Target, start: datetime, pauses: list[Pause], computation: Computation) -> datetime | None:
    """When the warning is due: after the target's percentage of its time."""
    if computation.due is None:
        return None
    share = computation.whole * target.warns_at / 100
    return clocks.after(start, share, target.duration, target.calendar, pauses)

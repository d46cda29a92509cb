"""The timers of a ticket: what falls due, and when time moves the ticket."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web.business_time import clocks
from web.business_time.calendars import Calendar
from web.business_time.clocks import Computation
from web.business_time.durations import Duration, Unit
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import Timeline
from web.tickets.life.workflows import AfterSilence
from web.tickets.sla.targets import Policy, Promise, TargetStatus, inherited_targets, target_statuses


class Timer(StrEnum):
    """The kinds of timers."""

    SILENCE_WARNING = "silence_warning"
    SILENCE = "silence"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    IDLE = "idle"
    DUE_SOON = "due_soon"
    BREACH = "breach"


@dataclass(frozen=True, order=True)
class DueTimer:
    """A timer and when it fires. `promise` is the one it is about. `then` says how it moves the ticket."""

    due: datetime
    timer: Timer
    promise: Promise | None = None
    then: AfterSilence | None = None

    @property
    def name(self) -> str:
        return f"{self.timer}:{self.promise}" if self.promise else str(self.timer)


@dataclass(frozen=True)
class Lapse:
    """How and when time moves the ticket, with the computation of that instant; a date that somebody chose has none."""

    timer: Timer
    at: datetime
    then: AfterSilence
    computation: Computation | None = None


def due_timers(timeline: Timeline, policy: Policy) -> Iterator[DueTimer]:
    """The timers that have not fired, in any order."""
    of_now = (*_of_the_stretch(timeline, policy), *_of_idleness(timeline, policy))
    yield from (due_timer for due_timer in of_now if _is_fresh(due_timer, timeline))
    if timeline.now.status in OPEN:
        yield from (due_timer for due_timer in _of_promises(timeline, policy) if _is_fresh(due_timer, timeline))


def lapse(timeline: Timeline, policy: Policy, *, now: datetime | None = None) -> Lapse | None:
    """How time moves the ticket, unless somebody acts before."""
    here = timeline.now
    if here.status == Status.WAITING and here.wait == Wait.UNTIL:
        return Lapse(Timer.FOLLOW_UP, datetime.fromisoformat(str(here.data["until"])), AfterSilence.RETURN)
    if here.status == Status.RESOLVED and timeline.solved_at:
        return _counted(Timer.CLOSING, timeline.solved_at, policy.timers.ending, AfterSilence.CLOSE, policy, now)
    if here.status == Status.WAITING and here.wait == Wait.REQUESTER:
        duration, then = _silence(timeline, policy)
        return _counted(Timer.SILENCE, here.since, duration, then, policy, now)
    return None


def warning_of(silence: Computation, ahead: Duration, calendar: Calendar) -> datetime | None:
    """When the requester is warned that the silence will soon end; at its start if there is no time for that."""
    passed = max(silence.whole - timedelta(hours=ahead.amount), timedelta(0))
    return clocks.after(silence.start, passed, ahead, calendar)


def _counted(
    timer: Timer, start: datetime, duration: Duration | None, then: AfterSilence, policy: Policy, now: datetime | None
) -> Lapse | None:
    if duration is None:
        return None
    computation = clocks.compute(start, duration, policy.calendar, now=now or start)
    assert computation.due is not None  # nothing pauses it
    return Lapse(timer, computation.due, then, computation)


OPEN = (Status.NEW, Status.OPEN, Status.WAITING)


def _of_the_stretch(timeline: Timeline, policy: Policy) -> Iterator[DueTimer]:
    ends = lapse(timeline, policy)
    if ends is None:
        return
    yield DueTimer(ends.at, ends.timer, then=ends.then)
    warned = policy.timers.silence_warning
    if ends.timer is Timer.SILENCE and ends.computation and warned and not timeline.now.data.get("days"):
        yield DueTimer(warning_of(ends.computation, warned, policy.calendar) or ends.at, Timer.SILENCE_WARNING)


def _of_idleness(timeline: Timeline, policy: Policy) -> Iterator[DueTimer]:
    """Yields the timer that returns open work to the queue when its agent does nothing for that long."""
    idle = policy.timers.idle
    if idle is not None and timeline.held_since is not None and timeline.now.status == Status.OPEN:
        start = max(timeline.held_since, timeline.now.since)
        computation = clocks.compute(start, idle, policy.calendar, now=start)
        assert computation.due is not None  # nothing pauses it
        yield DueTimer(computation.due, Timer.IDLE)


def _silence(timeline: Timeline, policy: Policy) -> tuple[Duration | None, AfterSilence]:
    """The length of a silence and its consequence: chosen by the agent with the question, or else the workflow's."""
    asked = timeline.now.data
    if isinstance(days := asked.get("days"), int):
        return Duration(days, Unit.BUSINESS_DAYS), AfterSilence.CLOSE if asked.get("closes") else AfterSilence.RETURN
    return policy.timers.silence, policy.timers.silence_then


def _of_promises(timeline: Timeline, policy: Policy) -> Iterator[DueTimer]:
    """Yields the timers of the promises. Of two promises of a kind, only the earlier one can be broken."""
    running = {each.promise: each.due for each in inherited_targets(timeline) if each.is_running}
    for status in target_statuses(timeline, policy, now=timeline.last_at):
        due, promise = status.computation.due, status.target.promise
        if due is not None and due <= running.get(promise, due):
            running.pop(promise, None)
            yield from _of_a_promise(status)
    yield from (DueTimer(due, Timer.BREACH, promise) for promise, due in running.items())


def _of_a_promise(status: TargetStatus) -> Iterator[DueTimer]:
    if not status.is_unmet or status.computation.due is None:
        return
    promise, due = status.target.promise, status.computation.due
    if status.soon_at is not None and status.soon_at < due:
        yield DueTimer(status.soon_at, Timer.DUE_SOON, promise)
    yield DueTimer(due, Timer.BREACH, promise)


def _is_fresh(due_timer: DueTimer, timeline: Timeline) -> bool:
    return (due_timer.name, due_timer.due.isoformat()) not in timeline.rung

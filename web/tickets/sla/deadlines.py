"""The deadlines of a ticket, as stored in its columns for lists and for the worker."""

from dataclasses import dataclass
from datetime import datetime

from web.tickets.life.states import Status
from web.tickets.life.timeline import Timeline
from web.tickets.life.workflows import AfterSilence
from web.tickets.sla.targets import InheritedTarget, Policy, Promise, TargetStatus, inherited_targets, target_statuses
from web.tickets.sla.timers import due_timers, lapse


@dataclass(frozen=True)
class Deadlines:
    """The columns that follow from a ticket's timeline and policy."""

    wakes_at: datetime | None
    lapses_at: datetime | None
    """When time moves the ticket, unless somebody acts before."""
    lapses_to: str | None
    """The status to which time moves it."""
    answer_due: datetime | None
    solve_due: datetime | None
    solve_left: int | None
    """Seconds of counted time left while the resolution clock is paused."""
    due_at: datetime | None
    """The earliest promise that is neither met nor paused."""
    soon_at: datetime | None
    answer_seconds: int | None
    solve_seconds: int | None
    outcome: str | None
    """`on_time` or `late` for a solved ticket with a promise. It is final once the ticket is closed."""


def deadlines_of(timeline: Timeline, policy: Policy) -> Deadlines:
    """Computes the deadlines from the timeline and the policy."""
    statuses = {each.target.promise: each for each in target_statuses(timeline, policy, now=timeline.last_at)}
    answer, solve = statuses.get(Promise.FIRST_RESPONSE), statuses.get(Promise.RESOLUTION)
    inherited = {each.promise: each for each in inherited_targets(timeline)}
    unmet = [each for each in statuses.values() if each.computation.due and each.is_unmet]
    running = [(each.computation.due, each.soon_at) for each in unmet]
    running += [(each.due, each.due) for each in inherited.values() if each.is_running]
    running.sort()
    ends = lapse(timeline, policy)
    return Deadlines(
        wakes_at=min((each.due for each in due_timers(timeline, policy)), default=None),
        lapses_at=ends.at if ends else None,
        lapses_to=_LEADS_TO[ends.then] if ends else None,
        answer_due=_earliest(answer, inherited.get(Promise.FIRST_RESPONSE)),
        solve_due=_earliest(solve, inherited.get(Promise.RESOLUTION)),
        solve_left=_left(solve),
        due_at=running[0][0] if running else None,
        soon_at=running[0][1] if running else None,
        answer_seconds=_seconds(answer) if timeline.answered_at else None,
        solve_seconds=_seconds(solve),
        outcome=_outcome(solve, inherited.get(Promise.RESOLUTION)),
    )


_LEADS_TO = {
    AfterSilence.RESOLVE: Status.RESOLVED,
    AfterSilence.CLOSE: Status.CLOSED,
    AfterSilence.RETURN: Status.OPEN,
}


def _earliest(status: TargetStatus | None, inherited: InheritedTarget | None) -> datetime | None:
    own = status.computation.due if status and status.is_unmet else None
    other = inherited.due if inherited and inherited.is_running else None
    return min((each for each in (own, other) if each), default=None)


def _left(status: TargetStatus | None) -> int | None:
    if status is None or not status.is_unmet or not status.computation.is_paused:
        return None
    return int(status.computation.remaining.total_seconds())


def _seconds(status: TargetStatus | None) -> int | None:
    return int(status.computation.elapsed.total_seconds()) if status and status.met_at else None


def _outcome(status: TargetStatus | None, inherited: InheritedTarget | None) -> str | None:
    late = [status.is_late] if status and status.met_at else []
    late += [inherited.is_late(inherited.met_at)] if inherited and inherited.met_at else []
    return ("late" if any(late) else "on_time") if late else None

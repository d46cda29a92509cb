"""What was promised about a ticket's time, what time itself will do to it, and the account of both.

A pure function of what happened and of the terms that hold now: nothing is counted up along the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web.business_time import clocks
from web.business_time.calendars import Calendar
from web.business_time.clocks import Pause, Reckoning
from web.business_time.durations import Duration, Unit
from web.tickets.life.moves import Status, Wait
from web.tickets.life.timeline import History
from web.tickets.life.workflows import AfterSilence, Timers


class Promise(StrEnum):
    """What a target speaks of."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


class Timer(StrEnum):
    """What can fall due."""

    SILENCE_WARNING = "silence_warning"
    SILENCE = "silence"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    IDLE = "idle"
    DUE_SOON = "due_soon"
    BREACH = "breach"


@dataclass(frozen=True)
class Target:
    """So much time for one promise, on one calendar."""

    promise: Promise
    duration: Duration
    calendar: Calendar
    pauses_for_team: bool = False
    """Waiting for another team stops the clock as well."""
    warns_at: int = 75
    """Percent of the time after which it is said to run out soon."""


@dataclass(frozen=True)
class Terms:
    """By what a ticket's time is judged at this moment."""

    timers: Timers
    calendar: Calendar
    """Of its team: what the timers of its workflow count on."""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Account:
    """One promise: how its time ran, and whether it was kept."""

    target: Target
    reckoning: Reckoning
    met_at: datetime | None
    soon_at: datetime | None
    is_late: bool
    """Met after it was due, or due and not met at the instant asked about."""


@dataclass(frozen=True)
class Inherited:
    """The earliest promise of its kind that tickets merged into this one left unmet."""

    promise: Promise
    due: datetime
    met_at: datetime | None
    is_paused: bool

    @property
    def is_running(self) -> bool:
        return self.met_at is None and not self.is_paused

    def is_late(self, now: datetime) -> bool:
        return self.due < self.met_at if self.met_at else not self.is_paused and self.due < now


@dataclass(frozen=True, order=True)
class Alarm:
    """A timer and when it rings; `promise` where it speaks of one, `then` where it moves the ticket."""

    due: datetime
    timer: Timer
    promise: Promise | None = None
    then: AfterSilence | None = None

    @property
    def name(self) -> str:
        return f"{self.timer}:{self.promise}" if self.promise else str(self.timer)


@dataclass(frozen=True)
class Lapse:
    """What time does by itself, when, and how that instant came about; a date somebody chose has no reckoning."""

    timer: Timer
    at: datetime
    then: AfterSilence
    reckoning: Reckoning | None = None


@dataclass(frozen=True)
class Outlook:
    """What the columns of a ticket keep for lists and for the worker."""

    wakes_at: datetime | None
    lapses_at: datetime | None
    """When time moves it by itself, unless somebody does before."""
    lapses_to: str | None
    """The status it has then."""
    answer_due: datetime | None
    solve_due: datetime | None
    solve_left: int | None
    """Seconds of counted time left while the clock of the resolution stands still."""
    due_at: datetime | None
    """The earliest promise that is neither met nor paused."""
    soon_at: datetime | None
    answer_seconds: int | None
    solve_seconds: int | None
    outcome: str | None
    """`on_time` or `late`, of a solved ticket that was promised anything; final once it is closed."""


def outlook(history: History, terms: Terms) -> Outlook:
    """Everything that follows for a ticket from what happened to it."""
    accounts = {each.target.promise: each for each in accounts_of(history, terms, now=history.last_at)}
    answer, solve = accounts.get(Promise.FIRST_RESPONSE), accounts.get(Promise.RESOLUTION)
    inherited = {each.promise: each for each in inherited_of(history)}
    unmet = [each for each in accounts.values() if each.reckoning.due and not each.met_at]
    running = [(each.reckoning.due, each.soon_at) for each in unmet]
    running += [(each.due, each.due) for each in inherited.values() if each.is_running]
    running.sort()
    ends = lapse(history, terms)
    return Outlook(
        wakes_at=min((each.due for each in alarms(history, terms)), default=None),
        lapses_at=ends.at if ends else None,
        lapses_to=_LEADS_TO[ends.then] if ends else None,
        answer_due=_earliest(answer, inherited.get(Promise.FIRST_RESPONSE)),
        solve_due=_earliest(solve, inherited.get(Promise.RESOLUTION)),
        solve_left=_left(solve),
        due_at=running[0][0] if running else None,
        soon_at=running[0][1] if running else None,
        answer_seconds=_seconds(answer) if history.answered_at else None,
        solve_seconds=_seconds(solve),
        outcome=_outcome(solve, inherited.get(Promise.RESOLUTION)),
    )


def accounts_of(history: History, terms: Terms, *, now: datetime) -> list[Account]:
    """The promises that were made about the ticket, each with its whole reckoning."""
    start = history.queued_at
    if start is None:
        return []
    return [_account(target, history, start, now) for target in terms.targets]


def inherited_of(history: History) -> list[Inherited]:
    """What the ticket has to keep for those merged into it, the first due of each kind."""
    earliest: dict[Promise, Inherited] = {}
    for name, due in sorted(history.inherited, key=lambda each: each[1], reverse=True):
        promise = Promise(name)
        met_at = history.answered_at if promise is Promise.FIRST_RESPONSE else None
        is_paused = history.now.wait == Wait.REQUESTER or history.now.status == Status.APPROVAL
        earliest[promise] = Inherited(promise, due, met_at or history.solved_at, is_paused)
    return list(earliest.values())


def alarms(history: History, terms: Terms) -> Iterator[Alarm]:
    """What is still to ring, in no order."""
    of_now = (*_of_the_stretch(history, terms), *_of_idleness(history, terms))
    yield from (alarm for alarm in of_now if _is_fresh(alarm, history))
    if history.now.status in OPEN:
        yield from (alarm for alarm in _of_promises(history, terms) if _is_fresh(alarm, history))


def lapse(history: History, terms: Terms, *, now: datetime | None = None) -> Lapse | None:
    """What time does to the ticket as it stands, unless somebody acts before."""
    here = history.now
    if here.status == Status.WAITING and here.wait == Wait.UNTIL:
        return Lapse(Timer.FOLLOW_UP, datetime.fromisoformat(here.data["until"]), AfterSilence.RETURN)
    if here.status == Status.RESOLVED and history.solved_at:
        return _counted(Timer.CLOSING, history.solved_at, terms.timers.closing, AfterSilence.CLOSE, terms, now)
    if here.status == Status.WAITING and here.wait == Wait.REQUESTER:
        duration, then = _silence(history, terms)
        return _counted(Timer.SILENCE, here.since, duration, then, terms, now)
    return None


def _counted(
    timer: Timer, start: datetime, duration: Duration | None, then: AfterSilence, terms: Terms, now: datetime | None
) -> Lapse | None:
    if duration is None:
        return None
    reckoning = clocks.reckon(start, duration, terms.calendar, now=now or start)
    assert reckoning.due is not None  # nothing pauses it
    return Lapse(timer, reckoning.due, then, reckoning)


OPEN = (Status.NEW, Status.OPEN, Status.WAITING)
_LEADS_TO = {
    AfterSilence.RESOLVE: Status.RESOLVED,
    AfterSilence.CLOSE: Status.CLOSED,
    AfterSilence.RETURN: Status.OPEN,
}


def _account(target: Target, history: History, start: datetime, now: datetime) -> Account:
    met_at = history.answered_at if target.promise is Promise.FIRST_RESPONSE else None
    met_at = met_at or history.solved_at
    pauses = [each for each in _pauses(target, history) if met_at is None or each[0] < met_at]
    reckoning = clocks.reckon(start, target.duration, target.calendar, pauses, now=met_at or now)
    return Account(
        target=target,
        reckoning=reckoning,
        met_at=met_at,
        soon_at=_soon(target, start, pauses, reckoning),
        is_late=reckoning.due is not None and reckoning.due < (met_at or now),
    )


def _pauses(target: Target, history: History) -> list[Pause]:
    waits = [Wait.REQUESTER, *([Wait.TEAM] if target.pauses_for_team else [])]
    return history.pauses(*waits)


def _soon(target: Target, start: datetime, pauses: list[Pause], reckoning: Reckoning) -> datetime | None:
    """When so much of the time has run that it deserves attention."""
    if reckoning.due is None:
        return None
    share = reckoning.whole * target.warns_at / 100
    return clocks.after(start, share, target.duration, target.calendar, pauses)


def _of_the_stretch(history: History, terms: Terms) -> Iterator[Alarm]:
    ends = lapse(history, terms)
    if ends is None:
        return
    yield Alarm(ends.at, ends.timer, then=ends.then)
    warned = terms.timers.silence_warning
    if ends.timer is Timer.SILENCE and ends.reckoning and warned and not history.now.data.get("days"):
        ahead = max(ends.reckoning.whole - timedelta(hours=warned.amount), timedelta(0))
        at = clocks.after(ends.reckoning.start, ahead, warned, terms.calendar)
        yield Alarm(at or ends.at, Timer.SILENCE_WARNING)


def _of_idleness(history: History, terms: Terms) -> Iterator[Alarm]:
    """Whoever holds open work and does nothing for so long gives it back to the queue."""
    idle = terms.timers.idle
    if idle is not None and history.held_since is not None and history.now.status == Status.OPEN:
        start = max(history.held_since, history.now.since)
        reckoning = clocks.reckon(start, idle, terms.calendar, now=start)
        assert reckoning.due is not None  # nothing pauses it
        yield Alarm(reckoning.due, Timer.IDLE)


def _silence(history: History, terms: Terms) -> tuple[Duration | None, AfterSilence]:
    """As long as whoever asked said, or the workflow's."""
    asked = history.now.data
    if days := asked.get("days"):
        return Duration(days, Unit.BUSINESS_DAYS), AfterSilence.CLOSE if asked.get("closes") else AfterSilence.RETURN
    return terms.timers.silence, terms.timers.silence_then


def _of_promises(history: History, terms: Terms) -> Iterator[Alarm]:
    """Of two promises of a kind the earlier one is the one to break."""
    running = {each.promise: each.due for each in inherited_of(history) if each.is_running}
    for account in accounts_of(history, terms, now=history.last_at):
        due, promise = account.reckoning.due, account.target.promise
        if due is not None and due <= running.get(promise, due):
            running.pop(promise, None)
            yield from _of_a_promise(account)
    yield from (Alarm(due, Timer.BREACH, promise) for promise, due in running.items())


def _of_a_promise(account: Account) -> Iterator[Alarm]:
    if account.met_at is not None or account.reckoning.due is None:
        return
    promise, due = account.target.promise, account.reckoning.due
    if account.soon_at is not None and account.soon_at < due:
        yield Alarm(account.soon_at, Timer.DUE_SOON, promise)
    yield Alarm(due, Timer.BREACH, promise)


def _is_fresh(alarm: Alarm, history: History) -> bool:
    return (alarm.name, alarm.due.isoformat()) not in history.rung


def _earliest(account: Account | None, inherited: Inherited | None) -> datetime | None:
    own = account.reckoning.due if account and not account.met_at else None
    other = inherited.due if inherited and inherited.is_running else None
    return min((each for each in (own, other) if each), default=None)


def _left(account: Account | None) -> int | None:
    if account is None or account.met_at or not account.reckoning.is_paused:
        return None
    return int(account.reckoning.remaining.total_seconds())


def _seconds(account: Account | None) -> int | None:
    return int(account.reckoning.elapsed.total_seconds()) if account and account.met_at else None


def _outcome(account: Account | None, inherited: Inherited | None) -> str | None:
    late = [account.is_late] if account and account.met_at else []
    late += [inherited.is_late(inherited.met_at)] if inherited and inherited.met_at else []
    if not late:
        return None
    return "late" if any(late) else "on_time"

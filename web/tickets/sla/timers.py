"""What falls due on a ticket, and when time moves it by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web.business_time import clocks
from web.business_time.clocks import Reckoning
from web.business_time.durations import Duration, Unit
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import History
from web.tickets.life.workflows import AfterSilence
from web.tickets.sla.targets import Account, Promise, Terms, accounts_of, inherited_of


class Timer(StrEnum):
    """What can fall due."""

    SILENCE_WARNING = "silence_warning"
    SILENCE = "silence"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    IDLE = "idle"
    DUE_SOON = "due_soon"
    BREACH = "breach"


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

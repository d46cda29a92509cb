"""What was promised about a ticket's time, what time itself will do to it, and the account of both.

A pure function of what happened and of the terms that hold now: nothing is counted up along the way.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from web.business_time import clocks
from web.business_time.calendars import Calendar
from web.business_time.clocks import Pause, Reckoning
from web.business_time.durations import Duration
from web.tickets.life.states import Status, Wait
from web.tickets.life.timeline import History
from web.tickets.life.workflows import Timers


class Promise(StrEnum):
    """What a target speaks of."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"


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

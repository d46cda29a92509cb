"""Fires the timers that are due: each once and in order, with any number of workers."""

import logging
import random
from datetime import datetime, timedelta
from typing import NamedTuple

from web.database import dialect, execute, fetch_column, transaction
from web.people.permissions import SYSTEM
from web.tickets.life.consequences import Change
from web.tickets.life.moves import BREACH, CLOSING, DUE_SOON, RELEASE, REMINDER, RESUMPTION, SOLUTION, Move
from web.tickets.life.states import Resolution, Status
from web.tickets.life.workflows import AfterSilence
from web.tickets.record import transition
from web.tickets.sla import stored_deadlines, timers
from web.tickets.sla.timers import DueTimer, Timer

WINDOW, SHARE = 400, 50
"""A worker takes `SHARE` of the first `WINDOW` due tickets at a time, so that workers seldom meet at one ticket."""
LATER = timedelta(minutes=10)
"""How long a ticket that failed waits before it is retried."""

log = logging.getLogger("guiche.timers")


class Due(NamedTuple):
    """A ticket with a due timer."""

    number: int


async def run_due(at: datetime) -> int:
    """Fires all timers that are due. Returns how many this worker fired. It is safe in any number of workers."""
    rung, sought = 0, f"SELECT id FROM ticket WHERE wakes_at <= {{}} ORDER BY wakes_at LIMIT {WINDOW}"
    while due := await fetch_column(int, sought, at):
        for number in random.sample(due, min(SHARE, len(due))):
            rung += await _wake(number, at)
        if len(due) <= SHARE:
            break
    return rung


async def _wake(number: int, at: datetime) -> int:
    try:
        async with transaction():
            return await run_due_of(number, at)
    except Exception:
        log.exception("ticket %s could not be woken", number)
        await execute("UPDATE ticket SET wakes_at = {} WHERE id = {}", at + LATER, number)
        return 0


async def run_due_of(number: int, at: datetime) -> int:
    """Fires the due timers of a ticket, the earliest first, each dated by its own instant. Needs a transaction."""
    ticket, rung = Due(number), 0
    while await _is_due(ticket.number, at):
        timeline, policy, _ = await stored_deadlines.load(ticket.number)
        due_timer = min(timers.due_timers(timeline, policy), default=None) if timeline else None
        if timeline is None or due_timer is None or due_timer.due > at:
            await transition.refresh_due_dates(ticket.number, why="calendar", at=at)
            break
        await _obey(due_timer, ticket, at=max(due_timer.due, timeline.last_at))
        rung += 1
    return rung


async def _is_due(number: int, at: datetime) -> bool:
    """Locks the ticket, unless another worker holds it. Returns whether it is still due."""
    mine = dialect(sqlite="", postgres=" FOR NO KEY UPDATE SKIP LOCKED")
    return bool(await fetch_column(int, "SELECT id FROM ticket WHERE id = {} AND wakes_at <= {}" + mine, number, at))


async def _obey(due_timer: DueTimer, ticket: Due, *, at: datetime) -> None:
    move, to, resolution = move_of(due_timer)
    change, told = Change(resolution=resolution), told_of(due_timer)
    key = f"{ticket.number}:{due_timer.name}:{due_timer.due.timestamp():.0f}"
    await transition.apply(move, ticket, to=to, change=change, data=told, by=SYSTEM, at=at, key=key)


def told_of(due_timer: DueTimer) -> dict[str, str]:
    """The data of the event that a timer's move records."""
    told = {"timer": due_timer.name, "due": due_timer.due.isoformat()}
    if due_timer.promise:
        told["promise"] = due_timer.promise
    _, _, resolution = move_of(due_timer)
    return told | ({"method": resolution} if resolution else {})


def move_of(due_timer: DueTimer) -> tuple[Move, Status | None, Resolution | None]:
    """The move of a timer, its target, and the resolution if it ends the ticket."""
    match due_timer.timer, due_timer.then:
        case _, AfterSilence.RESOLVE:
            return SOLUTION, Status.RESOLVED, Resolution.NO_ANSWER
        case Timer.SILENCE, AfterSilence.CLOSE:
            return CLOSING, Status.CLOSED, Resolution.NO_ANSWER
        case ((Timer.SILENCE | Timer.FOLLOW_UP), _):
            return RESUMPTION, Status.OPEN, None
        case Timer.CLOSING, _:
            return CLOSING, Status.CLOSED, None
        case Timer.IDLE, _:
            return RELEASE, Status.OPEN, None
    return _NOTED[due_timer.timer], None, None


_NOTED = {
    Timer.SILENCE_WARNING: REMINDER,
    Timer.DUE_SOON: DUE_SOON,
    Timer.BREACH: BREACH,
}

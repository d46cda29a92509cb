"""Changes of the settings of time: looked at before they are made; open tickets they touch are reckoned anew."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from web.business_time.calendars import Run
from web.database import Row, execute, fetch, rehearsal, transaction
from web.errors import NotPermitted
from web.people.permissions import Actor
from web.tickets.pagination import COUNTED
from web.tickets.sla import due_dates, settings_queries
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.visibility import visible_to

Change = Callable[[datetime], Awaitable[str]]
"""Changes rows within a transaction, and says as a condition on `ticket` whose time may run differently after it."""

SHOWN = 50
"""Tickets whose deadlines are compared."""

DEADLINES = {"answer_due": ("answer_due",), "solve_due": ("solve_due", "solve_left"), "lapses_at": ("lapses_at",)}
"""The columns by which each may be told to move: while it is paused, only what is left of it does."""

RUNNING = "ticket.status IN ('approval', 'new', 'open', 'waiting', 'resolved')"
"""What is resolved is still to be closed by time."""


@dataclass(frozen=True)
class DeadlineShift:
    """A ticket's deadlines as they are and as a change would leave them."""

    number: int
    title: str
    old: Deadlines
    new: Deadlines

    @property
    def moved(self) -> list[str]:
        return [name for name, parts in DEADLINES.items() if any(map(self._differs, parts))]

    def _differs(self, column: str) -> bool:
        return bool(getattr(self.old, column) != getattr(self.new, column))


@dataclass(frozen=True)
class ChangedDates:
    """The dates that a change is about, both included: on one calendar, or for an organization on all of them."""

    first: date
    last: date
    calendar: int | None
    organization: int | None


@dataclass(frozen=True)
class Impact:
    """What a change would do: how many open tickets it touches (None past `COUNTED`), and the most urgent of them.

    `dates` are the dates it is about as they would hold, by the name of the calendar.
    """

    touched: int | None
    shifts: list[DeadlineShift]
    dates: dict[str, list[Run]]


async def preview(change: Change, *, about: ChangedDates | None = None, by: Actor, at: datetime) -> Impact:
    """Makes the change, looks, and takes it back."""
    _check_lead(by)
    async with rehearsal():
        touched = f"FROM ticket WHERE {RUNNING} AND ({await change(at)}) AND {visible_to(by).text}"
        counted = await fetch(f"SELECT count(*) AS n FROM (SELECT 1 AS one {touched} LIMIT {COUNTED + 1}) counted")
        first = await fetch(f"SELECT id, title {touched} ORDER BY wakes_at IS NULL, wakes_at, id LIMIT {SHOWN}")
        shifts = [shift for row in first if (shift := await _shift(row))]
        dates = await _as_they_hold(about) if about else {}
    number = int(counted[0]["n"])
    return Impact(number if number <= COUNTED else None, shifts, dates)


async def apply_change(change: Change, *, by: Actor, at: datetime) -> None:
    """Makes the change and has the worker reckon every open ticket that it touches."""
    _check_lead(by)
    async with transaction():
        touched = await change(at)
        await execute(f"UPDATE ticket SET wakes_at = {{}} WHERE {RUNNING} AND ({touched})", at)


def _check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("settings")


async def _as_they_hold(about: ChangedDates) -> dict[str, list[Run]]:
    drawn = await settings_queries.calendars_by_id(about.organization)
    chosen = [drawn[about.calendar]] if about.calendar else drawn.values()
    return {each.name: list(each.runs(about.first, about.last)) for each in chosen}


async def _shift(row: Row) -> DeadlineShift | None:
    life, policy, kept = await due_dates.load(row["id"])
    return DeadlineShift(row["id"], row["title"], kept, deadlines_of(life, policy)) if life else None

"""Changes of SLA settings: a preview, and the change itself, after which open tickets are recalculated."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from web.business_time.calendars import Run
from web.database import execute, fetch_as, fetch_column, rehearsal, within
from web.errors import NotPermitted
from web.people.permissions import Actor
from web.sql import Condition, bounded_count
from web.tickets.pagination import COUNTED
from web.tickets.sla import settings_queries, stored_deadlines
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.visibility import visible_to


class Change(Protocol):
    """Changes rows within a transaction. Returns a condition for the tickets whose clocks may run differently."""

    async def __call__(self, *, by: Actor, at: datetime) -> Condition: ...


SHOWN = 50
"""How many tickets' deadlines are compared."""

DEADLINES = {"answer_due": ("answer_due",), "solve_due": ("solve_due", "solve_left"), "lapses_at": ("lapses_at",)}
"""The columns that show whether a deadline moves. While the clock is paused, only the time left changes."""

RUNNING = Condition("ticket.status IN ('approval', 'new', 'open', 'waiting', 'resolved')")
"""The condition for tickets with a running clock. Resolved ones are included, because time still closes them."""


@dataclass(frozen=True)
class TitledTicket:
    """A ticket by number and title."""

    id: int
    title: str


@dataclass(frozen=True)
class DeadlineShift:
    """A ticket's deadlines before and after a change."""

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
    """The dates that a change is about, first and last included: on one calendar, or of an organization on all."""

    first: date
    last: date
    calendar: int | None
    organization: int | None


@dataclass(frozen=True)
class Impact:
    """The effect of a change: how many open tickets it affects (None past `COUNTED`), and the most urgent of them.

    `dates` shows the dates that the change is about, as they would be after it, by the name of the calendar.
    """

    touched: int | None
    shifts: list[DeadlineShift]
    dates: dict[str, list[Run]]


async def preview(change: Change, *, about: ChangedDates | None = None, by: Actor, at: datetime) -> Impact:
    """Makes the change in a transaction that is rolled back, and compares the deadlines before and after."""
    _check_lead(by)
    async with rehearsal():
        touched = RUNNING & await change(by=by, at=at) & visible_to(by)
        [number] = await fetch_column(int, _COUNT, touched)
        first = await fetch_as(TitledTicket, _MOST_URGENT, touched)
        shifts = [shift for ticket in first if (shift := await _shift(ticket))]
        dates = await _as_they_hold(about) if about else {}
    return Impact(number if number <= COUNTED else None, shifts, dates)


_COUNT = f"SELECT {bounded_count('ticket WHERE {}', COUNTED)} AS n"
_MOST_URGENT = f"SELECT id, title FROM ticket WHERE {{}} ORDER BY wakes_at IS NULL, wakes_at, id LIMIT {SHOWN}"


async def apply_change(change: Change, *, by: Actor, at: datetime) -> None:
    """Makes the change, and schedules the worker to recalculate every open ticket that it affects."""
    _check_lead(by)
    async with within():
        await execute("UPDATE ticket SET wakes_at = {} WHERE {}", at, RUNNING & await change(by=by, at=at))


def _check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("settings")


async def _as_they_hold(about: ChangedDates) -> dict[str, list[Run]]:
    drawn = await settings_queries.calendars_by_id(about.organization)
    chosen = [drawn[about.calendar]] if about.calendar else drawn.values()
    return {each.name: list(each.runs(about.first, about.last)) for each in chosen}


async def _shift(ticket: TitledTicket) -> DeadlineShift | None:
    life, policy, kept = await stored_deadlines.load(ticket.id)
    return DeadlineShift(ticket.id, ticket.title, kept, deadlines_of(life, policy)) if life else None

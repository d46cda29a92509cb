"""One page at a time along indexes, with counts that stop at a bound."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, Protocol, Self, TypeVar

from web.database import dialect
from web.sql import NEVER, Condition, Fragment, joined, literal, literals
from web.tickets.life.states import Status, Wait

PAGE = 25


COUNTED = 1000
"""Counts stop here, and the page says that there are more."""


Place = tuple[datetime, int] | int
"""Where a page begins: after the row of this instant and number, or so many rows down the results of a search."""


@dataclass(frozen=True)
class Order:
    """A sort key and its direction. Ties are broken by the number."""

    key: str
    way: str = "ASC"

    def __str__(self) -> str:
        return f"{self.key} {self.way}, ticket.id {self.way}"

    @property
    def backwards(self) -> Self:
        return replace(self, way="ASC" if self.way == "DESC" else "DESC")


LATEST_FIRST = Order("ticket.updated_at", "DESC")
"""The latest activity first."""


class Counted(Protocol):
    """A row that carries the count of all pages."""

    @property
    def total(self) -> int: ...


R = TypeVar("R", bound=Counted)


@dataclass(frozen=True)
class Listing(Generic[R]):
    """One page of tickets; `total` is None past `bound`."""

    rows: list[R]
    total: int | None
    next: Place | None
    bound: int = COUNTED
    is_cut: bool = False
    """Whether the listing ends here although more tickets match."""
    previous: Place | None = None
    """Where the previous page ends."""


def listing(rows: list[R], *, place: Callable[[R], Place]) -> Listing[R]:
    """Builds the page from these rows, one more than it shows if another page follows."""
    total = rows[0].total if rows else 0
    return Listing(
        rows=rows[:PAGE],
        total=total if total <= COUNTED else None,
        next=place(rows[PAGE - 1]) if len(rows) > PAGE else None,
    )


def newest_of(walks: list[Condition], narrowed: Condition, order: str) -> Fragment:
    """A page's worth of rows from each index scan, for the outer query to merge; no scan reads more than a page."""
    return walks[0] & narrowed if len(walks) == 1 else newest_ids(walks, narrowed, order)


def newest_ids(walks: list[Condition], narrowed: Condition, order: str, *, limit: int = PAGE + 1) -> Fragment:
    """Like `newest_of` but only ids, so that no other column is read for tickets that are not shown."""
    newest = f"SELECT id FROM (SELECT ticket.id FROM ticket WHERE {{}} ORDER BY {order} LIMIT {limit}) walk"
    merged = joined(" UNION ALL ", (Fragment(newest, (walk & narrowed,)) for walk in walks))
    return among(merged) if walks else NEVER


def among(numbers: Fragment) -> Fragment:
    """The tickets of these numbers. PostgreSQL selects them once, even where it expects its tables to be nearly empty.

    With IN it then selects them again for each ticket: among 1,000 new tickets, whose number nobody has counted yet,
    a sorted list took 30 seconds.
    """
    return Fragment(dialect(sqlite="ticket.id IN ({})", postgres="ticket.id = ANY(ARRAY({}))"), (numbers,))


def count_of(walks: list[Condition], narrowed: Condition, *, apart: bool = False, bound: int | None = None) -> Fragment:
    """Counts the tickets of all index scans together, up to `bound` (`COUNTED`) + 1.

    `apart` means that no ticket is in two of them, so that a scan can be skipped once those before reach the bound.
    """
    if not walks:
        return Fragment("0")
    limit = f"LIMIT {(COUNTED if bound is None else bound) + 1}"
    some = [Fragment(f"SELECT ticket.id FROM ticket WHERE {{}} {limit}", (walk & narrowed,)) for walk in walks]
    if len(some) == 1:
        return Fragment("(SELECT count(*) FROM ({}) counted)", (some[0],))
    each = (Fragment("SELECT id FROM ({}) walk", (walk,)) for walk in some)
    together = joined(f" UNION {'ALL ' if apart else ''}", each)
    return Fragment(f"(SELECT count(*) FROM (SELECT 1 FROM ({{}}) u {limit}) counted)", (together,))


@dataclass(frozen=True)
class Count:
    """One of several counts, by its index among them."""

    place: int
    number: int


def each_count(counts: Iterable[Fragment]) -> Fragment:
    """One row for each of these counts, in their order."""
    rows = (Fragment(f"SELECT {place} AS place, {{}} AS number", (count,)) for place, count in enumerate(counts))
    return Fragment("{} ORDER BY place", (joined(" UNION ALL ", rows),))


def each_state(states: frozenset[str]) -> list[str]:
    """One condition for each status, so that each can walk an index of its own."""
    plain = sorted(frozenset(Status).intersection(states) - {Status.WAITING, Status.OPEN})
    return [*(f"ticket.status = {literal(status)}" for status in plain), *_waiting(states), *_open(states)]


def _waiting(states: frozenset[str]) -> list[str]:
    waits = [wait for wait in sorted(Wait) if f"waiting_{wait}" in states]
    if len(waits) == len(Wait):
        return ["ticket.status = 'waiting'"]
    return [f"ticket.status = 'waiting' AND ticket.wait IN ({literals(waits)})"] if waits else []


def _open(states: frozenset[str]) -> list[str]:
    if {"open", "unassigned"} <= states:
        return ["ticket.status = 'open'"]
    if "open" in states:
        return ["ticket.status = 'open' AND ticket.assignee IS NOT NULL"]
    return ["ticket.status = 'open' AND ticket.assignee IS NULL"] if "unassigned" in states else []


def statuses_of(states: frozenset[str]) -> frozenset[Status]:
    """The statuses behind states: `unassigned` is open, `waiting_team` waiting."""
    return frozenset(Status(state.partition("_")[0].replace("unassigned", "open")) for state in states)


def are_whole(states: frozenset[str]) -> bool:
    """Whether the statuses behind states have no others: `waiting_team` is only a part of waiting."""
    return not any(" AND " in each for each in each_state(states))

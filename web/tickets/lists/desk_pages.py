"""Selects the tickets of a page of a desk list: forwards and backwards along an index, or sorted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from web.people.permissions import Actor
from web.sql import Condition, Fragment
from web.tickets.lists import search
from web.tickets.lists.desk_views import ORDERED_BY, VIEWS, DeskFilter, IndexScans, narrowed_by
from web.tickets.lists.ordering import MOST_SORTED, sorted_by, walked
from web.tickets.pagination import PAGE, Counted, Listing, Order, Place, among, listing, newest_ids


class Moved(Counted, Protocol):
    """A ticket in a list."""

    @property
    def id(self) -> int: ...

    @property
    def updated_at(self) -> datetime: ...


M = TypeVar("M", bound=Moved)


def numbers_in_order(sought: DeskFilter, by: Actor, *, limit: int) -> Fragment:
    """A statement that selects the first `limit` numbers, for bulk actions; `looked_up` must precede it."""
    return _in_order(sought, VIEWS[sought.view].scans(sought, by), walked(sought), narrowed_by(sought), limit)


def _in_order(sought: DeskFilter, walks: IndexScans, order: Order, narrowed: Condition, limit: int) -> Fragment:
    newest = newest_ids(walks, narrowed, str(order), limit=limit)
    numbers = Fragment(f"SELECT ticket.id FROM ticket WHERE {{}} ORDER BY {order} LIMIT {limit}", (newest,))
    if chosen := sorted_by(sought):
        return Fragment(f"SELECT ticket.id FROM ticket WHERE {{}} ORDER BY {chosen}", (among(numbers),))
    return numbers


def numbers_of_page(sought: DeskFilter, walks: IndexScans) -> Fragment:
    """Selects one number more than the page shows."""
    order, narrowed, start = walked(sought), narrowed_by(sought), search.start_of(sought.after)
    if sorted_by(sought):
        sorted_numbers = _in_order(sought, walks, order, narrowed, MOST_SORTED)
        return Fragment(f"{{}} LIMIT {PAGE + 1} OFFSET {start}", (sorted_numbers,))
    past = sought.before or sought.after
    order = order.backwards if sought.before else order
    if not isinstance(past, tuple):
        return _in_order(sought, walks, order, narrowed, PAGE + 1)
    onward = Condition(f"({order.key}, ticket.id) {'<' if order.way == 'DESC' else '>'} ({{}}, {{}})", past)
    return _in_order(sought, walks, order, narrowed & onward, PAGE + 1)


def page_of(rows: list[M], sought: DeskFilter) -> Listing[M]:
    """Builds the page from these rows, one more than it shows, which tells whether another page follows or precedes."""
    start = search.start_of(sought.after)
    if sorted_by(sought):
        return listing(rows, place=lambda row: start + PAGE)
    if sought.before:
        shown = listing(rows[::-1], place=_place_in(sought))
        return replace(shown, rows=shown.rows[::-1], next=_place_in(sought)(rows[-1]), previous=shown.next)
    shown = listing(rows, place=_place_in(sought))
    return replace(shown, previous=_place_in(sought)(rows[0])) if sought.after and rows else shown


def _place_in(sought: DeskFilter) -> Callable[[Moved], Place]:
    column = ORDERED_BY.get(sought.view, "updated_at")
    return lambda row: (getattr(row, column) or row.updated_at, row.id)

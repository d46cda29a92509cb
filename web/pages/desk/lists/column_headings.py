"""The table head of a desk list, whose columns link to the list sorted by them."""

from collections.abc import Sequence
from typing import NamedTuple

from web.pages.desk.lists.addresses import address, first_page
from web.pages.shell import render
from web.pages.words.tickets import desk_rows
from web.tickets.lists.desk_views import ORDERED_BY, DeskFilter
from web.tickets.lists.ordering import BY_COLUMN


class ColumnHeading(NamedTuple):
    """A column; without an address the list cannot be sorted by it."""

    name: str
    label: str
    href: str = ""
    sort: str = ""
    """The sort direction as `aria-sort`."""


def heads(chosen: DeskFilter, columns: Sequence[str]) -> list[ColumnHeading]:
    labels = {"title": desk_rows.TITLE, **desk_rows.columns_of(chosen.category)}
    unsorted = address(first_page(chosen, sort="newest"))
    return [_head(name, labels.get(name, name), chosen, unsorted) for name in ("title", *columns)]


def _head(name: str, label: str, chosen: DeskFilter, unsorted: str) -> ColumnHeading:
    ways = _ways(name, chosen.view)
    if not ways:
        return ColumnHeading(name, label)
    here = chosen.sort if chosen.sort in ways else ""
    wanted = next(sort for sort in ways if sort != here)
    href = unsorted if wanted == "newest" else render.with_query(unsorted, sort=wanted)
    return ColumnHeading(name, label, href, ways.get(here, ""))


def _ways(name: str, view: str) -> dict[str, str]:
    """The sort directions of a column; the first click uses the first."""
    natural = ORDERED_BY.get(view, "updated_at")
    if name == "updated":
        return {"newest": "descending", "oldest": "ascending"} if natural == "updated_at" else {}
    if name == "due" and natural == "due_at":
        return {"newest": "ascending", "-due": "descending"}
    return {name: "ascending", f"-{name}": "descending"} if name in BY_COLUMN else {}

"""The order of a desk list: along an index, or sorted by a column."""

from web.database import dialect
from web.tickets.lists.desk_views import ORDERED_BY, DeskFilter
from web.tickets.pagination import COUNTED, Order

MOST_SORTED = COUNTED
"""Of a longer list, only the first so many in its own order are sorted."""

BY_COLUMN = {
    "title": "COALESCE((SELECT title FROM ticket_search WHERE ticket_search.rowid = ticket.id), '')",
    "who": "(SELECT sort_name FROM person WHERE person.id = ticket.requester)",
    "status": "CASE ticket.status WHEN 'new' THEN 1 WHEN 'open' THEN 2 WHEN 'waiting' THEN 3 WHEN 'approval' THEN 4"
    " WHEN 'resolved' THEN 5 ELSE 6 END",
    "assignee": "COALESCE((SELECT sort_name FROM person WHERE person.id = ticket.assignee), '')",
    "due": "",
    "number": "ticket.id",
    "opened": "COALESCE(ticket.submitted_at, ticket.created_at)",
}
"""The expression of each column. Folded names and titles sort alike on both databases."""
SORTS = ("newest", "oldest", *BY_COLUMN, *(f"-{column}" for column in BY_COLUMN))
"""The sort keys as in the address; a minus sign before the column reverses the order."""


def walked(sought: DeskFilter) -> Order:
    """The order of an index: by the last change, or the list's own."""
    column = ORDERED_BY.get(sought.view)
    return Order(f"ticket.{column or 'updated_at'}", "ASC" if column or sought.sort == "oldest" else "DESC")


def sorted_by(sought: DeskFilter) -> Order | None:
    """The order of the chosen column; None where the list is scanned along an index."""
    column = sought.sort.removeprefix("-")
    if column not in BY_COLUMN:
        return None
    way = "DESC" if sought.sort.startswith("-") else "ASC"
    return Order(_due(way) if column == "due" else BY_COLUMN[column], way)


def order_of(sought: DeskFilter) -> Order:
    return sorted_by(sought) or walked(sought)


def _due(way: str) -> str:
    """Sorts tickets without a deadline last, in either direction."""
    first, last = dialect(sqlite=("", "9"), postgres=("-infinity", "infinity"))
    return f"COALESCE(ticket.due_at, '{last if way == 'ASC' else first}')"

"""In which order a list of the desk is shown: along an index, or sorted by a column as far as it was read."""

from web.database import dialect
from web.tickets.lists.desk_views import ORDERED_BY, DeskFilter
from web.tickets.pagination import COUNTED, Order

MOST_SORTED = COUNTED
"""Of a longer list, so many are sorted: the first ones in its own order."""

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
"""What a column sorts by. Folded names and titles stand in one order over both databases."""
SORTS = ("newest", "oldest", *BY_COLUMN, *(f"-{column}" for column in BY_COLUMN))
"""As in the address; a sign before the column turns it round."""


def walked(sought: DeskFilter) -> Order:
    """The order that an index has: of what moved last, or the list's own."""
    column = ORDERED_BY.get(sought.view)
    return Order(f"ticket.{column or 'updated_at'}", "ASC" if column or sought.sort == "oldest" else "DESC")


def sorted_by(sought: DeskFilter) -> Order | None:
    """The order of the column that somebody chose; None where the list is walked."""
    column = sought.sort.removeprefix("-")
    if column not in BY_COLUMN:
        return None
    way = "DESC" if sought.sort.startswith("-") else "ASC"
    return Order(_due(way) if column == "due" else BY_COLUMN[column], way)


def order_of(sought: DeskFilter) -> Order:
    return sorted_by(sought) or walked(sought)


def _due(way: str) -> str:
    """Tickets without a deadline come last, either way."""
    first, last = dialect(sqlite=("", "9"), postgres=("-infinity", "infinity"))
    return f"COALESCE(ticket.due_at, '{last if way == 'ASC' else first}')"

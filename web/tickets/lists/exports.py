"""Exports a whole list to a file: filtered and sorted like the list, bounded, and read in batches."""

from dataclasses import dataclass
from datetime import datetime

from anyio import Lock

from web.database import fetch_as, fetch_column, unhurried
from web.people.accounts import TOLD_APART
from web.people.permissions import Actor
from web.sql import Fragment, literals
from web.tickets.fields.values import of_ticket_in_sql
from web.tickets.lists import desk, portal, search
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.portal import Filter
from web.tickets.pagination import newest_ids
from web.tickets.visibility import visible_to

MOST = 10_000
"""The most tickets in a file. A search exports as many as the list itself shows."""
_BATCH = 1_000
_turn = Lock()
"""A lock: exports run one at a time in each process."""


@dataclass(frozen=True)
class ExportedTicket:
    """A ticket as a row of a file."""

    id: int
    title: str
    status: str
    wait: str | None
    assignee: int | None
    workflow: str
    author: int
    requester: int
    organization: int | None
    approval_asked_by: int | None
    outcome: str | None
    resolution: str | None
    priority: str
    channel: str
    category: int | None
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    due_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    category_name: str | None
    topic_name: str | None
    team_name: str | None
    assignee_name: str | None
    requester_name: str
    organization_name: str | None
    field_values: str | None
    """Its field values as JSON."""


@dataclass(frozen=True)
class Export:
    """The tickets of a list, up to a bound."""

    rows: list[ExportedTicket]
    bound: int
    is_cut: bool
    """Whether the list has more tickets than the file."""


async def of_desk(sought: DeskFilter, *, by: Actor, at: datetime) -> Export:
    bound = search.MOST_FOUND if sought.is_search else MOST
    return await _export(desk.numbers_in_sql(sought, by=by, at=at, limit=bound + 1), by=by, bound=bound)


async def of_portal(chosen: Filter, *, by: Actor) -> Export:
    if chosen.words:
        found = search.results(
            portal.searched(chosen, by), order=portal.order_of(chosen), start=0, limit=search.MOST_FOUND + 1
        )
        numbers = Fragment("WITH {} SELECT id FROM page ORDER BY place", (found,))
        return await _export(numbers, by=by, bound=search.MOST_FOUND)
    order = portal.BY_ACTIVITY if chosen.sort == "updated" else portal.BY_NUMBER
    newest = newest_ids(portal.walks_of(chosen, by), portal.narrowed_by(chosen, by), order, limit=MOST + 1)
    numbers = Fragment(f"SELECT ticket.id FROM ticket WHERE {{}} ORDER BY {order} LIMIT {MOST + 1}", (newest,))
    return await _export(numbers, by=by, bound=MOST)


async def _export(statement: Fragment, *, by: Actor, bound: int) -> Export:
    """Reads the numbers first, so that a ticket that changes during the export is neither missed nor repeated."""
    async with _turn:
        with unhurried():
            numbers = await fetch_column(int, "{}", statement)
            batches = [numbers[start : start + _BATCH] for start in range(0, min(len(numbers), bound), _BATCH)]
            found = {row.id: row for batch in batches for row in await _read(batch, by)}
    rows = [found[number] for number in numbers[:bound] if number in found]
    return Export(rows, bound, is_cut=len(numbers) > bound)


async def _read(numbers: list[int], by: Actor) -> list[ExportedTicket]:
    names = desk.names_in_sql(TOLD_APART if by.is_agent else "name")
    sql = _ROWS.format(names=names, values=of_ticket_in_sql().text, numbers=literals(numbers))
    return await fetch_as(ExportedTicket, f"{sql} AND {{}}", visible_to(by))


_ROWS = """
SELECT ticket.id, ticket.title, ticket.status, ticket.wait, ticket.assignee, ticket.workflow, ticket.author,
       ticket.requester, ticket.organization, ticket.approval_asked_by, ticket.outcome, ticket.resolution,
       ticket.priority, ticket.channel, ticket.category, ticket.created_at, ticket.submitted_at, ticket.updated_at,
       ticket.due_at, ticket.resolved_at, ticket.closed_at,
       {names}, {values} AS field_values
FROM ticket WHERE ticket.id IN ({numbers})
"""

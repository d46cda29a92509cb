"""Lists of tickets and their counts: one page at a time, along indexes, whatever the size of the table."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as, json_list, unhurried
from web.people.permissions import Actor
from web.sql import literals
from web.tickets.life.status_filters import StatusFilter
from web.tickets.life.turns import may_approve_in
from web.tickets.lists import search
from web.tickets.lists.search import Search
from web.tickets.pagination import (
    LATEST_FIRST,
    PAGE,
    Count,
    Listing,
    Order,
    Place,
    count_of,
    each_count,
    each_state,
    listing,
    newest_of,
    statuses_of,
)
from web.tickets.visibility import visible_to


@dataclass(frozen=True)
class Filter:
    """The filter of a list, as in its address."""

    scope: str = "mine"
    status: StatusFilter | None = None
    priority: str = ""
    category: int | None = None
    person: int | None = None
    """The requester, where a scope shows other people's tickets."""
    words: str = ""
    sort: str = "updated"
    after: Place | None = None


@dataclass(frozen=True)
class ListedTicket:
    """A ticket as a row of a list."""

    id: int
    title: str
    status: str
    wait: str | None
    assignee: int | None
    workflow: str
    requester: int
    author: int
    organization: int | None
    approval_asked_by: int | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    lapses_at: datetime | None
    lapses_to: str | None
    answer_due: datetime | None
    solve_due: datetime | None
    due_at: datetime | None
    soon_at: datetime | None
    outcome: str | None
    resolution: str | None
    team_name: str | None
    assignee_name: str | None
    requester_name: str
    contact: int | None
    """The contact that it handles, if the reader may see it."""
    handling: int | None
    """The ticket that handles this contact."""
    total: int
    """How many tickets the list has."""


async def page(chosen: Filter, *, by: Actor) -> Listing[ListedTicket]:
    """A page of the tickets that a filter selects, by last activity (or number), newest first.

    Ids and codes are written into the text: binding values with Piccolo costs more here than the row that they find.
    """
    if chosen.words:
        return await _found(chosen, by=by)
    walks, narrowed = walks_of(chosen, by), narrowed_by(chosen, by)
    order = BY_ACTIVITY if chosen.sort == "updated" else BY_NUMBER
    onward, after = _onward(chosen)
    newest = newest_of(walks, narrowed + onward, order)
    listed = _listed(by, total=count_of(walks, narrowed), shown=newest, order=order, limit=PAGE + 1)
    rows = await fetch_as(ListedTicket, listed, *after * len(walks))
    return listing(rows, place=lambda row: (row.updated_at, row.id))


async def sees_number(number: int, scope: str, *, by: Actor) -> bool | None:
    """Whether other tickets of a scope mention the number in their texts; None when `by` sees no ticket with it."""
    return await search.sees_number(number, _walks(scope, None, by), by)


async def latest(by: Actor, *, limit: int = 5) -> list[ListedTicket]:
    """The person's own tickets with the latest activity."""
    newest = newest_of(_walks("mine", None, by), "", BY_ACTIVITY)
    listed = _listed(by, total="0", shown=newest, order=BY_ACTIVITY, limit=int(limit))
    return await fetch_as(ListedTicket, listed)


def colleagues_in_sql(by: Actor) -> str:
    """The other members of the organizations that `by` sees, by name and up to a bound, as a list in JSON."""
    return json_list(
        ("id", "name"),
        "SELECT DISTINCT person.id, person.name FROM membership JOIN person ON person.id = membership.person "
        f"WHERE membership.organization IN ({literals(by.sees) or 0}) AND membership.removed_at IS NULL "
        f"AND person.id <> {by.id} ORDER BY person.name, person.id LIMIT 200",
    )


async def counts(situations: list[Filter], *, by: Actor) -> list[int]:
    """How many tickets each filter selects; counts stop at `COUNTED` + 1."""
    counted = each_count(count_of(walks_of(each, by), narrowed_by(each, by)) for each in situations)
    return [each.number for each in await fetch_as(Count, counted)]


BY_ACTIVITY = "ticket.updated_at DESC, ticket.id DESC"
BY_NUMBER = "ticket.id DESC"


def order_of(chosen: Filter) -> Order:
    return LATEST_FIRST if chosen.sort == "updated" else Order("ticket.id", "DESC")


_LIST = """
SELECT ticket.id, ticket.title, ticket.status, ticket.wait, ticket.assignee, ticket.workflow, ticket.requester,
       ticket.author, ticket.organization, ticket.approval_asked_by, ticket.created_at, ticket.updated_at,
       ticket.resolved_at, ticket.closed_at, ticket.lapses_at, ticket.lapses_to, ticket.answer_due, ticket.solve_due,
       ticket.due_at, ticket.soon_at, ticket.outcome, ticket.resolution, team.name AS team_name,
       assignee.name AS assignee_name, requester.name AS requester_name,
       {contact} AS contact, {handling} AS handling, {total} AS total
FROM {source}
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
WHERE {shown} ORDER BY {order} LIMIT {limit}
"""


async def _found(chosen: Filter, *, by: Actor) -> Listing[ListedTicket]:
    start = search.start_of(chosen.after)
    order = order_of(chosen)
    found = search.results(searched(chosen, by), order=order, start=start)
    listed = _listed(
        by, total=search.HITS, source="page JOIN ticket ON ticket.id = page.id", order="page.place", limit=PAGE + 1
    )
    with unhurried():
        return search.listing(await fetch_as(ListedTicket, "WITH {}" + listed, found), start=start)


def searched(chosen: Filter, by: Actor) -> Search:
    """The search words of a filter, combined with its other conditions."""
    statuses = search.worth_asking(statuses_of(chosen.status.states)) if chosen.status else frozenset()
    return Search(chosen.words, walks_of(chosen, by), narrowed_by(chosen, by), by, statuses)


def _listed(by: Actor, *, total: str, source: str = "ticket", shown: str = "1 = 1", order: str, limit: int) -> str:
    partners = {"contact": _partner(by, "ticket", "other"), "handling": _partner(by, "other", "ticket")}
    return _LIST.format(**partners, total=total, source=source, shown=shown, order=order, limit=limit)


def _partner(by: Actor, mine: str, other: str) -> str:
    """The contact that a ticket handles, or the ticket that handles a contact, if the reader may see it."""
    return (
        f"(SELECT min(partner.id) FROM (SELECT ticket.id FROM ticket WHERE {visible_to(by).text}) partner "
        f"JOIN link ON link.{mine} = ticket.id AND link.{other} = partner.id AND link.kind = 'handling')"
    )


def walks_of(chosen: Filter, by: Actor) -> list[str]:
    return _walks(chosen.scope, chosen.status.states if chosen.status else None, by, person=chosen.person)


def _walks(scope: str, states: frozenset[str] | None, by: Actor, *, person: int | None = None) -> list[str]:
    """The tickets of a scope in some states, as conditions that each scan a single index from its start."""
    if scope == "all" and by.is_agent:
        sight = visible_to(by).text
        return [sight] if states is None else [f"{sight} AND {each}" for each in each_state(states)]
    if scope == "approvals" and by.approves:
        return [f"{may_approve_in(each, by)} AND ticket.status = 'approval'" for each in sorted(by.approves)]
    pieces = ["ticket.status <> 'draft'"] if states is None else each_state(states - {"draft"})
    walks = [f"{place} AND {each}" for place in _places(scope, by, person) for each in pieces]
    if scope == "mine" and (states is None or "draft" in states):
        walks.append(f"ticket.author = {by.id} AND ticket.status = 'draft'")
    return walks


def _places(scope: str, by: Actor, person: int | None) -> list[str]:
    """The conditions of a scope. A scope that `by` may not see falls back to their own tickets.

    Tickets of one person are scanned along their own index.
    """
    whose = f"ticket.requester = {int(person)} AND " + dialect(sqlite="+", postgres="") if person else ""
    organizations = [f"{whose}ticket.organization = {each}" for each in sorted(by.sees)]
    if scope == "organization" and organizations:
        return organizations
    if scope in ("copied", "around"):
        copied = f"ticket.id IN (SELECT ticket FROM participant WHERE person = {by.id})"
        others = [f"{each} AND ticket.requester <> {by.id}" for each in organizations]
        return [copied, *(others if scope == "around" else [])]
    return [f"ticket.requester = {by.id}"]


def narrowed_by(chosen: Filter, by: Actor) -> str:
    """The conditions of a filter.

    SQLite is kept from using another index than the scope's, which it wrongly prefers.
    """
    conditions, plus = "", "" if chosen.scope == "all" else dialect(sqlite="+", postgres="")
    if chosen.priority:
        conditions += f" AND {plus}ticket.priority IN ({literals([chosen.priority])})"
    if chosen.status is not None and chosen.status.is_mine:
        conditions += f" AND {plus}ticket.requester = {by.id}"
    if chosen.person is not None:
        conditions += f" AND {plus}ticket.requester = {int(chosen.person)}"
    if chosen.category is not None:
        conditions += f" AND {plus}ticket.category = {int(chosen.category)}"
    return conditions


def _onward(chosen: Filter) -> tuple[str, tuple[object, ...]]:
    """The condition that starts after the last row of the previous page."""
    if not isinstance(chosen.after, tuple):
        return "", ()
    if chosen.sort == "updated":
        return " AND (ticket.updated_at, ticket.id) < ({}, {})", chosen.after
    return " AND ticket.id < {}", chosen.after[1:]

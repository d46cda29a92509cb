"""Lists of tickets and their counts: one page at a time, along indexes, whatever the size of the table."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as, json_list, unhurried
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, Fragment, all_of, filled, values
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
    """A page of the tickets that a filter selects, by last activity (or number), newest first."""
    if chosen.words:
        return await _found(chosen, by=by)
    walks, narrowed = walks_of(chosen, by), narrowed_by(chosen, by)
    order = BY_ACTIVITY if chosen.sort == "updated" else BY_NUMBER
    newest = newest_of(walks, narrowed & _onward(chosen), order)
    listed = _listed(by, total=count_of(walks, narrowed), shown=newest, order=order, limit=PAGE + 1)
    rows = await fetch_as(ListedTicket, "{}", listed)
    return listing(rows, place=lambda row: (row.updated_at, row.id))


async def sees_number(number: int, scope: str, *, by: Actor) -> bool | None:
    """Whether other tickets of a scope mention the number in their texts; None when `by` sees no ticket with it."""
    return await search.sees_number(number, _walks(scope, None, by), by)


async def latest(by: Actor, *, limit: int = 5) -> list[ListedTicket]:
    """The person's own tickets with the latest activity."""
    newest = newest_of(_walks("mine", None, by), ALWAYS, BY_ACTIVITY)
    listed = _listed(by, total=Fragment("0"), shown=newest, order=BY_ACTIVITY, limit=int(limit))
    return await fetch_as(ListedTicket, "{}", listed)


def colleagues_in_sql(by: Actor) -> Fragment:
    """The other members of the organizations that `by` sees, by name and up to a bound, as a list in JSON."""
    listed = json_list(
        ("id", "name"),
        "SELECT DISTINCT person.id, person.name, person.sort_name FROM membership "
        "JOIN person ON person.id = membership.person "
        "WHERE membership.organization IN ({}) AND membership.removed_at IS NULL "
        "AND person.id <> {} ORDER BY person.sort_name, person.id LIMIT 200",
    )
    return Fragment(listed, (values(sorted(by.sees)), by.id))


async def counts(situations: list[Filter], *, by: Actor) -> list[int]:
    """How many tickets each filter selects; counts stop at `COUNTED` + 1."""
    counted = each_count(count_of(walks_of(each, by), narrowed_by(each, by)) for each in situations)
    return [each.number for each in await fetch_as(Count, "{}", counted)]


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
WHERE {shown} ORDER BY {order}
"""


async def _found(chosen: Filter, *, by: Actor) -> Listing[ListedTicket]:
    start = search.start_of(chosen.after)
    order = order_of(chosen)
    found = search.results(searched(chosen, by), order=order, start=start)
    source = "page JOIN ticket ON ticket.id = page.id"
    listed = _listed(by, total=search.HITS, source=source, order="page.place", limit=PAGE + 1)
    with unhurried():
        return search.listing(await fetch_as(ListedTicket, "WITH {}{}", found, listed), start=start)


def searched(chosen: Filter, by: Actor) -> Search:
    """The search words of a filter, combined with its other conditions."""
    statuses = search.worth_asking(statuses_of(chosen.status.states)) if chosen.status else frozenset()
    return Search(chosen.words, walks_of(chosen, by), narrowed_by(chosen, by), by, statuses)


def _listed(
    by: Actor, *, total: Fragment, source: str = "ticket", shown: Fragment = ALWAYS, order: str, limit: int
) -> Fragment:
    return filled(
        _LIST,
        contact=_partner(by, "ticket", "other"),
        handling=_partner(by, "other", "ticket"),
        total=total,
        source=Fragment(source),
        shown=shown,
        order=Fragment(f"{order} LIMIT {limit}"),
    )


def _partner(by: Actor, mine: str, other: str) -> Fragment:
    """The contact that a ticket handles, or the ticket that handles a contact, if the reader may see it."""
    return Fragment(
        "(SELECT min(partner.id) FROM (SELECT ticket.id FROM ticket WHERE {}) partner "
        f"JOIN link ON link.{mine} = ticket.id AND link.{other} = partner.id AND link.kind = 'handling')",
        (visible_to(by),),
    )


def walks_of(chosen: Filter, by: Actor) -> list[Condition]:
    return _walks(chosen.scope, chosen.status.states if chosen.status else None, by, person=chosen.person)


def _walks(scope: str, states: frozenset[str] | None, by: Actor, *, person: int | None = None) -> list[Condition]:
    """The tickets of a scope in some states, as conditions that each scan a single index from its start."""
    if scope == "all" and by.is_agent:
        sight = visible_to(by)
        return [sight] if states is None else [sight & Condition(each) for each in each_state(states)]
    if scope == "approvals" and by.approves:
        waits = Condition("ticket.status = 'approval'")
        return [may_approve_in(each, by) & waits for each in sorted(by.approves)]
    pieces = ["ticket.status <> 'draft'"] if states is None else each_state(states - {"draft"})
    walks = [place & Condition(each) for place in _places(scope, by, person) for each in pieces]
    if scope == "mine" and (states is None or "draft" in states):
        walks.append(Condition("ticket.author = {} AND ticket.status = 'draft'", (by.id,)))
    return walks


def _places(scope: str, by: Actor, person: int | None) -> list[Condition]:
    """The conditions of a scope. A scope that `by` may not see falls back to their own tickets.

    Tickets of one person are scanned along their own index.
    """
    whose = "ticket.requester = {} AND " + dialect(sqlite="+", postgres="") if person else ""
    asked = (person,) if person else ()
    organizations = [Condition(f"{whose}ticket.organization = {{}}", (*asked, each)) for each in sorted(by.sees)]
    if scope == "organization" and organizations:
        return organizations
    if scope in ("copied", "around"):
        copied = Condition("ticket.id IN (SELECT ticket FROM participant WHERE person = {})", (by.id,))
        others = [each & Condition("ticket.requester <> {}", (by.id,)) for each in organizations]
        return [copied, *(others if scope == "around" else [])]
    return [Condition("ticket.requester = {}", (by.id,))]


def narrowed_by(chosen: Filter, by: Actor) -> Condition:
    """The conditions of a filter.

    SQLite is kept from using another index than the scope's, which it wrongly prefers.
    """
    plus = "" if chosen.scope == "all" else dialect(sqlite="+", postgres="")
    is_mine = chosen.status is not None and chosen.status.is_mine
    wanted = (
        ("priority", chosen.priority or None),
        ("requester", by.id if is_mine else None),
        ("requester", chosen.person),
        ("category", chosen.category),
    )
    some = ((name, value) for name, value in wanted if value is not None)
    return all_of(Condition(f"{plus}ticket.{name} = {{}}", (value,)) for name, value in some)


def _onward(chosen: Filter) -> Condition:
    """The condition that starts after the last row of the previous page."""
    if not isinstance(chosen.after, tuple):
        return ALWAYS
    if chosen.sort == "updated":
        return Condition("(ticket.updated_at, ticket.id) < ({}, {})", chosen.after)
    return Condition("ticket.id < {}", chosen.after[1:])

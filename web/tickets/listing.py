"""Lists of tickets and their counts: one page at a time, along indexes, whatever the size of the table."""

from dataclasses import dataclass
from datetime import datetime

from piccolo.querystring import QueryString

from web.database import Row, fetch, unhurried
from web.people.actor import Actor
from web.tickets import search
from web.tickets.lifecycle import Status
from web.tickets.queries import visible_to
from web.tickets.workflows import StatusFilter

PAGE = 25
COUNTED = 1000
"""Counts stop here and say "1000+"."""


@dataclass(frozen=True)
class Filter:
    """What the address of a list says; the address is the filter."""

    scope: str = "mine"
    status: StatusFilter | None = None
    priority: str = ""
    category: int | None = None
    words: str = ""
    sort: str = "updated"
    after: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class Listing:
    """One page of tickets; `total` is None past `COUNTED`."""

    rows: list[Row]
    total: int | None
    next: tuple[datetime, int] | None


async def page(chosen: Filter, *, by: Actor) -> Listing:
    """A page of the tickets a filter selects, newest activity (or newest number) first."""
    walks = _scope(chosen.scope, by)
    narrowed = _all_of(_conditions(chosen, by))
    order = "ticket.updated_at DESC, ticket.id DESC" if chosen.sort == "updated" else "ticket.id DESC"
    counted = _count_of(walks, narrowed)
    page = _newest_of(walks, _all_of([narrowed, _keyset(chosen)] if chosen.after else [narrowed]), order)
    with unhurried(bool(chosen.words)):
        rows = await fetch(f"{_LIST} WHERE {{}} ORDER BY {order} LIMIT {PAGE + 1}", *_partners(by), counted, page)
    total = rows[0]["total"] if rows else 0
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listing(
        rows=rows[:PAGE],
        total=total if total <= COUNTED else None,
        next=(last["updated_at"], last["id"]) if last else None,
    )


async def latest(by: Actor, *, limit: int = 5) -> list[Row]:
    """The person's own tickets that moved last."""
    order = "ticket.updated_at DESC, ticket.id DESC"
    newest = _newest_of(_scope("mine", by), QueryString("1 = 1"), order)
    return await fetch(
        f"{_LIST} WHERE {{}} ORDER BY {order} LIMIT {int(limit)}", *_partners(by), QueryString("0"), newest
    )


async def counts(situations: list[Filter], *, by: Actor) -> list[int]:
    """How many tickets each filter selects; no number goes past `COUNTED` + 1."""
    columns = [
        QueryString(f"{{}} AS n{place}", _count_of(_scope(each.scope, by), _all_of(_conditions(each, by))))
        for place, each in enumerate(situations)
    ]
    row = (await fetch("SELECT " + ", ".join("{}" for _ in columns), *columns))[0]
    return [row[f"n{place}"] for place in range(len(situations))]


_LIST = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.assignee, ticket.workflow,
       ticket.requester, ticket.author, ticket.organization, ticket.created_at, ticket.updated_at, ticket.resolved_at,
       ticket.closed_at, team.name AS team_name, assignee.name AS assignee_name, requester.name AS requester_name,
       {} AS contact, {} AS handling, {} AS total
FROM ticket
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
"""


def _partners(by: Actor) -> list[QueryString]:
    """The contact that a ticket handles, and the ticket that handles a contact, where the reader sees them."""
    partner = (
        "(SELECT min(partner.id) FROM (SELECT ticket.id FROM ticket WHERE {{}}) partner "
        "JOIN link ON link.{} = ticket.id AND link.{} = partner.id AND link.kind = 'handling')"
    )
    return [
        QueryString(partner.format(mine, other), visible_to(by))
        for mine, other in (("ticket", "other"), ("other", "ticket"))
    ]


def _scope(scope: str, by: Actor) -> list[QueryString]:
    """One of the list's scopes, as conditions that each walk a single index."""
    if scope == "all" and by.is_agent:
        return [visible_to(by)]
    if scope == "approvals" and by.approves:
        return [_undecided(organization, by) for organization in sorted(by.approves)]
    organizations = [
        QueryString("(ticket.organization = {} AND ticket.status <> 'draft')", organization)
        for organization in sorted(by.sees)
    ]
    if scope == "organization" and organizations:
        return organizations
    if scope in ("copied", "around"):
        copied = QueryString(
            "(ticket.id IN (SELECT ticket FROM participant WHERE person = {}) AND ticket.status <> 'draft')", by.id
        )
        others = [QueryString("({} AND ticket.requester <> {})", each, by.id) for each in organizations]
        return [copied, *(others if scope == "around" else [])]
    return [
        QueryString("(ticket.requester = {} AND ticket.status <> 'draft')", by.id),
        QueryString("(ticket.author = {} AND ticket.status = 'draft')", by.id),
    ]


def _undecided(organization: int, by: Actor) -> QueryString:
    """What `Move.check` would let this holder of the grant approve."""
    return QueryString(
        "(ticket.organization = {} AND ticket.status = 'approval' AND ticket.requester <> {} AND ticket.author <> {})",
        organization,
        by.id,
        by.id,
    )


def _newest_of(walks: list[QueryString], narrowed: QueryString, order: str) -> QueryString:
    """A page's worth of each walk, for the outer query to merge: no walk reads more than it may show."""
    if len(walks) == 1:
        return QueryString("{} AND {}", walks[0], narrowed)
    newest = f"SELECT id FROM (SELECT ticket.id FROM ticket WHERE {{}} AND {{}} ORDER BY {order} LIMIT {PAGE + 1}) walk"
    each = [QueryString(newest, walk, narrowed) for walk in walks]
    return QueryString(f"ticket.id IN ({' UNION ALL '.join('{}' for _ in each)})", *each)


def _count_of(walks: list[QueryString], narrowed: QueryString) -> QueryString:
    """How many there are on all walks together, each along its own index, none further than is counted."""
    some = f"SELECT ticket.id FROM ticket WHERE {{}} AND {{}} LIMIT {COUNTED + 1}"
    each = [QueryString(some, walk, narrowed) for walk in walks]
    if len(each) == 1:
        return QueryString("(SELECT count(*) FROM ({}) c)", each[0])
    all_of_them = " UNION ".join("SELECT id FROM ({}) walk" for _ in each)
    return QueryString(f"(SELECT count(*) FROM (SELECT 1 FROM ({all_of_them}) u LIMIT {COUNTED + 1}) c)", *each)


def _all_of(conditions: list[QueryString]) -> QueryString:
    return QueryString(" AND ".join("{}" for _ in conditions) or "1 = 1", *conditions)


def _conditions(chosen: Filter, by: Actor) -> list[QueryString]:
    conditions = []
    if chosen.status is not None:
        conditions.append(_in_states(chosen.status.states))
    if chosen.priority:
        conditions.append(QueryString("ticket.priority = {}", chosen.priority))
    if chosen.category is not None:
        conditions.append(QueryString("ticket.category = {}", chosen.category))
    if chosen.words:
        condition, values = search.matching(chosen.words, by=by)
        conditions.append(QueryString(condition, *values))
    return conditions


def _in_states(states: frozenset[str]) -> QueryString:
    waits = sorted(state.removeprefix("waiting_") for state in states if state.startswith("waiting_"))
    statuses = sorted({state for state in states if state in Status._value2member_map_} - {"waiting", "open"})
    parts = [f"ticket.status IN ({_texts(statuses)})"] if statuses else []
    if waits:
        parts.append(f"(ticket.status = 'waiting' AND ticket.wait IN ({_texts(waits)}))")
    if {"open", "unassigned"} <= states:
        parts.append("ticket.status = 'open'")
    elif "open" in states:
        parts.append("(ticket.status = 'open' AND ticket.assignee IS NOT NULL)")
    elif "unassigned" in states:
        parts.append("(ticket.status = 'open' AND ticket.assignee IS NULL)")
    return QueryString(f"({' OR '.join(parts)})")


def _keyset(chosen: Filter) -> QueryString:
    assert chosen.after is not None
    if chosen.sort == "updated":
        return QueryString("(ticket.updated_at, ticket.id) < ({}, {})", *chosen.after)
    return QueryString("ticket.id < {}", chosen.after[1])


def _texts(codes: list[str]) -> str:
    """Our own codes for an IN; letters and underscores only."""
    assert all(code.replace("_", "").isalpha() for code in codes)
    return ", ".join(f"'{code}'" for code in codes)

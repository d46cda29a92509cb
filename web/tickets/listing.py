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
    """A page of the tickets a filter selects, newest activity (or newest number) first.

    Words are looked for whole; where none is found so, the last one may be the beginning of a word.
    """
    rows = await _rows(chosen, search.matching(chosen.words, by=by), by=by)
    if not rows and chosen.words:
        rows = await _rows(chosen, search.matching(chosen.words, by=by, begun=True), by=by)
    total = rows[0]["total"] if rows else 0
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listing(
        rows=rows[:PAGE],
        total=total if total <= COUNTED else None,
        next=(last["updated_at"], last["id"]) if last else None,
    )


async def latest(by: Actor, *, limit: int = 5) -> list[Row]:
    """The person's own tickets that moved last."""
    newest = newest_of(_walks("mine", None, by), _EVERY, _BY_ACTIVITY)
    return await fetch(f"{_LIST} WHERE {{}} ORDER BY {_BY_ACTIVITY} LIMIT {int(limit)}", QueryString("0"), newest)


async def counts(situations: list[StatusFilter], *, by: Actor) -> list[int]:
    """How many of the person's own tickets are in each situation; no number goes past `COUNTED` + 1."""
    columns = [
        QueryString(f"{{}} AS n{place}", count_of(_walks("mine", each.states, by), _EVERY))
        for place, each in enumerate(situations)
    ]
    row = (await fetch("SELECT " + ", ".join("{}" for _ in columns), *columns))[0]
    return [row[f"n{place}"] for place in range(len(situations))]


_BY_ACTIVITY = "ticket.updated_at DESC, ticket.id DESC"
_BY_NUMBER = "ticket.id DESC"
_EVERY = QueryString("1 = 1")

_LIST = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.assignee, ticket.workflow,
       ticket.requester, ticket.created_at, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       team.name AS team_name, assignee.name AS assignee_name, requester.name AS requester_name, {} AS total
FROM ticket
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
"""


async def _rows(chosen: Filter, found: QueryString, *, by: Actor) -> list[Row]:
    walks = _walks(chosen.scope, chosen.status.states if chosen.status else None, by)
    conditions = _conditions(chosen)
    order = _BY_ACTIVITY if chosen.sort == "updated" else _BY_NUMBER
    counted = count_of(walks, all_of(conditions))
    page = newest_of(walks, all_of([*conditions, _keyset(chosen)] if chosen.after else conditions), order)
    listed = f"{_LIST} WHERE {{}} ORDER BY {order} LIMIT {PAGE + 1}"
    if not chosen.words:
        return await fetch(listed, counted, page)
    with unhurried():
        return await fetch("WITH found (id) AS MATERIALIZED ({}) " + listed, found, counted, page)


def _walks(scope: str, states: frozenset[str] | None, by: Actor) -> list[QueryString]:
    """What a scope shows of some states, as conditions that each walk a single index from its start."""
    if scope == "all" and by.is_agent:
        sight = visible_to(by)
        return [sight] if states is None else [QueryString("({} AND {})", sight, each) for each in each_state(states)]
    pieces = [QueryString("ticket.status <> 'draft'")] if states is None else each_state(states - {"draft"})
    walks = [QueryString("({} AND {})", place, each) for place in _places(scope, by) for each in pieces]
    if scope == "mine" and (states is None or "draft" in states):
        walks.append(QueryString("(ticket.author = {} AND ticket.status = 'draft')", by.id))
    return walks


def _places(scope: str, by: Actor) -> list[QueryString]:
    """Whose tickets a scope shows; what asks for more than one may see falls back to one's own."""
    organizations = [QueryString("ticket.organization = {}", each) for each in sorted(by.sees)]
    if scope == "organization" and organizations:
        return organizations
    if scope in ("copied", "around"):
        copied = QueryString("ticket.id IN (SELECT ticket FROM participant WHERE person = {})", by.id)
        others = [QueryString("({} AND ticket.requester <> {})", each, by.id) for each in organizations]
        return [copied, *(others if scope == "around" else [])]
    return [QueryString("ticket.requester = {}", by.id)]


def newest_of(walks: list[QueryString], narrowed: QueryString, order: str) -> QueryString:
    """A page's worth of each walk, for the outer query to merge: no walk reads more than it may show."""
    if not walks:
        return QueryString("1 = 0")
    return QueryString("{} AND {}", walks[0], narrowed) if len(walks) == 1 else newest_ids(walks, narrowed, order)


def newest_ids(walks: list[QueryString], narrowed: QueryString, order: str) -> QueryString:
    """The same by their numbers alone, so that nothing else is read of more tickets than are shown."""
    newest = f"SELECT id FROM (SELECT ticket.id FROM ticket WHERE {{}} AND {{}} ORDER BY {order} LIMIT {PAGE + 1}) walk"
    each = [QueryString(newest, walk, narrowed) for walk in walks]
    return QueryString(f"ticket.id IN ({' UNION ALL '.join('{}' for _ in each)})", *each)


def count_of(walks: list[QueryString], narrowed: QueryString, *, apart: bool = False) -> QueryString:
    """How many there are on all walks together, each along its own index, none further than is counted.

    `apart`: no ticket is on two of them, so that one need not be begun when those before it were enough.
    """
    if not walks:
        return QueryString("0")
    some = f"SELECT ticket.id FROM ticket WHERE {{}} AND {{}} LIMIT {COUNTED + 1}"
    each = [QueryString(some, walk, narrowed) for walk in walks]
    if len(each) == 1:
        return QueryString("(SELECT count(*) FROM ({}) c)", each[0])
    all_of_them = f" UNION {'ALL ' if apart else ''}".join("SELECT id FROM ({}) walk" for _ in each)
    return QueryString(f"(SELECT count(*) FROM (SELECT 1 FROM ({all_of_them}) u LIMIT {COUNTED + 1}) c)", *each)


def all_of(conditions: list[QueryString]) -> QueryString:
    return QueryString(" AND ".join("{}" for _ in conditions) or "1 = 1", *conditions)


def _conditions(chosen: Filter) -> list[QueryString]:
    conditions = []
    if chosen.priority:
        conditions.append(QueryString("ticket.priority = {}", chosen.priority))
    if chosen.category is not None:
        conditions.append(QueryString("ticket.category = {}", chosen.category))
    if chosen.words:
        conditions.append(QueryString("ticket.id IN (SELECT id FROM found)"))
    return conditions


def each_state(states: frozenset[str]) -> list[QueryString]:
    """One condition for each status, so that each can walk an index of its own."""
    plain = sorted({state for state in states if state in Status._value2member_map_} - {"waiting", "open"})
    parts = [f"ticket.status = '{status}'" for status in plain]
    if waits := sorted(state.removeprefix("waiting_") for state in states if state.startswith("waiting_")):
        parts.append(f"ticket.status = 'waiting' AND ticket.wait IN ({texts(waits)})")
    if {"open", "unassigned"} <= states:
        parts.append("ticket.status = 'open'")
    elif "open" in states:
        parts.append("ticket.status = 'open' AND ticket.assignee IS NOT NULL")
    elif "unassigned" in states:
        parts.append("ticket.status = 'open' AND ticket.assignee IS NULL")
    return [QueryString(part) for part in parts]


def _keyset(chosen: Filter) -> QueryString:
    assert chosen.after is not None
    if chosen.sort == "updated":
        return QueryString("(ticket.updated_at, ticket.id) < ({}, {})", *chosen.after)
    return QueryString("ticket.id < {}", chosen.after[1])


def texts(codes: list[str]) -> str:
    """Our own codes for an IN; letters and underscores only."""
    assert all(code.replace("_", "").isalpha() for code in codes)
    return ", ".join(f"'{code}'" for code in codes)

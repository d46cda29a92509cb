"""Reads of tickets, each one beginning at `visible_to`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.querystring import QueryString

from web.database import Row, fetch, unhurried
from web.errors import NotFound
from web.people.actor import Actor
from web.tickets import search
from web.tickets.lifecycle import Life, Status, Wait
from web.tickets.workflows import StatusFilter, workflow

PAGE = 25
COUNTED = 1000
"""Counts stop here and say "1000+"."""
TALK = 50
"""Entries of a conversation shown at once."""


@dataclass(kw_only=True)
class Sheet(Life):
    """A ticket in somebody's sight, with the names behind its numbers."""

    title: str
    priority: str
    channel: str
    category: int | None
    topic: int | None
    category_name: str | None
    topic_name: str | None
    requester_name: str
    primary_contact: int
    contact_name: str
    organization_name: str | None
    team_name: str | None
    assignee_name: str | None
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    wait_until: datetime | None
    resolution: str | None
    copies: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """An attachment as its message shows it."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One thing in a conversation: an event, with what was said in it if anything was."""

    id: int
    kind: str
    at: datetime
    actor: int
    actor_name: str
    is_ours: bool
    """The actor is of the desk."""
    is_note: bool
    data: Mapping[str, Any]
    body: str | None
    is_resolution: bool
    files: tuple[File, ...]


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


def visible_to(person: Actor) -> QueryString:
    """The tickets this person may see, as a condition on `ticket`.

    Their own drafts; what they registered or are copied on; what their grants open; all of the desk's for an agent
    but other people's confidential teams'.
    """
    if person.is_system:
        return QueryString("1 = 1")
    sight = [QueryString("ticket.requester = {}", person.id), QueryString("ticket.author = {}", person.id)]
    if person.sees:
        sight.append(QueryString(f"ticket.organization IN ({_numbers(person.sees)})"))
    sight.append(
        QueryString("EXISTS (SELECT 1 FROM participant c WHERE c.ticket = ticket.id AND c.person = {})", person.id)
    )
    if person.approves:
        asked = f"(ticket.status = 'approval' AND ticket.organization IN ({_numbers(person.approves)}))"
        sight.append(QueryString(asked))
    if person.is_agent:
        sight.append(_desk(person))
    return QueryString(
        "((ticket.status <> 'draft' OR ticket.author = {}) AND (" + " OR ".join("{}" for _ in sight) + "))",
        person.id,
        *sight,
    )


async def sheet(number: int, *, by: Actor) -> Sheet:
    """The ticket of that number; raises `NotFound` when there is none or `by` may not see it."""
    if not 0 < number < 2**63:
        raise NotFound("ticket")
    rows = await fetch(_SHEET + "WHERE ticket.id = {} AND {} ORDER BY participant.id", number, visible_to(by))
    if not rows:
        raise NotFound("ticket")
    return _sheet(rows)


async def listing(chosen: Filter, *, by: Actor) -> Listing:
    """A page of the tickets a filter selects, newest activity (or newest number) first."""
    walks = _scope(chosen.scope, by)
    narrowed = _all_of(_conditions(chosen, by))
    order = "ticket.updated_at DESC, ticket.id DESC" if chosen.sort == "updated" else "ticket.id DESC"
    counted = _count_of(walks, narrowed)
    page = _newest_of(walks, _all_of([narrowed, _keyset(chosen)] if chosen.after else [narrowed]), order)
    with unhurried(bool(chosen.words)):
        rows = await fetch(f"{_LIST} WHERE {{}} ORDER BY {order} LIMIT {PAGE + 1}", counted, page)
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
    return await fetch(f"{_LIST} WHERE {{}} ORDER BY {order} LIMIT {int(limit)}", QueryString("0"), newest)


async def counts(situations: list[StatusFilter], *, by: Actor) -> list[int]:
    """How many of the person's own tickets are in each situation; no number goes past `COUNTED` + 1."""
    mine = _scope("mine", by)
    columns = [
        QueryString(f"{{}} AS n{place}", _count_of(mine, _in_states(each.states)))
        for place, each in enumerate(situations)
    ]
    row = (await fetch("SELECT " + ", ".join("{}" for _ in columns), *columns))[0]
    return [row[f"n{place}"] for place in range(len(situations))]


async def conversation(ticket: Sheet, *, by: Actor, before: int | None = None) -> tuple[list[Entry], bool]:
    """The last things that happened, oldest first, and whether there is more before them."""
    hidden = "" if by.is_agent else "AND event.audience = 'public'"
    until = QueryString("event.id < {}", before) if before else QueryString("1 = 1")
    rows = await fetch(
        f"{_ENTRIES} WHERE event.ticket = {{}} AND {{}} {hidden} ORDER BY event.id DESC LIMIT {TALK + 1}",
        ticket.number,
        until,
    )
    return [_entry(row, by) for row in reversed(rows[:TALK])], len(rows) > TALK


async def opening(ticket: Sheet) -> Row:
    """A draft's description and files."""
    return (
        await fetch(
            "SELECT id, body FROM message WHERE ticket = {} AND kind = 'opening' ORDER BY id LIMIT 1",
            ticket.number,
        )
    )[0]


async def files_of(message: int) -> list[Row]:
    return await fetch("SELECT id, name, size FROM attachment WHERE message = {} ORDER BY id", message)


async def pending_files(by: Actor, ids: list[int]) -> list[Row]:
    """Files that this very person sent and no message has yet."""
    if not ids:
        return []
    return await fetch(
        f"SELECT id, name, size FROM attachment WHERE id IN ({_numbers(ids)}) AND person = {{}} AND message IS NULL "
        "ORDER BY id",
        by.id,
    )


async def attachment(number: int, *, by: Actor) -> Row:
    """A file of a message in sight, or one's own not yet sent; raises `NotFound` otherwise."""
    if not 0 < number < 2**63:
        raise NotFound("attachment")
    notes = "1 = 1" if by.is_agent else "message.kind <> 'note'"
    rows = await fetch(
        "SELECT attachment.* FROM attachment LEFT JOIN message ON message.id = attachment.message "
        "LEFT JOIN ticket ON ticket.id = message.ticket "
        f"WHERE attachment.id = {{}} AND ((message.id IS NULL AND attachment.person = {{}}) OR ({notes} AND {{}}))",
        number,
        by.id,
        visible_to(by),
    )
    if not rows:
        raise NotFound("attachment")
    return rows[0]


async def categories() -> list[Row]:
    """Active categories with their active topics, one row for each pair, in the order people should read them."""
    return await fetch(
        "SELECT category.id, category.name, category.workflow, category.needs_approval, category.team, "
        "topic.id AS topic, topic.name AS topic_name FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.is_active "
        "WHERE category.is_active ORDER BY category.position, category.name, topic.position, topic.name"
    )


async def known_hashes(hashes: list[str]) -> set[str]:
    """Of these contents, those that some attachment has."""
    if not hashes:
        return set()
    values = ", ".join("{}" for _ in hashes)
    rows = await fetch(f"SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN ({values})", *hashes)
    return {row["sha256"] for row in rows}


_SHEET = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.channel, ticket.category, ticket.topic, ticket.author,
       ticket.requester, ticket.primary_contact, ticket.organization, ticket.team, ticket.assignee, ticket.status,
       ticket.wait, ticket.wait_until, ticket.resolution, ticket.workflow, ticket.is_answered, ticket.created_at,
       ticket.submitted_at, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       category.name AS category_name, topic.name AS topic_name, requester.name AS requester_name,
       contact.name AS contact_name, organization.name AS organization_name, team.name AS team_name,
       assignee.name AS assignee_name, participant.person AS participant, participant.address
FROM ticket
JOIN person requester ON requester.id = ticket.requester
JOIN person contact ON contact.id = ticket.primary_contact
LEFT JOIN category ON category.id = ticket.category
LEFT JOIN topic ON topic.id = ticket.topic
LEFT JOIN organization ON organization.id = ticket.organization
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
LEFT JOIN participant ON participant.ticket = ticket.id
"""

_LIST = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.status, ticket.wait, ticket.assignee, ticket.workflow,
       ticket.requester, ticket.created_at, ticket.updated_at, ticket.resolved_at, ticket.closed_at,
       team.name AS team_name, assignee.name AS assignee_name, requester.name AS requester_name, {} AS total
FROM ticket
JOIN person requester ON requester.id = ticket.requester
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
"""

_ENTRIES = """
SELECT event.id, event.kind, event.at, event.actor, event.audience, event.data, actor.name AS actor_name,
       actor.role AS actor_role, message.kind AS message_kind, message.body, message.is_resolution
FROM event
JOIN person actor ON actor.id = event.actor
LEFT JOIN message ON message.id = event.message
"""


def _desk(person: Actor) -> QueryString:
    mine = f" AND id NOT IN ({_numbers(person.teams)})" if person.teams else ""
    return QueryString(
        "(ticket.assignee = {} OR ticket.team IS NULL OR "
        f"ticket.team NOT IN (SELECT id FROM team WHERE is_confidential{mine}))",
        person.id,
    )


def _scope(scope: str, by: Actor) -> list[QueryString]:
    """One of the list's scopes, as conditions that each walk a single index."""
    if scope == "all" and by.is_agent:
        return [visible_to(by)]
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


def _sheet(rows: list[Row]) -> Sheet:
    first = rows[0]
    copied = [(row["participant"], row["address"]) for row in rows if row["participant"] is not None]
    columns = {key: first[key] for key in _PLAIN}
    return Sheet(
        number=first["id"],
        status=Status(first["status"]),
        wait=Wait(first["wait"]) if first["wait"] else None,
        is_answered=bool(first["is_answered"]),
        workflow=workflow(first["workflow"]),
        participants=frozenset(person for person, _ in copied),
        copies=tuple(address for _, address in copied),
        **columns,
    )


_PLAIN = tuple(
    name
    for name in Sheet.__dataclass_fields__
    if name not in ("number", "status", "wait", "is_answered", "workflow", "participants", "copies")
)


def _entry(row: Row, by: Actor) -> Entry:
    """A public event may rest on an internal note: then its words and files are for the desk alone."""
    data = json.loads(row["data"])
    is_note = row["message_kind"] == "note"
    if is_note and not by.is_agent:
        row, data = {**row, "body": None}, {name: value for name, value in data.items() if name != "files"}
    return Entry(
        id=row["id"],
        kind=row["kind"],
        at=row["at"],
        actor=row["actor"],
        actor_name=row["actor_name"],
        is_ours=row["actor_role"] != "requester",
        is_note=is_note,
        data=data,
        body=row["body"],
        is_resolution=bool(row["is_resolution"]),
        files=tuple(File(**file) for file in data.get("files", ())),
    )


def _numbers(ids: frozenset[int] | list[int]) -> str:
    """Ids for an IN: whole numbers by type, so nothing to escape."""
    return ", ".join(str(int(each)) for each in ids)


def _texts(codes: list[str]) -> str:
    """Our own codes for an IN; letters and underscores only."""
    assert all(code.replace("_", "").isalpha() for code in codes)
    return ", ".join(f"'{code}'" for code in codes)

"""Reads generated tickets from the database, and replays their events by the rules of moves."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from web.database import Row, fetch
from web.people.permissions import Actor, Role
from web.tickets.life.consequences import Change, consequences
from web.tickets.life.moves import MOVES
from web.tickets.life.states import Resolution, Status, TicketState, Wait
from web.tickets.life.timeline import PastEvent
from web.tickets.life.workflows import workflow
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import deadlines_of
from web.tickets.sla.policy import PolicyKey, policy_of

AT_ONCE = 1_000
MOVE_OF = {each.noun: each for each in reversed(MOVES)}
FOLLOWS = ("status", "wait", "wait_until", "resolution", "resolved_at", "closed_at", "assignee", "answered_at")


async def untrue_columns() -> list[tuple[int, str, Any, Any]]:
    """Columns of all tickets that differ from the replayed events."""
    wrong = []
    async for row, events in every_ticket():
        told = await told_by(row, events)
        wrong += [(row["id"], name, row[name], value) for name, value in told.items() if row[name] != value]
    return wrong


async def every_ticket() -> AsyncIterator[tuple[Row, list[Row]]]:
    """Yields each ticket with its events, read by the thousand."""
    last = 0
    while rows := await fetch(f"SELECT * FROM ticket WHERE id > {{}} ORDER BY id LIMIT {AT_ONCE}", last):
        by_ticket: dict[int, list[Row]] = {row["id"]: [] for row in rows}
        for event in await fetch(EVENTS, rows[0]["id"], rows[-1]["id"]):
            by_ticket[event["ticket"]].append(event | {"data": json.loads(event["data"])})
        for row in rows:
            yield row, by_ticket[row["id"]]
        last = rows[-1]["id"]


EVENTS = """
SELECT event.ticket, event.kind, event.at, event.data, event.actor, person.role, message.kind = 'reply' AS is_reply
FROM event JOIN person ON person.id = event.actor LEFT JOIN message ON message.id = event.message
WHERE event.ticket BETWEEN {} AND {} ORDER BY event.id
"""


async def told_by(row: Row, events: list[Row]) -> dict[str, Any]:
    """The columns as the moves of these events leave them."""
    ticket = TicketState(
        number=row["id"],
        status=Status.DRAFT,
        wait=None,
        author=row["author"],
        requester=row["requester"],
        primary_contact=row["primary_contact"],
        organization=row["organization"],
        team=row["team"],
        assignee=None,
        is_answered=False,
        workflow=workflow(row["workflow"]),
        participants=frozenset(),
    )
    past = []
    for each in events:
        by = Actor(each["actor"], "", Role(each["role"]))
        is_work = by.is_agent and by.id != ticket.requester
        is_answer = is_work and bool(each["is_reply"])
        past.append(PastEvent(each["kind"], each["at"], each["data"], is_answer, is_work))
        if move := MOVE_OF.get(each["kind"]):
            to = Status(each["data"].get("to", ticket.status))
            ticket = consequences(move, ticket, to, change_of(each), is_answer=is_answer, by=by, at=each["at"])
    told = {name: getattr(ticket, name) for name in FOLLOWS} | {"is_answered": ticket.is_answered}
    if (life := stored_deadlines.timeline_of(past)) is not None:
        case = PolicyKey(row["workflow"], row["priority"], row["category"], row["team"], row["organization"])
        deadlines = deadlines_of(life, await policy_of(case))
        told |= {name: getattr(deadlines, name) for name in stored_deadlines.COLUMNS}
    return told


def change_of(event: Row) -> Change:
    data, cancelled = event["data"], Resolution.CANCELLED if event["kind"] == "cancellation" else None
    return Change(
        wait=Wait(data["wait"]) if "wait" in data else None,
        wait_until=datetime.fromisoformat(data["until"]) if "until" in data else None,
        resolution=Resolution(data["method"]) if "method" in data else cancelled,
    )

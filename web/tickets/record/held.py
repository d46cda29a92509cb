"""A ticket locked for a move, with all that the move reads."""

import json
from dataclasses import dataclass, fields
from datetime import datetime

from web.database import Row, dialect, fetch, json_list
from web.errors import NotFound
from web.people.memberships import approvers_in_sql
from web.people.permissions import Actor
from web.tickets.life.states import Alert, Priority, Resolution, Status, TicketState, Wait
from web.tickets.life.timeline import PastEvent
from web.tickets.life.workflows import workflow
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage, is_repeat_in_sql
from web.tickets.sla import due_dates
from web.tickets.sla.deadlines import Deadlines
from web.tickets.sla.policy import PolicyKey, Terms, read_terms, terms_in_sql


@dataclass(frozen=True)
class Held:
    """A locked ticket, and what a move reads with it."""

    state: TicketState
    deadlines: Deadlines
    past: list[PastEvent]
    terms: Terms
    earlier: MoveResult | None
    """What came of the same form, which was sent before."""
    is_repeat: bool
    """The last thing that happened is the same message, and its sender is to be asked."""
    is_linked: bool
    """Another ticket may wait for this one."""


async def lock(number: int) -> Row:
    """Locks the ticket. Its events and participants are read after this, because the lock may have had to wait."""
    rows = await fetch(_ROW + dialect(sqlite="", postgres=" FOR UPDATE"), number)
    if not rows:
        raise NotFound("ticket")
    return rows[0]


async def locked(number: int) -> TicketState:
    """Locks a ticket that is changed by something else than a move."""
    row = await lock(number)
    copied = await fetch("SELECT person FROM participant WHERE ticket = {}", number)
    return _state(row, frozenset(each["person"] for each in copied))


async def hold(number: int, message: NewMessage | None, *, by: Actor, at: datetime, key: str | None) -> Held:
    """Locks the ticket and reads everything else: two statements."""
    row = await lock(number)
    found = (
        await fetch(
            f"SELECT {json_list(*_PARTICIPANTS)} AS participants, {due_dates.past_in_sql()} AS past, {{}} AS terms, "
            f"{{}} AS repeated, {_IS_LINKED} AS is_linked, earlier.id AS earlier, earlier.ticket AS of_ticket "
            "FROM (SELECT 1 AS one) one LEFT JOIN event earlier ON earlier.actor = {} AND earlier.key = {}",
            number,
            row["requester"],
            number,
            terms_in_sql(row["organization"]),
            is_repeat_in_sql(number, message, by=by, at=at),
            number,
            by.id,
            key,
        )
    )[0]
    return Held(
        state=_state(row, frozenset(each["person"] for each in json.loads(found["participants"]))),
        deadlines=due_dates.kept_of(row),
        past=due_dates.read_past(found["past"]),
        terms=read_terms(found["terms"]),
        earlier=MoveResult(found["of_ticket"], found["earlier"], is_repeat=True) if found["earlier"] else None,
        is_repeat=found["repeated"] is not None,
        is_linked=bool(found["is_linked"]),
    )


def case_of(state: TicketState) -> PolicyKey:
    return PolicyKey(state.workflow.name, state.priority, state.category, state.team, state.organization)


CHANGED = (
    *("status", "wait", "wait_until", "resolution", "resolved_at", "closed_at", "is_answered", "answered_at"),
    *("requester", "primary_contact", "organization", "team", "assignee", "offered_to", "approval_asked_by"),
    *("priority", "category", "topic", "alert"),
)
"""The columns that moves change."""

_ROW = (
    f"SELECT id, author, workflow, {', '.join(CHANGED)}, {', '.join(each.name for each in fields(Deadlines))}, "
    f"{approvers_in_sql()} AS approvers FROM ticket WHERE id = {{}}"
)

_PARTICIPANTS = ("person",), "SELECT person FROM participant WHERE ticket = {}"

_IS_LINKED = "EXISTS (SELECT 1 FROM link WHERE link.ticket = {} AND link.kind IN ('split', 'team', 'case'))"


def _state(row: Row, participants: frozenset[int]) -> TicketState:
    return TicketState(
        number=row["id"],
        status=Status(row["status"]),
        wait=Wait(row["wait"]) if row["wait"] else None,
        wait_until=row["wait_until"],
        author=row["author"],
        requester=row["requester"],
        primary_contact=row["primary_contact"],
        organization=row["organization"],
        team=row["team"],
        assignee=row["assignee"],
        is_answered=bool(row["is_answered"]),
        answered_at=row["answered_at"],
        workflow=workflow(row["workflow"]),
        participants=participants,
        resolution=Resolution(row["resolution"]) if row["resolution"] else None,
        resolved_at=row["resolved_at"],
        closed_at=row["closed_at"],
        approval_asked_by=row["approval_asked_by"],
        offered_to=row["offered_to"],
        priority=Priority(row["priority"]),
        category=row["category"],
        topic=row["topic"],
        alert=Alert(row["alert"]) if row["alert"] else None,
        approvers=frozenset(json.loads(row["approvers"])),
    )

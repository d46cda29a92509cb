"""Locks a ticket for a change, and reads what the change depends on."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, existing, fetch_as, fetch_column, json_list, within
from web.errors import Overtaken
from web.people.memberships import approvers_in_sql
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.life.chats import is_chat
from web.tickets.life.states import Alert, Channel, Priority, Resolution, Status, TicketState, Wait
from web.tickets.life.timeline import PastEvent
from web.tickets.life.workflows import workflow
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage, is_repeat_in_sql
from web.tickets.record.ticket import TicketDetails
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import Deadlines
from web.tickets.sla.policy import PolicyKey, Terms, read_terms, terms_in_sql


@dataclass(frozen=True)
class LockedTicket:
    """A locked ticket, and everything else that a move reads."""

    state: TicketState
    deadlines: Deadlines
    past: list[PastEvent]
    terms: Terms
    earlier: MoveResult | None
    """The result of the same form, if it was sent before."""
    is_repeat: bool
    """Whether the last event is the same message, so that its sender must confirm it."""
    is_linked: bool
    """Whether another ticket may wait for this one."""


@dataclass(frozen=True)
class _TicketRow(Deadlines):
    """The columns that moves read and change, and the stored deadlines."""

    id: int
    author: int
    workflow: str
    status: str
    wait: str | None
    wait_until: datetime | None
    resolution: str | None
    resolved_at: datetime | None
    closed_at: datetime | None
    is_answered: bool
    answered_at: datetime | None
    requester: int
    primary_contact: int
    organization: int | None
    team: int | None
    assignee: int | None
    offered_to: int | None
    approval_asked_by: int | None
    priority: str
    category: int | None
    topic: int | None
    alert: str | None
    channel: str
    attend_at: datetime | None
    approvers: str


@dataclass(frozen=True)
class _Rest:
    """Everything else that a move reads: lists as JSON, and the event of the same form (`earlier`)."""

    participants: str
    past: str
    terms: str
    repeated: int | None
    is_linked: bool
    earlier: int | None
    of_ticket: int | None


async def lock(number: int) -> None:
    """Locks the ticket. Raises `NotFound`."""
    existing(await fetch_column(int, "SELECT id FROM ticket WHERE id = {}" + _waiting(), number), "ticket")


@asynccontextmanager
async def unless_overtaken(ticket: TicketDetails, last: int | None, *, by: Actor) -> AsyncIterator[None]:
    """Locks the ticket for a move. Raises `Overtaken` if others, except in a chat, acted after event `last`.

    What the clock tells of deadlines stands in nobody's way.
    """
    async with within():
        await lock(ticket.number)
        mine = (by.id, ticket.requester if is_chat(ticket) else by.id)
        if last is not None and await fetch_column(int, _LATER, ticket.number, last, *mine):
            raise Overtaken(str(ticket.number))
        yield


_LATER = (
    "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} AND actor NOT IN ({}, {}) "
    "AND kind NOT IN ('deadline', 'due_soon', 'breach') LIMIT 1"
)


async def lock_state(number: int, *, removes: bool = False) -> TicketState:
    """Locks the ticket for its removal or for a change that is no move, and reads the columns that its rules need."""
    row = await _lock(number, removes=removes)
    copied = await fetch_column(int, _COPIED, number)
    return _state(row, frozenset(copied))


async def lock_for_move(
    number: int, message: NewMessage | None, *, by: Actor, at: datetime, key: str | None
) -> LockedTicket:
    """Locks the ticket and reads everything that a move needs, in two statements."""
    row = await _lock(number)
    rest = await _rest_of(row, message, by=by, at=at, key=key)
    return LockedTicket(
        state=_state(row, frozenset(each["person"] for each in json.loads(rest.participants))),
        deadlines=stored_deadlines.kept_of(row),
        past=stored_deadlines.read_past(rest.past),
        terms=read_terms(rest.terms),
        earlier=MoveResult(rest.of_ticket, rest.earlier, is_repeat=True) if rest.of_ticket and rest.earlier else None,
        is_repeat=rest.repeated is not None,
        is_linked=rest.is_linked,
    )


async def _lock(number: int, *, removes: bool = False) -> _TicketRow:
    """Locks the row. Read events and participants only after this, because the lock may have to wait.

    Inserting a row that references the ticket does not wait for this lock, unless the ticket is to be removed.
    """
    return existing(
        await fetch_as(_TicketRow, _ROW + _waiting(removes=removes), Fragment(approvers_in_sql()), number), "ticket"
    )


def _waiting(*, removes: bool = False) -> str:
    """The end of a statement that waits for the row; on SQLite its transaction has waited already."""
    return dialect(sqlite="", postgres=" FOR UPDATE" if removes else " FOR NO KEY UPDATE")


async def _rest_of(row: _TicketRow, message: NewMessage | None, *, by: Actor, at: datetime, key: str | None) -> _Rest:
    [found] = await fetch_as(
        _Rest,
        f"SELECT {json_list(*_PARTICIPANTS)} AS participants, {stored_deadlines.past_in_sql()} AS past, {{}} AS terms, "
        f"{{}} AS repeated, {_IS_LINKED} AS is_linked, earlier.id AS earlier, earlier.ticket AS of_ticket "
        "FROM (SELECT 1 AS one) one LEFT JOIN event earlier ON earlier.actor = {} AND earlier.key = {}",
        *(row.id, row.requester, row.id, terms_in_sql(row.organization)),
        *(is_repeat_in_sql(row.id, message, by=by, at=at), row.id, by.id, key),
    )
    return found


def case_of(state: TicketState) -> PolicyKey:
    return PolicyKey(state.workflow.name, state.priority, state.category, state.team, state.organization)


CHANGED = (
    *("status", "wait", "wait_until", "resolution", "resolved_at", "closed_at", "is_answered", "answered_at"),
    *("requester", "primary_contact", "organization", "team", "assignee", "offered_to", "approval_asked_by"),
    *("priority", "category", "topic", "alert", "attend_at"),
)
"""The columns that moves change."""

_ROW = f"""
SELECT {", ".join(stored_deadlines.COLUMNS)}, id, author, workflow, status, wait, wait_until, resolution,
       resolved_at, closed_at, is_answered, answered_at, requester, primary_contact, organization, team, assignee,
       offered_to, approval_asked_by, priority, category, topic, alert, channel, attend_at, {{}} AS approvers
FROM ticket WHERE id = {{}}"""

_COPIED = "SELECT person FROM participant WHERE ticket = {}"
_PARTICIPANTS = ("person",), _COPIED

_IS_LINKED = "EXISTS (SELECT 1 FROM link WHERE link.ticket = {} AND link.kind IN ('split', 'team', 'case'))"


def _state(row: _TicketRow, participants: frozenset[int]) -> TicketState:
    return TicketState(
        number=row.id,
        status=Status(row.status),
        wait=Wait(row.wait) if row.wait else None,
        wait_until=row.wait_until,
        author=row.author,
        requester=row.requester,
        primary_contact=row.primary_contact,
        organization=row.organization,
        team=row.team,
        assignee=row.assignee,
        is_answered=row.is_answered,
        answered_at=row.answered_at,
        workflow=workflow(row.workflow),
        participants=participants,
        resolution=Resolution(row.resolution) if row.resolution else None,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        approval_asked_by=row.approval_asked_by,
        offered_to=row.offered_to,
        priority=Priority(row.priority),
        category=row.category,
        topic=row.topic,
        alert=Alert(row.alert) if row.alert else None,
        channel=Channel(row.channel),
        attend_at=row.attend_at,
        approvers=frozenset(json.loads(row.approvers)),
    )

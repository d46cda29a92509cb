"""The transition: the one way in which a ticket changes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

from piccolo.columns import Column

from web.database import dialect, fetch, within
from web.errors import NotFound, Overtaken, refuse
from web.people.permissions import SYSTEM, Actor
from web.tickets.life.consequences import NOTHING, Change, consequences, target_of
from web.tickets.life.moves import CLAIM, RESUMPTION, SOLUTION, TAKE, Move
from web.tickets.life.rights import is_desk
from web.tickets.life.states import Priority, Resolution, Status, TicketState, Wait
from web.tickets.life.workflows import workflow
from web.tickets.record import search_index
from web.tickets.record.attachments import files_of
from web.tickets.record.events import MoveResult, earlier_result, record, status_change
from web.tickets.record.messages import NewMessage, body_error, just_said, post
from web.tickets.record.participants import add_copies, copies_error
from web.tickets.record.ticket import TicketDetails
from web.tickets.sla import due_dates
from web.tickets.tables import Participant, Ticket

WAITS_BY_LINK = {"split": Wait.CHILDREN, "team": Wait.TEAM, "case": Wait.CASE}
"""What a ticket waits for while those linked to it so are at work."""
_FIRST_EDITS = ("reply", "note", "question", "wait", "solution", "participation", "classification", "approval_request")


class Numbered(Protocol):
    """A ticket, as far as it takes to find it."""

    @property
    def number(self) -> int: ...


async def apply(
    move: Move,
    ticket: Numbered,
    *,
    to: Status | None = None,
    change: Change = NOTHING,
    says: NewMessage | None = None,
    copies: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    also: Callable[[TicketState], Awaitable[Mapping[str, Any]]] | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Checks the move against the ticket as it is now, applies it and records it, or does nothing at all.

    `also` is what else is written with it, given the ticket as it is now; the event keeps what it returns.
    `key` is the form's one-time key: the same person's second sending gets the first one's result.
    Raises `NotPermitted`, `NotFromHere` and `Invalid`.
    """
    assert to is None or to in move.targets
    async with within():
        state = await locked(ticket.number)
        if found := await earlier_result(by, key):
            return found
        move.check(state, by)
        if key and says and (said := await just_said(state.number, move.noun, says, by=by, at=at)):
            return said
        refuse({"body": body_error(says), "copies": copies_error(copies)})
        if _takes_first(move, state, by):
            state = await _take(state, by=by, at=at)
        target = to or target_of(move, state, change, by)
        details: dict[str, Any] = dict(data or {})
        message = await _say(state.number, move, says, by=by, at=at, details=details) if says else None
        if copies:
            details["copies"] = await add_copies(state.number, copies, by=by, at=at)
        if also:
            details |= await also(state)
        if target is not state.status:
            details |= status_change(state.status, target)
        if move in (TAKE, CLAIM):
            await search_index.add_scope(state.number, f"p{by.id}")
        is_answer = is_desk(by, state) and says is not None and not says.is_note
        after = consequences(move, state, target, change, is_answer=is_answer, by=by, at=at)
        await _write(state, after, at=None if move.is_internal else at)
        audience = "internal" if move.is_internal else "public"
        made = await record(
            move.noun, state.number, by=by, at=at, key=key, data=details, message=message, audience=audience
        )
        if not (state.status is target is Status.CLOSED):  # its time was judged when it was closed
            await refresh_due_dates(state.number, why=move.noun if target is state.status else "", at=at)
        if target is not state.status and target in (Status.RESOLVED, Status.CLOSED):
            await _end_waits_for(state.number, at=at)
        return made


async def refresh_due_dates(number: int, *, why: str = "", at: datetime) -> None:
    """The ticket's time anew; where `why` moved what was promised, an event keeps the old and the new.

    Seconds are not worth telling.
    """
    moved = await due_dates.refresh(number)
    if why and any(_tells(moved["old"][name], moved["new"][name]) for name in moved.get("old", ())):
        await record("deadline", number, by=SYSTEM, at=at, data={"why": why, **moved}, audience="internal")


def _tells(old: str | None, new: str | None) -> bool:
    """Whether two instants (ISO 8601, UTC) are a minute of the clock apart."""
    return old is not None and new is not None and old[:16] != new[:16]


async def _take(state: TicketState, *, by: Actor, at: datetime) -> TicketState:
    after = consequences(TAKE, state, Status.OPEN, NOTHING, is_answer=False, by=by, at=at)
    await _write(state, after, at=at)
    await search_index.add_scope(state.number, f"p{by.id}")
    turn = status_change(state.status, Status.OPEN) if state.status is not Status.OPEN else {}
    await record("take", state.number, by=by, at=at, data=turn | {"assignee": by.id})
    return after


async def _end_waits_for(number: int, *, at: datetime) -> None:
    """Whoever waited for this ticket goes on, once it was the last they waited for."""
    waiting = await fetch(
        "SELECT link.other, link.kind FROM link JOIN ticket ON ticket.id = link.other "
        "WHERE link.ticket = {} AND ticket.status = 'waiting' ORDER BY link.other",
        number,
    )
    for each in waiting:
        parent = await locked(each["other"])
        if parent.wait is WAITS_BY_LINK.get(each["kind"]) and not await _is_at_work(parent.number, each["kind"]):
            told = {"wait": parent.wait, "ticket": number}
            await apply(RESUMPTION, parent, to=Status.OPEN, data=told, by=SYSTEM, at=at)


async def _is_at_work(number: int, kind: str) -> bool:
    """Whether any of those linked so to the ticket is not done."""
    return bool(
        await fetch(
            "SELECT 1 AS one FROM link JOIN ticket ON ticket.id = link.ticket WHERE link.other = {} AND link.kind = {} "
            "AND ticket.status NOT IN ('resolved', 'closed') LIMIT 1",
            number,
            kind,
        )
    )


def _takes_first(move: Move, state: TicketState, by: Actor) -> bool:
    """Whether this first edit takes the ticket that nobody holds, nor was handed to."""
    return (
        is_desk(by, state)
        and state.workflow.first_edit_takes
        and state.assignee is None
        and state.offered_to in (None, by.id)
        and state.status in (Status.NEW, Status.OPEN)
        and move.noun in _FIRST_EDITS
    )


async def _say(number: int, move: Move, says: NewMessage, *, by: Actor, at: datetime, details: dict[str, Any]) -> int:
    message = await post(number, says, is_resolution=move is SOLUTION, by=by, at=at)
    if files := await files_of(message):
        details["files"] = files
    return message


async def locked(number: int) -> TicketState:
    """The ticket as it is now, and nobody else's until the transaction ends."""
    rows = await fetch(
        f"SELECT id, author, {', '.join(_COLUMNS)}, workflow FROM ticket WHERE id = {{}}"
        + dialect(sqlite="", postgres=" FOR UPDATE"),
        number,
    )
    if not rows:
        raise NotFound("ticket")
    copied = await fetch("SELECT person FROM participant WHERE ticket = {}", number)
    row = rows[0]
    return TicketState(
        number=row["id"],
        status=Status(row["status"]),
        wait=Wait(row["wait"]) if row["wait"] else None,
        wait_until=row["wait_until"],
        author=row["author"],
        requester=row["requester"],
        organization=row["organization"],
        team=row["team"],
        assignee=row["assignee"],
        is_answered=bool(row["is_answered"]),
        answered_at=row["answered_at"],
        workflow=workflow(row["workflow"]),
        participants=frozenset(each["person"] for each in copied),
        resolution=Resolution(row["resolution"]) if row["resolution"] else None,
        resolved_at=row["resolved_at"],
        closed_at=row["closed_at"],
        approval_asked_by=row["approval_asked_by"],
        offered_to=row["offered_to"],
        priority=Priority(row["priority"]),
        category=row["category"],
        topic=row["topic"],
    )


_COLUMNS = (
    *("status", "wait", "wait_until", "resolution", "resolved_at", "closed_at", "is_answered", "answered_at"),
    *("requester", "organization", "team", "assignee", "offered_to", "approval_asked_by"),
    *("priority", "category", "topic"),
)
"""What moves change."""


async def _write(before: TicketState, after: TicketState, *, at: datetime | None) -> None:
    """Nothing else after creation assigns a status. `at` is when something public happened."""
    changed: dict[Column | str, object] = {
        name: value for name in _COLUMNS if (value := getattr(after, name)) != getattr(before, name)
    }
    if at is not None:
        changed["updated_at"] = at
    if changed:
        await Ticket.update(changed).where(Ticket.id == before.number)
    if after.participants != before.participants:
        await Participant.delete().where(Participant.ticket == before.number)


@asynccontextmanager
async def unless_overtaken(ticket: TicketDetails, last: int | None, *, by: Actor) -> AsyncIterator[None]:
    """Holds the ticket for a move; raises `Overtaken` when others did something after event `last`.

    Whoever asks again with the newer event has seen it, and goes on.
    """
    async with within():
        await locked(ticket.number)
        if last is not None and await fetch(
            "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} AND actor <> {} LIMIT 1",
            ticket.number,
            last,
            by.id,
        ):
            raise Overtaken(str(ticket.number))
        yield

"""The transition: the one way in which a ticket changes."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from piccolo.columns import Column

from web.database import fetch_as, fetch_column, of_piccolo, within
from web.errors import refuse
from web.people.permissions import SYSTEM, Actor
from web.sql import Fragment
from web.tickets.life.chats import attend_at
from web.tickets.life.consequences import NOTHING, Change, Ownership, consequences, target_of
from web.tickets.life.moves import MESSAGES, RESUMPTION, SOLUTION, TAKE, Move
from web.tickets.life.rights import is_desk
from web.tickets.life.states import Channel, Status, TicketState, Wait
from web.tickets.life.timeline import EventData, Json, PastEvent
from web.tickets.record import search_index
from web.tickets.record.attachments import files_of
from web.tickets.record.events import MoveResult, NewEvent, record_all, status_change
from web.tickets.record.locking import CHANGED, LockedTicket, case_of, lock_for_move, lock_state
from web.tickets.record.messages import NewMessage, body_error, post
from web.tickets.record.participants import add_copies, copies_error
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.stored_deadlines import Shift
from web.tickets.tables import Participant, Ticket

WAITS_BY_LINK = {"split": Wait.CHILDREN, "team": Wait.TEAM, "case": Wait.CASE}
"""What a ticket waits for, by the kind of its links to open tickets."""
_FIRST_EDITS = ("reply", "note", "question", "wait", "solution", "participation", "approval_request")
Also = Callable[[TicketState], Awaitable[EventData]]
"""Writes further rows of a move, given the ticket as it is now. Returns data for the event."""


class Numbered(Protocol):
    """Anything that has the number of a ticket."""

    @property
    def number(self) -> int: ...


async def apply(
    move: Move,
    ticket: Numbered,
    *,
    to: Status | None = None,
    change: Change = NOTHING,
    message: NewMessage | None = None,
    copies: Sequence[str] = (),
    data: EventData | None = None,
    also: Also | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Checks the move against the ticket as it is now, applies it and records it, or changes nothing.

    `key` is the form's one-time key: when the same person sends it again, they get the first result. Raises
    `NotPermitted`, `NotFromHere` and `Invalid`.
    """
    assert to is None or to in move.targets
    async with within():
        locked = await lock_for_move(ticket.number, message, by=by, at=at, key=key)
        if locked.earlier:
            return locked.earlier
        move.check(locked.state, by)
        _refuse_wrong(move, message, copies, is_repeat=locked.is_repeat)
        events, before = _take_first(move, locked.state, by=by, at=at)
        target = to or target_of(move, before, change, by)
        is_reply = message is not None and not message.is_note
        after = consequences(move, before, target, change, is_answer=is_reply and is_desk(by, before), by=by, at=at)
        after.attend_at = attend_at(after, was=before.attend_at, is_said=is_reply, is_desks=is_desk(by, before), at=at)
        posted, written = await _write_rows(move, before, message, copies, also, by=by, at=at)
        turned = status_change(before.status, target) if target is not before.status else {}
        details = {**(data or {}), **written, **turned}
        events.append(NewEvent(move.noun, by, at, details, posted, is_reply, move.is_internal, key))
        made = await _write(locked, after, events, message)
        if locked.is_linked and turned and target in (Status.RESOLVED, Status.CLOSED):
            await _end_waits_for(before.number, at=at)
        return made


def _refuse_wrong(move: Move, message: NewMessage | None, copies: Sequence[str], *, is_repeat: bool) -> None:
    body = "already_sent" if is_repeat else body_error(message, may_be_files=move in MESSAGES)
    refuse({"body": body, "copies": copies_error(copies)})


def _take_first(move: Move, state: TicketState, *, by: Actor, at: datetime) -> tuple[list[NewEvent], TicketState]:
    """The assignment that comes with an agent's first edit, if there is one, and the ticket after it."""
    if not _takes_first(move, state, by):
        return [], state
    after = consequences(TAKE, state, Status.OPEN, NOTHING, is_answer=False, by=by, at=at)
    turned = status_change(state.status, Status.OPEN) if state.status is not Status.OPEN else {}
    return [NewEvent("take", by, at, turned | {"assignee": by.id})], after


async def _write_rows(
    move: Move,
    ticket: TicketState,
    message: NewMessage | None,
    copies: Sequence[str],
    also: Also | None,
    *,
    by: Actor,
    at: datetime,
) -> tuple[int | None, dict[str, Json]]:
    """Writes the rows of a move other than its event. Returns the id of the message, and the data for the event."""
    posted, details = None, dict[str, Json]()
    if message:
        posted = await post(ticket.number, message, is_resolution=move is SOLUTION, by=by, at=at)
        details |= {"way": message.way} if message.way is not Channel.FORM else {}
        details |= {"files": [asdict(each) for each in await files_of(posted)]} if message.files else {}
    details |= {"copies": await add_copies(ticket.number, copies, by=by, at=at)} if copies else {}
    details |= await also(ticket) if also else {}
    return posted, details


async def _write(
    locked: LockedTicket, after: TicketState, events: list[NewEvent], message: NewMessage | None
) -> MoveResult:
    """Writes the ticket, its events and its words for search. Nothing else assigns a status after creation."""
    last, deadlines = events[-1], _deadlines(locked, after, events)
    changed = _changes(locked.state, after) | stored_deadlines.changes(locked.deadlines, deadlines)
    if not all(each.is_internal for each in events):
        changed["updated_at"] = last.at
    moved = stored_deadlines.shift(locked.deadlines, deadlines)
    told = _told(moved, "" if "to" in last.data else last.noun, at=last.at)
    is_reread = _is_reread(locked.state, after, message, by=last.by)
    words = [] if is_reread else _new_words(locked.state, after, message, by=last.by)
    ids = await record_all(after.number, [*events, *told], along=[*_updates(locked.state, after, changed), *words])
    if is_reread:
        await search_index.index(after.number)
    return MoveResult(ticket=after.number, event=ids[len(events) - 1])


def _updates(before: TicketState, after: TicketState, changed: dict[Column | str, object]) -> Iterator[Fragment]:
    if changed:
        yield of_piccolo(Ticket.update(changed).where(Ticket.id == after.number).querystrings[0])
    if after.participants != before.participants:
        yield of_piccolo(Participant.delete().where(Participant.ticket == after.number).querystrings[0])


def _is_reread(before: TicketState, after: TicketState, message: NewMessage | None, *, by: Actor) -> bool:
    """Whether the document for search is built anew, for others may read the ticket, or there are files."""
    is_handed_on = after.team != before.team or (after.assignee != before.assignee and not _is_taken(before, after, by))
    return bool(is_handed_on or _whose(after) != _whose(before) or (message and message.files))


def _new_words(before: TicketState, after: TicketState, message: NewMessage | None, *, by: Actor) -> Iterator[Fragment]:
    """Adds the message, the assignee and the status to the document for search."""
    is_taken = _is_taken(before, after, by)
    if message or is_taken or after.status is not before.status:
        said, taken = (by.name, message.body) if message else (), (by.name,) if is_taken else ()
        public, internal = (taken, said) if message and message.is_note else ((*taken, *said), ())
        marks = [*([f"p{by.id}"] if is_taken else []), *([f"n{by.id}"] if said or is_taken else [])]
        yield search_index.addition(after.number, public=public, internal=internal, marks=marks, status=after.status)


def _is_taken(before: TicketState, after: TicketState, by: Actor) -> bool:
    return before.assignee is None and after.assignee == by.id


def _whose(ticket: TicketState) -> Ownership:
    return Ownership(ticket.requester, ticket.primary_contact, ticket.organization)


def _changes(before: TicketState, after: TicketState) -> dict[Column | str, object]:
    return {name: value for name in CHANGED if (value := getattr(after, name)) != getattr(before, name)}


def _deadlines(locked: LockedTicket, after: TicketState, events: list[NewEvent]) -> Deadlines:
    """The deadlines after these events. Those of a closed ticket were judged when it closed."""
    if locked.state.status is after.status is Status.CLOSED:
        return locked.deadlines
    life = stored_deadlines.timeline_of([*locked.past, *(_as_past(each, after) for each in events)])
    return deadlines_of(life, locked.terms.policy(case_of(after))) if life else locked.deadlines


def _as_past(event: NewEvent, ticket: TicketState) -> PastEvent:
    is_work = is_desk(event.by, ticket)
    return PastEvent(event.noun, event.at, event.data, is_work and event.is_reply, is_work)


def _told(moved: Shift | None, why: str, *, at: datetime) -> list[NewEvent]:
    """The event that records the old and new deadlines, if `why` moved them."""
    if not (why and moved and stored_deadlines.is_worth_telling(moved)):
        return []
    return [NewEvent("deadline", SYSTEM, at, {"why": why, "old": moved.old, "new": moved.new}, is_internal=True)]


async def refresh_due_dates(number: int, *, why: str, at: datetime) -> None:
    """Recalculates the ticket's deadlines after a change that is no move."""
    if told := _told(await stored_deadlines.refresh(number), why, at=at):
        await record_all(number, told)


@dataclass(frozen=True)
class _LinkedWait:
    """A waiting ticket, and the kind of its link to another one."""

    other: int
    kind: str


async def _end_waits_for(number: int, *, at: datetime) -> None:
    """Resumes the tickets that waited for this one alone."""
    for each in await fetch_as(_LinkedWait, _LINKED_WAITS, number):
        parent = await lock_state(each.other)
        if parent.wait is WAITS_BY_LINK.get(each.kind) and not await _is_at_work(parent.number, each.kind):
            told = {"wait": parent.wait, "ticket": number}
            await apply(RESUMPTION, parent, to=Status.OPEN, data=told, by=SYSTEM, at=at)


_LINKED_WAITS = (
    "SELECT link.other, link.kind FROM link JOIN ticket ON ticket.id = link.other "
    "WHERE link.ticket = {} AND ticket.status = 'waiting' ORDER BY link.other"
)


async def _is_at_work(number: int, kind: str) -> bool:
    """Whether any ticket linked to it by this kind is still open."""
    return bool(
        await fetch_column(
            int,
            "SELECT 1 AS one FROM link JOIN ticket ON ticket.id = link.ticket WHERE link.other = {} AND link.kind = {} "
            "AND ticket.status NOT IN ('resolved', 'closed') LIMIT 1",
            number,
            kind,
        )
    )


def _takes_first(move: Move, state: TicketState, by: Actor) -> bool:
    """Whether this edit also assigns the ticket to `by`: nobody holds it, and it is not offered to somebody else."""
    return (
        is_desk(by, state)
        and state.workflow.first_edit_takes
        and state.assignee is None
        and state.offered_to in (None, by.id)
        and state.status in (Status.NEW, Status.OPEN)
        and move.noun in _FIRST_EDITS
    )

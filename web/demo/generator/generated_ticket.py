"""A generated ticket: what happens to it, move by move, and the resulting rows."""

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from web.demo.generator.bulk_insert import Ids, Row, Rows
from web.demo.generator.world import Member, Subject
from web.demo.office_hours import OfficeTime
from web.people.permissions import SYSTEM, Actor
from web.tickets.actions.timers import move_of, told_of
from web.tickets.life.consequences import NOTHING, Change, consequences, target_of
from web.tickets.life.moves import SOLUTION, SUBMISSION, Move
from web.tickets.life.rights import is_desk
from web.tickets.life.states import Channel, Priority, Status, TicketState
from web.tickets.life.timeline import EventData, Json, PastEvent, timeline_of
from web.tickets.record.events import status_change
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.stored_deadlines import COLUMNS
from web.tickets.sla.targets import Policy
from web.tickets.sla.timers import DueTimer, due_timers

_NO_DEADLINES = Deadlines(*(None,) * len(Deadlines.__dataclass_fields__))
_AT_ONCE, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_OPENINGS = (SUBMISSION.noun, "draft")


@dataclass
class Event:
    """An event with its message; `parts` is the key in its data for the tickets that came from it."""

    kind: str
    actor: int
    at: datetime
    data: EventData
    says: str
    is_note: bool
    is_internal: bool
    parts: str


@dataclass
class GeneratedTicket:
    """A ticket as it develops: by moves, as any ticket, and by timers in between."""

    office: OfficeTime
    chance: random.Random
    subject: Subject
    priority: Priority
    policy: Policy
    channel: Channel
    organization: int | None
    requester: Member
    author: Actor
    agent: Actor
    ago: float
    """The present instant, in office hours before the end."""
    title: str = ""
    team: int | None = None
    number: int = 0
    events: list[Event] = field(default_factory=list)
    past: list[PastEvent] = field(default_factory=list)
    copies: list[Member] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    parts: "list[tuple[str, GeneratedTicket]]" = field(default_factory=list)
    """Tickets that came from it, each with its kind of link."""
    calm_until: datetime = _AT_ONCE
    """No timer is due before, as long as the ticket stays as it is; computed again after each change."""

    def __post_init__(self) -> None:
        self.at = self.created_at = self.updated_at = self.office.at(self.ago)
        self.team = self.team or self.subject.team
        self.state = TicketState(
            number=0,
            status=Status.DRAFT,
            wait=None,
            author=self.author.id,
            requester=self.requester.actor.id,
            primary_contact=self.requester.actor.id,
            organization=self.organization,
            team=self.team,
            assignee=None,
            is_answered=False,
            workflow=self.subject.workflow,
            participants=frozenset(),
        )

    def may(self, by: Actor, move: Move) -> bool:
        return move.is_open(self.state, by)

    def goes_on(self, hours: float) -> None:
        """Lets so many office hours pass; due timers fire on the way."""
        self.ago = max(self.ago - hours, 0.0)
        self.comes_to(self.office.at(self.ago))

    def comes_to(self, instant: datetime) -> None:
        while self.calm_until <= instant:
            timer = self._next_timer()
            if timer is None or timer.due > instant:
                self.calm_until = timer.due if timer else _NEVER
            else:
                self._obey(timer)
        self.at = instant

    def _next_timer(self) -> DueTimer | None:
        if self.state.status in (Status.DRAFT, Status.CLOSED):
            return None
        return min(due_timers(timeline_of(self.past), self.policy), default=None)

    def is_drafted(self, *, says: str) -> None:
        self.events.append(Event("draft", self.author.id, self.at, {}, says, is_note=False, is_internal=True, parts=""))

    def moves(
        self,
        move: Move,
        by: Actor,
        *,
        to: Status | None = None,
        change: Change = NOTHING,
        says: str = "",
        is_note: bool = False,
        data: EventData | None = None,
        parts: str = "",
    ) -> None:
        """Makes a move. Raises as moves do; `data` is what the actions add to the event."""
        move.check(self.state, by)
        to = to or target_of(move, self.state, change, by)
        is_answer = bool(says) and not is_note and move is not SUBMISSION and is_desk(by, self.state)
        before = self.state
        self.state = consequences(move, before, to, change, is_answer=is_answer, by=by, at=self.at)
        details = dict(data or {}) | (status_change(before.status, to) if to is not before.status else {})
        self.events.append(Event(move.noun, by.id, self.at, details, says, is_note, move.is_internal, parts))
        self.past.append(PastEvent(move.noun, self.at, details, is_answer, is_desk(by, before)))
        self.updated_at = self.updated_at if move.is_internal else self.at
        if to is not before.status and (before.status is not Status.NEW or self.policy.timers.idle):
            self.calm_until = _AT_ONCE

    def _obey(self, timer: DueTimer) -> None:
        move, to, resolution = move_of(timer)
        self.at = max(timer.due, self.past[-1].at)
        self.moves(move, SYSTEM, to=to, change=Change(resolution=resolution), data=told_of(timer))

    def add_to(self, rows: Rows, ids: Ids) -> None:
        """Adds its rows and those of its parts, numbered in order."""
        self.number = self.number or ids.next("ticket")
        for _, part in self.parts:
            part.number = ids.next("ticket")
        rows["ticket"].append(self._row())
        for event in self.events:
            self._add_event(event, rows, ids)
        for each in self.copies:
            rows["participant"].append((self.number, each.actor.id, each.address, self.author.id, self.created_at))
        rows["rating"] += [(self.number, self.requester.actor.id, *rating) for rating in self.ratings]
        for kind, part in self.parts:
            rows["link"].append((part.number, self.number, kind, part.created_at))
            part.add_to(rows, ids)

    def _add_event(self, event: Event, rows: Rows, ids: Ids) -> None:
        message = self._add_message(event, rows, ids) if event.says else None
        audience = "internal" if event.is_internal else "public"
        data = json.dumps({**event.data, **self._numbers_of_parts(event.parts)}, ensure_ascii=False)
        row = (ids.next("event"), self.number, event.kind, event.actor, event.at, audience, data, message, event.at)
        rows["event"].append(row)

    def _add_message(self, event: Event, rows: Rows, ids: Ids) -> int:
        kind = "note" if event.is_note else "opening" if event.kind in _OPENINGS else "reply"
        is_solution = event.kind == SOLUTION.noun
        number = ids.next("message")
        rows["message"].append((number, self.number, kind, event.actor, event.says, event.at, is_solution))
        return number

    def _numbers_of_parts(self, name: str) -> dict[str, Json]:
        """One number, or a list if the name is a plural."""
        numbers = [part.number for _, part in self.parts]
        return {name: numbers if name == "parts" else numbers[0]} if name else {}

    def _row(self) -> Row:
        state, about = self.state, self.subject
        is_sent = state.status is not Status.DRAFT
        deadlines = deadlines_of(timeline_of(self.past), self.policy) if is_sent else _NO_DEADLINES
        requester = self.requester.actor.id
        return (
            *(
                self.number,
                self.title,
                about.category,
                about.topic,
                self.priority,
                self.author.id,
                requester,
                requester,
            ),
            *((self.organization, self.team) if is_sent else (None, None)),
            *(state.assignee, self.channel, state.status, state.wait, state.wait_until, state.resolution),
            *(about.workflow.name, state.is_answered, state.answered_at, state.approval_asked_by),
            *(self.created_at, self.created_at if is_sent else None),
            *(self.updated_at, state.resolved_at, state.closed_at),
            *(getattr(deadlines, name) for name in COLUMNS),
        )

"""Words of a ticket for one reader: its status, its row in a list, and its conversation."""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from web.mail.incoming.markup.pictures import hosts, numbers
from web.pages.words.formats import ago, exactly, iso, moment
from web.pages.words.labels import BY_WAY, ENDINGS
from web.pages.words.tickets.events import event_text
from web.pages.words.tickets.next_step import Step, next_step
from web.pages.words.tickets.originals import in_place
from web.people.permissions import Actor
from web.tickets.life.states import Status
from web.tickets.life.turns import is_turn
from web.tickets.life.workflows import Workflow, state_of, workflow
from web.tickets.lists.portal import ListedTicket
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import TicketDetails

_TONES = {
    "draft": ("rest", "ring"),
    "approval": ("rest", "pause"),
    "new": ("rest", "ring"),
    "unassigned": ("rest", "ring"),
    "open": ("work", "half"),
    "resolved": ("good", "check"),
    "closed": ("rest", "check"),
}


class Chip(NamedTuple):
    """The label of a status, with its tone and icon."""

    label: str
    tone: str
    icon: str


class Partner(NamedTuple):
    """The other ticket of a recorded contact: the record itself, or the ticket that handles it."""

    number: int
    is_contact: bool


class TicketRow(NamedTuple):
    """One row of a list, as words."""

    number: int
    is_draft: bool
    title: str
    chip: Chip
    step: Step
    updated: str
    updated_exactly: str
    updated_iso: str
    created_at: datetime
    partner: Partner | None
    opener: str
    """The requester, if it is not the reader."""


class Line(NamedTuple):
    """One entry of a conversation, as words."""

    id: int
    who: str
    at: str
    exactly: str
    iso: str
    text: str
    """The event as a sentence, shown if there is no message."""
    body: str | None
    side: str
    is_of_desk: bool
    """Whether somebody of the desk did it."""
    team: str | None
    mark: str
    files: tuple[object, ...]
    """Files that are not shown in place."""
    way: str
    """The channel."""
    mail: str
    """The address of the original mail, for agents; empty if there is none."""
    is_unproven: bool
    html: str
    """The sanitized HTML of the body; empty if the text shows as much."""
    has_outside: bool
    """Whether it has external pictures that can be loaded, and are links until then."""


def chip(
    state: str, flow: Workflow, me: Actor, *, is_turn: bool, outcome: str | None = None, resolution: str | None = None
) -> Chip:
    label = flow.desk_labels[state] if me.is_agent else flow.label(state, outcome, waits_for_reader=is_turn)
    return _chip(state, ENDINGS.get(resolution or "", label), is_turn)


def desk_chip(state: str, flow: Workflow, resolution: str | None) -> Chip:
    """The status with the label for agents."""
    return _chip(state, ENDINGS.get(resolution or "", flow.desk_labels[state]), is_turn=False)


@functools.cache
def _chip(state: str, label: str, is_turn: bool) -> Chip:
    tone, icon = _TONES.get(state, ("rest", "pause"))
    if state in ("waiting_requester", "approval") and is_turn:
        tone, icon = "turn", "turn"
    return Chip(label, tone, icon)


def row(found: ListedTicket, me: Actor, now: datetime) -> TicketRow:
    flow = workflow(found.workflow)
    state = state_of(found.status, found.wait, found.assignee)
    turn = is_turn(me, found, state, flow)
    return TicketRow(
        number=found.id,
        is_draft=state == "draft",
        title=found.title or "(sem título)",
        chip=chip(state, flow, me, is_turn=turn, outcome=found.outcome, resolution=found.resolution),
        step=next_step(state, found, flow, is_turn=turn, is_agent=me.is_agent, now=now),
        updated=ago(found.updated_at, now),
        updated_exactly=exactly(found.updated_at),
        updated_iso=iso(found.updated_at),
        created_at=found.created_at,
        partner=_partner(found),
        opener="" if found.requester == me.id else found.requester_name,
    )


def _partner(found: ListedTicket) -> Partner | None:
    number = found.contact or found.handling
    return Partner(number, is_contact=bool(found.contact)) if number else None


def step_of(ticket: TicketDetails, me: Actor, now: datetime) -> Step:
    turn = is_turn(me, ticket, ticket.state, ticket.workflow)
    return next_step(ticket.state, ticket, ticket.workflow, is_turn=turn, is_agent=me.is_agent, now=now)


def chip_of(ticket: TicketDetails, me: Actor) -> Chip:
    turn = is_turn(me, ticket, ticket.state, ticket.workflow)
    return chip(ticket.state, ticket.workflow, me, is_turn=turn, outcome=ticket.outcome, resolution=ticket.resolution)


def line(entry: Entry, me: Actor) -> Line:
    who = "Você" if entry.actor == me.id else entry.actor_name
    return Line(
        id=entry.id,
        who=who,
        at=moment(entry.at),
        exactly=exactly(entry.at),
        iso=iso(entry.at),
        text=event_text(entry, who),
        body=entry.body,
        side="me" if entry.actor == me.id or (me.is_agent and entry.is_ours) else "us",
        is_of_desk=entry.is_ours and not entry.is_unproven,
        team=None if entry.is_unproven else entry.team,
        mark="note" if entry.is_note and entry.body is not None else "solution" if entry.is_resolution else "",
        files=tuple(file for file in entry.files if file.id not in numbers(entry.html)),
        way=BY_WAY[entry.way],
        mail=f"/desk/tickets/{entry.ticket}/mail/{entry.mail}" if entry.mail and me.is_agent else "",
        is_unproven=entry.is_unproven,
        html=in_place(entry.html, entry.files),
        has_outside=bool(hosts(entry.html)),
    )


def news_text(entries: Sequence[Entry], me: Actor, now: datetime) -> list[str]:
    """Actions of others while the page was open: Davi respondeu há 1 min."""
    return [f"{line(entry, me).text} {ago(entry.at, now)}" for entry in entries]


def solution(entries: Sequence[Entry], lines: Sequence[Line], number: int) -> Line | None:
    """The message of the current solution of this ticket, if it is on the page."""
    own = [(entry, shown) for entry, shown in zip(entries, lines, strict=True) if entry.ticket == number]
    for entry, shown in reversed(own):
        if shown.mark == "solution" and shown.body is not None:
            return shown
        if entry.data.get("from") == Status.RESOLVED and entry.data.get("to") == Status.OPEN:
            break
    return None

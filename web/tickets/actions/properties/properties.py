"""The properties of a ticket set by one form (subject, priority and assignment), and undoing the last change of them.

Tags, and taking or releasing a ticket, are undone in the same way.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Unpack

from web.database import fetch_as, within
from web.errors import Invalid
from web.people.permissions import SYSTEM, Actor
from web.tickets.actions import assignment
from web.tickets.actions.properties import classification
from web.tickets.life.consequences import Assignment, Change, Subject
from web.tickets.life.moves import ASSIGNMENT, CLASSIFICATION, RELEASE, TAGS, TAKE
from web.tickets.life.states import Priority
from web.tickets.record.events import MoveResult, Stamp, earlier_result
from web.tickets.record.locking import lock
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply

UNDO_OFFERED = timedelta(seconds=10)
_UNDO_TAKEN = timedelta(seconds=30)
"""Longer than the page offers it, because the connection may be slow."""
UNDONE = frozenset(move.noun for move in (ASSIGNMENT, CLASSIFICATION, RELEASE, TAGS, TAKE))
"""The moves that can be undone. Their events keep the values before."""


@dataclass(frozen=True)
class Properties:
    """The properties that one form sets.

    `assignee` gets the ticket or is offered it; without a team it keeps its team.
    """

    priority: Priority
    category: int | None
    topic: int | None
    team: int | None
    assignee: int | None


def properties_of(ticket: TicketDetails) -> Properties:
    holder = ticket.assignee or ticket.offered_to
    return Properties(ticket.priority, ticket.category, ticket.topic, ticket.team, holder)


async def set_properties(
    ticket: TicketDetails, wanted: Properties, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult | None:
    """Makes the moves that lead to these properties. Returns None when nothing changes.

    A new category clears the old topic, and a new team clears the assignee.
    """
    had, made = properties_of(ticket), None
    if wanted.category != had.category and wanted.topic == had.topic:
        wanted = replace(wanted, topic=None)
    is_moved = wanted.team not in (None, had.team)
    if is_moved and wanted.assignee == had.assignee:
        wanted = replace(wanted, assignee=None)
    about, was = (Subject(each.priority, each.category, each.topic) for each in (wanted, had))
    async with within():
        if about != was:
            made = await classification.classify(ticket, **asdict(about), by=by, at=at, key=key)
        if is_moved or wanted.assignee != had.assignee:
            team, once = wanted.team, None if made else key
            made = await assignment.assign(ticket, team=team, person=wanted.assignee, by=by, at=at, key=once)
    return made


@dataclass(frozen=True)
class _Past:
    """An event that may be undone."""

    id: int
    kind: str
    actor: int
    at: datetime
    data: str


async def undo(
    ticket: TicketDetails, event: int | None, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Restores what `by` changed last, by moves of the same kind. Raises `Invalid` when it is too late."""
    async with within():
        await lock(ticket.number)
        if found := await earlier_result(by, key):
            return found
        past = await fetch_as(_Past, _PAST, ticket.number, SYSTEM.id)
        done = list(takewhile(lambda each: _is_undone_with(each, past[0]), past))
        if not done or done[0].id != event or done[0].actor != by.id or at > done[0].at + _UNDO_TAKEN:
            raise Invalid("undo", "too_late_to_undo")
        made = [
            await _set_back(ticket, each, by=by, at=at, key=None if number else key) for number, each in enumerate(done)
        ]
        return made[-1]


_PAST = "SELECT id, kind, actor, at, data FROM event WHERE ticket = {} AND actor <> {} ORDER BY id DESC LIMIT 6"


def _is_undone_with(event: _Past, last: _Past) -> bool:
    """Whether both events were made by the same form."""
    return (event.actor, event.at) == (last.actor, last.at) and event.kind in UNDONE and "was" in json.loads(event.data)


async def _set_back(ticket: TicketDetails, event: _Past, **stamp: Unpack[Stamp]) -> MoveResult:
    was = json.loads(event.data)["was"]
    if event.kind == TAGS.noun:
        return await classification.tag(ticket, was, **stamp)
    if event.kind == CLASSIFICATION.noun:
        was |= {"priority": Priority(was["priority"])}
        return await classification.classify(ticket, **was, **stamp)
    new = Assignment(**was)
    data = {**asdict(new), "was": assignment.standing(ticket)}
    return await apply(ASSIGNMENT, ticket, change=Change(assignment=new), data=data, **stamp)

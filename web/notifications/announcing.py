"""Turns events into notices and messages: each event once, with any number of workers.

An event without `announced_at` is pending. Its recipients are decided at that moment; rights are checked again when a
message is sent and when a notice is read.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as, transaction
from web.notifications import pending_events, quiet_hours
from web.notifications.outbox import FOR_SOMEBODY, TO_MANY
from web.notifications.parties import Happened
from web.notifications.party_lookup import parties_of
from web.notifications.pending_events import AT_ONCE, Event
from web.notifications.preferences import wants
from web.notifications.rules import OF_AGENTS, Notification, told
from web.people.permissions import SYSTEM, Role
from web.sql import rows, values
from web.tickets.life.workflows import Rating, workflow

Also = Callable[[Sequence[int]], Awaitable[None]]
"""Handles these events further, for example for webhooks, in the same transaction."""

MANY = 20
"""More events of one person with the same text are a notice to many, which others do not queue behind."""
_WRITTEN_AT_ONCE = 1_000


@dataclass(frozen=True)
class _Told:
    """A recipient of an event, the kind of notification, and whether it can wait until their team is open."""

    event: Event
    person: int
    why: Notification
    can_wait: bool


@dataclass(frozen=True)
class _Addressee:
    person: int
    address: str
    wanted: str


async def announce(at: datetime, *, also: Also | None = None) -> int:
    """Announces all pending events. Returns how many this worker announced."""
    announced = 0
    while events := await pending_events.next_turn(at):
        async with transaction():
            claimed = await pending_events.claim(events, at)
            await _announce(claimed, at, also)
        announced += len(claimed)
        if not claimed or len(events) < AT_ONCE:  # another worker is at them, or they were the last
            break
    return announced


async def _announce(events: Sequence[Event], at: datetime, also: Also | None) -> None:
    """Announces a batch, with as many statements as a single event takes."""
    if events:
        parties = await parties_of(events)
        happened = zip(events, parties, strict=True)
        people = [
            _Told(each, person, why, why in OF_AGENTS or person in its.at_work)
            for each, its in happened
            for person, why in sorted(told(_happened(each), its).items())
        ]
        await _show(people)
        await _queue(people, at)
        if also:
            await also([each.id for each in events])


def _happened(event: Event) -> Happened:
    return Happened(
        event.kind,
        event.actor,
        json.loads(event.data),
        is_desks=event.role != Role.REQUESTER and event.actor not in (event.requester, SYSTEM.id),
        is_internal=event.audience == "internal",
        asks_rating=workflow(event.workflow).rating is not Rating.OFF,
        is_chat=event.is_chat,
    )


async def _show(people: Sequence[_Told]) -> None:
    """Adds a notice for each, except acknowledgements for people who were present."""
    seen = [each for each in people if each.person != each.event.actor]
    await _write(
        "notice (person, event, ticket, occasion, at)",
        [(each.person, each.event.id, each.event.ticket, each.why, each.event.at) for each in seen],
    )


async def _queue(people: Sequence[_Told], at: datetime) -> None:
    """Queues a message for each person who has an address and wants it."""
    addressees = await _addressees({each.person for each in people})
    written_to = [
        (each, found.address)
        for each in people
        if (found := addressees.get(each.person)) and wants(found.wanted, each.why)
    ]
    closed = {each.event.team for each, _ in written_to if each.can_wait}
    openings = await quiet_hours.openings(closed, at) if closed else {}
    await _write(
        "outgoing (recipient, subject, body, attempts, made_at, event, person, occasion, urgency, due_at)",
        [
            (address, "", "", 0, at, each.event.id, each.person, each.why, *_when(each, at, openings))
            for each, address in written_to
        ],
    )


def _when(told: _Told, at: datetime, openings: dict[int | None, datetime]) -> tuple[int, datetime]:
    """The urgency of the message, and when it is due. Messages to requesters are never delayed."""
    if not told.can_wait:
        return TO_MANY if told.event.alike > MANY else FOR_SOMEBODY, at
    opening = openings[told.event.team]
    return TO_MANY if opening <= at else quiet_hours.HELD, opening


async def _addressees(people: set[int]) -> dict[int, _Addressee]:
    """The people with an address, one address each."""
    if not people:
        return {}
    found = await fetch_as(
        _Addressee,
        "SELECT identity.person, min(identity.value) AS address, min(person.mail) AS wanted FROM identity "
        "JOIN person ON person.id = identity.person AND person.is_active "
        "WHERE identity.person IN ({}) AND kind = 'email' GROUP BY identity.person",
        values(people),
    )
    return {each.person: each for each in found}


async def _write(columns: str, some: Sequence[Sequence[object]]) -> None:
    """Writes rows in batches: a statement takes at most 32,766 values, and a team of some hundred agents needs more."""
    for part in _parts(some):
        await execute(f"INSERT INTO {columns} VALUES {{}}", rows(part))


def _parts(some: Sequence[Sequence[object]]) -> Iterator[Sequence[Sequence[object]]]:
    return (some[begin : begin + _WRITTEN_AT_ONCE] for begin in range(0, len(some), _WRITTEN_AT_ONCE))

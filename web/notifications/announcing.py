"""From events to what people are told: each event once, however many workers are at it.

An event without `announced_at` is the outbox. Who is told is found out at that moment; rights are checked again when
a message is sent and when a notice is read.
"""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as, fetch_column, transaction
from web.notifications import quiet_hours
from web.notifications.occasions import OF_AGENTS, Occasion, told
from web.notifications.outbox import FOR_SOMEBODY, TO_MANY
from web.notifications.preferences import wants
from web.notifications.recipients import Happened, Parties
from web.people.agents.absences import STAND_IN
from web.people.permissions import SYSTEM, Role
from web.sql import literals
from web.text import fold
from web.tickets.life.states import Channel
from web.tickets.life.workflows import Rating, workflow
from web.tickets.lists.presence import PRESENT_FOR

Also = Callable[[int, str, datetime], Awaitable[None]]
"""Who else is told of an event, in the same transaction: its id, its noun, and when it happened."""

AT_ONCE = 10
MANY = 20
"""Events of one person in the same words that wait to be announced: a notice to many, behind which nobody waits."""
_LOOKED_AT = 10_000
_NOBODYS = 0


@dataclass(frozen=True)
class _Event:
    """An event that nobody was told of, with its ticket of this moment."""

    id: int
    kind: str
    actor: int
    data: str
    audience: str
    at: datetime
    message: int | None
    ticket: int
    author: int
    requester: int
    primary_contact: int
    assignee: int | None
    offered_to: int | None
    team: int | None
    organization: int | None
    workflow: str
    channel: str
    role: str
    waiting: int
    """Events of the same person in the same words of which nobody was told yet."""

    @property
    def is_chat(self) -> bool:
        return self.channel == Channel.CHAT and self.author == self.requester


@dataclass(frozen=True)
class _Member:
    part: str
    person: int


@dataclass(frozen=True)
class _Agent:
    id: int
    name: str


@dataclass(frozen=True)
class _Addressee:
    person: int
    address: str
    wanted: str


_UNANNOUNCED = f"""
SELECT event.id, event.kind, event.actor, event.data, event.audience, event.at, event.message, event.ticket,
       ticket.author, ticket.requester, ticket.primary_contact, ticket.assignee, ticket.offered_to, ticket.team,
       ticket.organization, ticket.workflow, ticket.channel, person.role, waiting.many AS waiting
FROM (
    SELECT id, row_number() OVER (PARTITION BY actor, kind, words ORDER BY id) AS place,
           count(*) OVER (PARTITION BY actor, kind, words) AS many
    FROM (
        SELECT event.id, event.actor, event.kind, substr(message.body, 1, 100) AS words
        FROM event LEFT JOIN message ON message.id = event.message
        WHERE event.announced_at IS NULL ORDER BY event.id LIMIT {_LOOKED_AT}
    ) oldest
) waiting
JOIN event ON event.id = waiting.id JOIN ticket ON ticket.id = event.ticket JOIN person ON person.id = event.actor
ORDER BY waiting.place, event.id LIMIT {AT_ONCE}
"""
"""In turns, the oldest of each notice first: thousands of one keep nobody else waiting."""


async def announce(at: datetime, *, also: Also | None = None) -> int:
    """Every event that nobody was told of; how many were announced here."""
    announced = 0
    while events := await fetch_as(_Event, _UNANNOUNCED):
        for event in events:
            async with transaction():
                announced += await _announce(event, at, also)
        if len(events) < AT_ONCE:
            break
    return announced


async def _announce(event: _Event, at: datetime, also: Also | None) -> bool:
    """Unless another worker has."""
    claimed = "UPDATE event SET announced_at = {} WHERE id = {} AND announced_at IS NULL RETURNING id"
    if not await fetch_column(int, claimed, at, event.id):
        return False
    data = json.loads(event.data)
    is_desks = event.role != Role.REQUESTER and event.actor not in (event.requester, SYSTEM.id)
    happened = Happened(
        event.kind,
        event.actor,
        data,
        is_desks=is_desks,
        is_internal=event.audience == "internal",
        asks_rating=workflow(event.workflow).rating is not Rating.OFF,
        is_chat=event.is_chat,
    )
    await _write(event, told(happened, await _parties(event)), at=at)
    if also:
        await also(event.id, event.kind, event.at)
    return True


async def _parties(event: _Event) -> Parties:
    """In one query; and one more for a note, which may mention somebody."""
    members = await fetch_as(
        _Member,
        "SELECT 'copies' AS part, person FROM participant WHERE ticket = {} "
        "UNION ALL SELECT CASE WHEN person.role = 'agent' THEN 'queue' ELSE 'leads' END, person.id FROM team_member "
        "JOIN person ON person.id = team_member.person WHERE team_member.team = {} AND person.is_active "
        "AND NOT person.is_robot AND person.role <> 'requester' "
        "UNION ALL SELECT 'approvers', membership.person FROM membership JOIN person ON person.id = membership.person "
        "WHERE membership.organization = {} AND membership.approves AND membership.confirmed_at IS NOT NULL "
        f"AND person.is_active AND membership.person NOT IN ({{}}, {{}}) UNION ALL {STAND_IN} "
        "UNION ALL SELECT 'present', visit.person FROM visit WHERE visit.ticket = {} AND visit.at > {}",
        event.ticket,
        event.team or _NOBODYS,
        event.organization or _NOBODYS,
        event.requester,
        event.author,
        event.assignee or _NOBODYS,
        event.at,
        event.at,
        event.ticket if event.is_chat else _NOBODYS,
        event.at - PRESENT_FOR,
    )
    leads = _part(members, "leads")
    return Parties(
        requester=event.requester,
        contact=event.primary_contact,
        copies=_part(members, "copies"),
        assignee=event.assignee,
        stand_in=next(iter(_part(members, "stand_ins")), None),
        offered_to=event.offered_to,
        queue=_part(members, "queue") | leads,
        leads=leads,
        approvers=_part(members, "approvers"),
        present=_part(members, "present"),
        mentioned=await _mentioned(event.message) if event.kind == "note" and event.message else frozenset(),
    )


def _part(members: Sequence[_Member], part: str) -> frozenset[int]:
    return frozenset(each.person for each in members if each.part == part)


async def _mentioned(message: int) -> frozenset[int]:
    """Agents whose name, or the first of their names where no other agent has it, follows an "@"."""
    body = " ".join(await fetch_column(str, "SELECT body FROM message WHERE id = {}", message))
    called = [fold(each) for each in re.findall(r"@([^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,4})", body)]
    if not called:
        return frozenset()
    agents = await fetch_as(
        _Agent, "SELECT id, name FROM person WHERE role <> 'requester' AND is_active AND NOT is_robot ORDER BY id"
    )
    return frozenset(each.id for each in agents if any(_is_called(each, name, agents) for name in called))


def _is_called(agent: _Agent, called: str, agents: Sequence[_Agent]) -> bool:
    if f"{called} ".startswith(f"{fold(agent.name)} "):
        return True
    first = fold(agent.name).split()[0]
    namesakes = [each for each in agents if fold(each.name).split()[0] == first]
    is_longer = any(f"{called} ".startswith(f"{fold(each.name)} ") for each in namesakes)
    return called.split(maxsplit=1)[0] == first and len(namesakes) == 1 and not is_longer


async def _write(event: _Event, people: dict[int, Occasion], *, at: datetime) -> None:
    """A notice for each, but of an acknowledgement to whoever was there; a message for each who has an address."""
    seen = {person: why for person, why in people.items() if person != event.actor}
    if seen:
        places = ", ".join(["({}, {}, {}, {}, {})"] * len(seen))
        await execute(
            f"INSERT INTO notice (person, event, ticket, occasion, at) VALUES {places}",
            *(value for each in seen.items() for value in (each[0], event.id, event.ticket, each[1], event.at)),
        )
    addressees = await _addressees(people)
    if addressees:
        opening = await _opening(event, addressees, people, at)
        places = ", ".join(["({}, '', '', 0, {}, {}, {}, {}, {}, {})"] * len(addressees))
        await execute(
            "INSERT INTO outgoing (recipient, subject, body, attempts, made_at, event, person, occasion, urgency, "
            f"due_at) VALUES {places}",
            *(value for each in addressees for value in _queued(event, each, people[each.person], at, opening)),
        )


async def _opening(
    event: _Event, addressees: Sequence[_Addressee], people: dict[int, Occasion], at: datetime
) -> datetime:
    """When agents may be written to of it; now where none is."""
    has_agents = any(people[each.person] in OF_AGENTS for each in addressees)
    return await quiet_hours.opening(event.team, at) if has_agents else at


def _queued(event: _Event, to: _Addressee, why: Occasion, at: datetime, opening: datetime) -> tuple[object, ...]:
    """What requesters are told never waits."""
    if why not in OF_AGENTS:
        return to.address, at, event.id, to.person, why, TO_MANY if event.waiting > MANY else FOR_SOMEBODY, at
    return to.address, at, event.id, to.person, why, TO_MANY if opening <= at else quiet_hours.HELD, opening


async def _addressees(people: dict[int, Occasion]) -> list[_Addressee]:
    """Those who can be written to of it, and want to be, each by one address."""
    if not people:
        return []
    found = await fetch_as(
        _Addressee,
        "SELECT identity.person, min(identity.value) AS address, min(person.mail) AS wanted FROM identity "
        "JOIN person ON person.id = identity.person AND person.is_active "
        f"WHERE identity.person IN ({literals(people)}) AND kind = 'email' "
        "GROUP BY identity.person ORDER BY identity.person",
    )
    return [each for each in found if wants(each.wanted, people[each.person])]

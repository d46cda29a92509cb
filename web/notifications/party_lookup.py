"""Finds the parties of many events in one query."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from web.database import fetch_as
from web.notifications.parties import Parties
from web.notifications.pending_events import Event
from web.people.agents.absences import STAND_INS
from web.sql import values
from web.text import fold

_Parts = Mapping[str, frozenset[int]]
"""People of an event by their part in its ticket."""


@dataclass(frozen=True)
class _Member:
    event: int
    part: str
    person: int


@dataclass(frozen=True)
class _Reader:
    event: int
    person: int


@dataclass(frozen=True)
class _Note:
    id: int
    body: str


@dataclass(frozen=True)
class _Agent:
    id: int
    name: str


async def parties_of(events: Sequence[Event]) -> list[Parties]:
    """The parties of each event, in order. Chats need one more query, and notes that may mention somebody two more."""
    members = await _members(events)
    readers = await _readers([each.id for each in events if each.is_chat])
    mentioned = await _mentioned([each.message for each in events if each.kind == "note" and each.message])
    return [
        _parties(each, members[each.id], readers[each.id], mentioned.get(each.message, frozenset())) for each in events
    ]


def _parties(event: Event, parts: _Parts, readers: frozenset[int], mentioned: frozenset[int]) -> Parties:
    leads = parts["leads"]
    return Parties(
        requester=event.requester,
        contact=event.primary_contact,
        copies=parts["copies"] | parts["newcomers"],
        newcomers=parts["newcomers"],
        assignee=event.assignee,
        stand_in=next(iter(parts["stand_ins"]), None),
        offered_to=event.offered_to,
        queue=parts["queue"] | leads,
        leads=leads,
        approvers=parts["approvers"],
        readers=readers,
        mentioned=mentioned,
    )


async def _members(events: Sequence[Event]) -> Mapping[int, _Parts]:
    found: defaultdict[int, defaultdict[str, frozenset[int]]] = defaultdict(lambda: defaultdict(frozenset))
    for each in await fetch_as(_Member, _MEMBERS, values(each.id for each in events)):
        found[each.event][each.part] |= {each.person}
    return found


async def _readers(chats: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """The people to whom these events of chats were shown, by event."""
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    shown = (
        "SELECT event.id AS event, visit.person FROM event "
        "JOIN visit ON visit.ticket = event.ticket AND visit.read_at >= event.at WHERE event.id IN ({})"
    )
    for each in await fetch_as(_Reader, shown, values(chats)) if chats else ():
        found[each.event] |= {each.person}
    return found


async def _mentioned(notes: Sequence[int]) -> dict[int | None, frozenset[int]]:
    """The mentioned agents by note: their name, or a first name that no other agent has, follows an "@"."""
    if not notes:
        return {}
    written = await fetch_as(_Note, "SELECT id, body FROM message WHERE id IN ({})", values(notes))
    called = {each.id: _called(each.body) for each in written}
    if not any(called.values()):
        return {}
    agents = await fetch_as(
        _Agent, "SELECT id, name FROM person WHERE role <> 'requester' AND is_active AND NOT is_robot ORDER BY id"
    )
    return {note: _meant(names, agents) for note, names in called.items()}


def _called(body: str) -> list[str]:
    return [fold(each) for each in re.findall(r"@([^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){0,4})", body)]


def _meant(names: Iterable[str], agents: Sequence[_Agent]) -> frozenset[int]:
    return frozenset(each.id for each in agents if any(_is_called(each, name, agents) for name in names))


def _is_called(agent: _Agent, called: str, agents: Sequence[_Agent]) -> bool:
    if f"{called} ".startswith(f"{fold(agent.name)} "):
        return True
    first = fold(agent.name).split()[0]
    namesakes = [each for each in agents if fold(each.name).split()[0] == first]
    is_longer = any(f"{called} ".startswith(f"{fold(each.name)} ") for each in namesakes)
    return called.split(maxsplit=1)[0] == first and len(namesakes) == 1 and not is_longer


_MEMBERS = f"""
WITH told AS (
    SELECT event.id, event.at, ticket.id AS ticket, ticket.author, ticket.requester, ticket.assignee, ticket.team,
           ticket.organization
    FROM event JOIN ticket ON ticket.id = event.ticket WHERE event.id IN ({{}})
)
SELECT told.id AS event, CASE WHEN participant.at = told.at THEN 'newcomers' ELSE 'copies' END AS part,
       participant.person
FROM told JOIN participant ON participant.ticket = told.ticket
UNION ALL
SELECT told.id, CASE WHEN person.role = 'agent' THEN 'queue' ELSE 'leads' END, person.id
FROM told JOIN team_member ON team_member.team = told.team JOIN person ON person.id = team_member.person
WHERE person.is_active AND NOT person.is_robot AND person.role <> 'requester'
UNION ALL
SELECT told.id, 'approvers', membership.person
FROM told JOIN membership ON membership.organization = told.organization
JOIN person ON person.id = membership.person
WHERE membership.approves AND membership.confirmed_at IS NOT NULL AND person.is_active
      AND membership.person NOT IN (told.requester, told.author)
UNION ALL
SELECT told.id, 'stand_ins', stand_in.person
FROM told JOIN ({STAND_INS}) stand_in
ON stand_in.absent = told.assignee AND stand_in.begins_at <= told.at AND stand_in.ends_at > told.at
"""

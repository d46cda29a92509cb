"""Events that were not announced yet, in fair turns: a notice to many does not delay other events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import dialect, fetch_as, fetch_column
from web.sql import Fragment, values
from web.tickets.life.states import Channel
from web.tickets.lists.presence import PRESENT_FOR

AT_ONCE = 20
_LOOKED_AT = 500
"""How many of the oldest and of the newest pending events are considered, so that new ones do not get stuck."""
_LOOKED_BACK = 200
"""How many events before these are considered, because the first of a notice to many may be announced already."""
READ_WITHIN = timedelta(seconds=20)
"""How long an event of a chat waits to be read in an open page. A page without a stream requests news sooner."""


@dataclass(frozen=True)
class Event:
    """A pending event, with its ticket as it is now."""

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
    alike: int
    """How many events of the same person have the same text, recently announced ones included."""

    @property
    def is_chat(self) -> bool:
        return self.channel == Channel.CHAT and self.author == self.requester


async def next_turn(at: datetime) -> list[Event]:
    """The next events: the oldest of each notice to many first, so that thousands of one delay nobody else.

    Those of a chat wait while somebody has it open who has not read them.
    """
    bytewise = Fragment(dialect(sqlite="", postgres=' COLLATE "C"'))
    return await fetch_as(Event, _TURN, bytewise, bytewise, at - READ_WITHIN, at - PRESENT_FOR)


async def claim(events: Sequence[Event], at: datetime) -> list[Event]:
    """Claims those that no other worker has claimed, inside the transaction that announces them."""
    free = "SELECT id FROM event WHERE id IN ({}) AND announced_at IS NULL"
    free += dialect(sqlite="", postgres=" FOR NO KEY UPDATE SKIP LOCKED")
    claimed = f"UPDATE event SET announced_at = {{}} WHERE id IN ({free}) RETURNING id"
    mine = {*await fetch_column(int, claimed, at, values(each.id for each in events))}
    return [each for each in events if each.id in mine]


_TURN = f"""
SELECT event.id, event.kind, event.actor, event.data, event.audience, event.at, event.message, event.ticket,
       ticket.author, ticket.requester, ticket.primary_contact, ticket.assignee, ticket.offered_to, ticket.team,
       ticket.organization, ticket.workflow, ticket.channel, person.role, chosen.alike
FROM (
    SELECT id, place, alike FROM (
        SELECT id, ticket, at, actor, is_told,
               row_number() OVER (PARTITION BY actor, kind, words, is_told ORDER BY id) AS place,
               count(*) OVER (PARTITION BY actor, kind, words) AS alike
        FROM (
            SELECT event.id, event.ticket, event.at, event.actor, event.kind{{}} AS kind,
                   substr(message.body, 1, 100){{}} AS words,
                   event.announced_at IS NOT NULL AS is_told
            FROM (
                SELECT id FROM (
                    SELECT id FROM event
                    WHERE id >= (SELECT min(id) FROM event WHERE announced_at IS NULL) - {_LOOKED_BACK}
                    ORDER BY id LIMIT {_LOOKED_BACK + _LOOKED_AT}
                ) oldest
                UNION
                SELECT id FROM (
                    SELECT id FROM event WHERE announced_at IS NULL ORDER BY id DESC LIMIT {_LOOKED_AT}
                ) newest
                UNION
                SELECT id FROM event WHERE id > (SELECT max(id) FROM event) - {_LOOKED_BACK}
            ) recent
            JOIN event ON event.id = recent.id LEFT JOIN message ON message.id = event.message
        ) said
    ) ranked
    WHERE NOT is_told AND NOT EXISTS (
        SELECT 1 FROM visit JOIN ticket ON ticket.id = visit.ticket AND ticket.channel = '{Channel.CHAT}'
        WHERE visit.ticket = ranked.ticket AND ranked.at > {{}} AND visit.person <> ranked.actor
              AND visit.at > {{}} AND visit.left_at IS NULL AND (visit.read_at IS NULL OR visit.read_at < ranked.at)
    ) ORDER BY place, id LIMIT {AT_ONCE}
) chosen
JOIN event ON event.id = chosen.id JOIN ticket ON ticket.id = event.ticket JOIN person ON person.id = event.actor
ORDER BY chosen.place, event.id
"""

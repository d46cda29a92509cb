"""Whether a page may follow its topics, checked at its start and whenever rights may have changed."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.live.streams import Stream
from web.people import actors, sessions
from web.people.permissions import Actor
from web.sql import Fragment, values
from web.tickets.visibility import visible_to


@dataclass(frozen=True)
class _Sight:
    """When the session ends, and how many of the tickets are visible."""

    ends_at: datetime
    started_at: datetime
    seen: int


async def may_begin(stream: Stream, at: datetime) -> bool:
    """Whether the session is valid, and its person may see everything that the page names."""
    return await _may_follow(stream, stream.person, at)


async def may_go_on(stream: Stream, at: datetime) -> bool:
    """Whether the stream may go on. It adopts the present rights."""
    found = await actors.behind_session(stream.token, at)
    if found is None or stream.entry != f"s{found[1]}":
        return False
    is_as_before, stream.person, stream.is_doubtful = found[0].role is stream.person.role, found[0], False
    return is_as_before and await _may_follow(stream, stream.person, at)


async def _may_follow(stream: Stream, person: Actor, at: datetime) -> bool:
    rows = await fetch_as(
        _Sight,
        "SELECT ends_at, started_at, {} AS seen FROM session WHERE id = {}",
        _in_sight(stream, person),
        int(stream.entry[1:]),
    )
    if not rows:
        return False
    lasts = min(rows[0].ends_at, rows[0].started_at + sessions.LASTS_AT_MOST) - at
    stream.ends = asyncio.get_running_loop().time() + lasts.total_seconds()
    return rows[0].seen == len(stream.topics.tickets)


def _in_sight(stream: Stream, person: Actor) -> Fragment:
    if not stream.topics.tickets:
        return Fragment("0")
    tickets = values(sorted(stream.topics.tickets))
    return Fragment("(SELECT count(*) FROM ticket WHERE ticket.id IN ({}) AND {})", (tickets, visible_to(person)))

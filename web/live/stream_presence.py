"""Who has which ticket open, by the open streams; somebody who closes it is removed within seconds."""

import asyncio
import logging
from datetime import datetime, timedelta

from web import clock
from web.database import FAILURES, after_people
from web.live.hub import Hub
from web.live.streams import Stream
from web.tickets.lists import presence

STAYS_NOTED = timedelta(seconds=20)
"""Shorter than the time after which a visit expires."""
BACK_IN = 1.5
"""Seconds in which the next page opens its stream, so that nobody has left."""

log = logging.getLogger("guiche.live")

_leaving: set[asyncio.Task[None]] = set()


async def note(hub: Hub, at: datetime) -> None:
    """Notes all who have tickets open, in one statement."""
    with after_people():
        await presence.stay(_pages(list(hub.streams)), at=at)


async def come(stream: Stream, at: datetime) -> None:
    await presence.stay(_pages([stream]), at=at)


def leave(hub: Hub, stream: Stream) -> None:
    """Removes a viewer, once it is certain that they did not only change pages."""
    if _pages([stream]):
        task = asyncio.get_running_loop().create_task(_left(hub, stream, clock.now()))
        _leaving.add(task)
        task.add_done_callback(_leaving.discard)


async def _left(hub: Hub, stream: Stream, since: datetime) -> None:
    await asyncio.sleep(BACK_IN)
    for person, ticket in _pages([stream]) - _pages(list(hub.followers(f"p{stream.person.id}"))):
        try:
            with after_people():
                await presence.leave(ticket, person, since=since)
        except FAILURES:
            log.exception("that somebody left could not be noted")


def _pages(streams: list[Stream]) -> set[tuple[int, int]]:
    """Person and ticket, for the desk and for chats; presence matters nowhere else."""
    return {(each.person.id, ticket) for each in streams for ticket in each.topics.looked_at}

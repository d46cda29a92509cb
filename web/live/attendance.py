"""Who has a ticket open, as far as streams tell; somebody who closes it is gone in a moment."""

import asyncio
import logging
from datetime import datetime, timedelta

from web import clock
from web.database import FAILURES, after_people
from web.live.hub import Hub
from web.live.streams import Stream
from web.tickets.lists import presence

STAYS_NOTED = timedelta(seconds=20)
"""Well before the note of a visit lapses."""
BACK_IN = 1.5
"""Seconds in which the next page opens its own stream, and nobody has left."""

log = logging.getLogger("guiche.live")

_leaving: set[asyncio.Task[None]] = set()


async def note(hub: Hub, at: datetime) -> None:
    """All who are there, in one statement."""
    with after_people():
        await presence.stay(_pages(list(hub.streams)), at=at)


async def come(stream: Stream, at: datetime) -> None:
    await presence.stay(_pages([stream]), at=at)


def leave(hub: Hub, stream: Stream) -> None:
    """Once it is known that they have not only turned the page."""
    if _pages([stream]):
        task = asyncio.get_running_loop().create_task(_left(hub, stream))
        _leaving.add(task)
        task.add_done_callback(_leaving.discard)


async def _left(hub: Hub, stream: Stream) -> None:
    await asyncio.sleep(BACK_IN)
    for person, ticket in _pages([stream]) - _pages(list(hub.followers(f"p{stream.person.id}"))):
        try:
            with after_people():
                await presence.leave(ticket, person, at=clock.now())
        except FAILURES:
            log.exception("that somebody left could not be noted")


def _pages(streams: list[Stream]) -> set[tuple[int, int]]:
    """Person and ticket, of those on the desk and in chats: nobody else follows who is there."""
    return {(each.person.id, ticket) for each in streams for ticket in each.topics.looked_at}

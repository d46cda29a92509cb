"""Listens for changes in the database and passes them to the hub, for as long as this process serves."""

import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from web import clock
from web.database import FAILURES, database
from web.engines import changes
from web.live import lists, stream_presence
from web.live.hub import Hub

AGAIN = timedelta(seconds=1)
"""The pause before it reconnects to a lost database."""
LISTS_TOLD = timedelta(seconds=1)

log = logging.getLogger("guiche.live")


@asynccontextmanager
async def listening(hub: Hub) -> AsyncIterator[None]:
    hub.is_ended = False
    async with (
        clock.running([partial(_hear, hub)], every=AGAIN),
        clock.running([partial(lists.tell, hub)], every=LISTS_TOLD),
        clock.running([partial(stream_presence.note, hub)], every=stream_presence.STAYS_NOTED),
    ):
        yield
    hub.end_all()


async def _hear(hub: Hub, at: datetime) -> None:
    """Listens until the connection is lost. After a reconnect all pages are told to request everything."""
    try:
        async with aclosing(changes.of(database())) as told:
            async for topics in told:
                if topics is None:
                    hub.tell_all()
                else:
                    hub.tell(topics)
    except FAILURES as error:
        log.warning("what changes is not heard: %s", error or type(error).__name__)

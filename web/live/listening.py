"""Hears what changes, and tells it, for as long as this process serves."""

import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from web import clock
from web.database import FAILURES, database
from web.engines import changes
from web.live import attendance, lists
from web.live.hub import Hub

AGAIN = timedelta(seconds=1)
"""Until it tries anew to listen to a database that is gone."""
LISTS_TOLD = timedelta(seconds=1)

log = logging.getLogger("guiche.live")


@asynccontextmanager
async def listening(hub: Hub) -> AsyncIterator[None]:
    hub.is_ended = False
    async with (
        clock.running([partial(_hear, hub)], every=AGAIN),
        clock.running([partial(lists.tell, hub)], every=LISTS_TOLD),
        clock.running([partial(attendance.note, hub)], every=attendance.STAYS_NOTED),
    ):
        yield
    hub.end_all()


async def _hear(hub: Hub, at: datetime) -> None:
    """Until the database is gone. Once it is back all are told to ask, for nobody knows what they missed."""
    try:
        async with aclosing(changes.of(database())) as told:
            async for topics in told:
                if topics is None:
                    hub.tell_all()
                else:
                    hub.tell(topics)
    except FAILURES as error:
        log.warning("what changes is not heard: %s", error or type(error).__name__)

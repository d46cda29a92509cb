"""Listens for changes that triggers announce: by a connection on PostgreSQL, by polling a counter on SQLite."""

import asyncio
from collections.abc import AsyncGenerator

import asyncpg

from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite

Changes = AsyncGenerator[frozenset[str] | None, None]
"""Topics that changed together; None if some may have been missed."""

CHANNEL = "live"
CALM = 10
"""Seconds of silence after which PostgreSQL's connection is checked."""
PATIENCE = 5
LOOK = 0.2
"""Seconds between two polls of SQLite's counter, which take some microseconds."""
MOST = 5_000


def of(engine: Postgres | SQLite) -> Changes:
    return _of_sqlite(engine) if isinstance(engine, SQLite) else _of_postgres(engine)


async def _of_postgres(engine: Postgres) -> Changes:
    """Yields changes. Raises one of `FAILURES` when the connection is lost."""
    connection = await asyncpg.connect(**engine.config)
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    try:
        connection.add_termination_listener(lambda _: heard.put_nowait(None))
        await connection.add_listener(CHANNEL, lambda *told: heard.put_nowait(str(told[3])))
        yield None
        while True:
            yield await _next(connection, heard)
    finally:
        connection.terminate()


async def _next(connection: asyncpg.Connection, heard: "asyncio.Queue[str | None]") -> frozenset[str]:
    """The next announced topics, with all that came since; empty from time to time."""
    topics = set()
    try:
        async with asyncio.timeout(CALM):
            topics.add(await heard.get())
    except TimeoutError:
        await connection.execute("SELECT 1", timeout=PATIENCE)
    while not heard.empty():
        topics.add(heard.get_nowait())
    if None in topics:
        raise ConnectionResetError("the database ended the connection that listens")
    return frozenset(topic for topic in topics if topic)


async def _of_sqlite(engine: SQLite) -> Changes:
    """Polls a counter that increases with every write, of this process or another."""
    version = newest = -1
    while True:
        seen = engine.data_version()
        if seen != version:
            version, missed = seen, newest
            newest, topics = _since(engine, newest)
            yield topics if missed >= 0 else None
        await asyncio.sleep(LOOK)


def _since(engine: SQLite, newest: int) -> tuple[int, frozenset[str] | None]:
    """The number of the last change, and the topics since `newest`; None if they are no longer stored."""
    rows = engine.reader.execute(
        "SELECT id, topic FROM live_change WHERE id > ? ORDER BY id DESC LIMIT ?", (newest, MOST)
    ).fetchall()
    if not rows:
        return max(newest, 0), frozenset()
    is_whole = rows[-1][0] == newest + 1
    return rows[0][0], frozenset(topic for _, topic in rows) if is_whole else None

"""Migrates the database, one node at a time, and skips numbers after a restore."""

import asyncio
import contextlib
import fcntl
import io
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards

from web.database import database, dialect, execute, transaction
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.errors import OutOfDate

_LOCK = 0x6775_6963_6865
"""The key of the advisory lock for migrations on PostgreSQL: "guiche"."""

_GAP = 100_000
"""How many numbers are skipped after a restore: more than any backup can have missed."""


async def migrate() -> None:
    """Runs all missing migrations; waits while another node does."""
    async with alone():
        with contextlib.redirect_stdout(io.StringIO()):
            result = await run_forwards(app_name="web")
    if not result.success:
        raise OutOfDate(result.message)


async def skip_numbers() -> None:
    """After a restore: skips numbers of tickets that may have been lost with the backup."""
    async with transaction():
        await execute(
            dialect(
                sqlite="UPDATE sqlite_sequence SET seq = seq + {} WHERE name = 'ticket'",
                postgres="SELECT setval('ticket_id_seq', (SELECT last_value FROM ticket_id_seq) + {})",
            ),
            _GAP,
        )


@contextlib.asynccontextmanager
async def alone() -> AsyncIterator[None]:
    """One node at a time, for migrations and for filling an empty database; not reentrant."""
    engine = database()
    lock = _alone_by_file(engine) if isinstance(engine, SQLite) else _alone_by_database(engine)
    async with lock:
        yield


@contextlib.asynccontextmanager
async def _alone_by_file(engine: SQLite) -> AsyncIterator[None]:
    with Path(f"{engine.path}.migrating").open("w") as file:  # noqa: ASYNC230 - once, before anything is served
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield


@contextlib.asynccontextmanager
async def _alone_by_database(engine: Postgres) -> AsyncIterator[None]:
    connection = await asyncpg.connect(**(engine.config | {"command_timeout": None}))
    try:
        await connection.execute(f"SELECT pg_advisory_lock({_LOCK})")
        yield
    finally:
        await connection.close()

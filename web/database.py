"""The two databases: SQLite embedded, PostgreSQL for many nodes, each through one small Piccolo engine."""

import contextlib
import functools
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, cast

import asyncpg
from piccolo.querystring import QueryString
from piccolo.table import TABLE_REGISTRY

from web.engines import sqlite
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.errors import BadSetting
from web.settings import settings

Database = SQLite | Postgres

Row = dict[str, Any]

FAILURES = (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""What a database that can't be reached, or can't write, raises."""

BUSY = (
    sqlite3.OperationalError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.PostgresConnectionError,
    asyncpg.TooManyConnectionsError,
    ConnectionError,
    TimeoutError,
)
"""Of these, what may be over in a moment: whoever asks again then is served."""

RULES_BROKEN = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""Of these, what a row raises that contradicts itself or another one."""


def connect(url: str) -> Database:
    """An engine for `sqlite:///path` or `postgresql://...`; raises `BadSetting` for anything else."""
    if url.startswith("sqlite:///"):
        return SQLite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return Postgres(url)
    raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")


@functools.cache
def database() -> Database:
    """The engine of the configured database: the one Piccolo's tables use as well."""
    return connect(settings().database_url)


def transaction() -> "contextlib.AbstractAsyncContextManager[object, None]":
    """All or nothing; raises Piccolo's `TransactionError` inside another one."""
    return cast("contextlib.AbstractAsyncContextManager[object, None]", database().transaction())


def within() -> "contextlib.AbstractAsyncContextManager[object, None]":
    """The transaction under way, for what may be one step of something larger; a new one where there is none."""
    return contextlib.nullcontext() if database().transaction_exists() else transaction()


class _Over(Exception):
    """A rehearsal has come to its end."""


@contextlib.asynccontextmanager
async def rehearsal() -> AsyncIterator[None]:
    """A transaction to look around in: whatever is changed in it is taken back."""
    with contextlib.suppress(_Over):
        async with transaction():
            yield
            raise _Over


def dialect(*, sqlite: str, postgres: str) -> str:
    """The one of two texts that the database in use understands."""
    return sqlite if isinstance(database(), SQLite) else postgres


def json_list(columns: Sequence[str], select: str) -> str:
    """The rows of a select as one column of text: a list of objects in JSON, empty where there are none."""
    pairs = ", ".join(f"'{name}', {name}" for name in columns)
    return dialect(
        sqlite=f"json((SELECT json_group_array(json_object({pairs})) FROM ({select}) listed))",
        postgres=f"(SELECT COALESCE(json_agg(json_build_object({pairs})), '[]') FROM ({select}) listed)",
    )


@contextlib.contextmanager
def unhurried(truly: bool = True) -> Iterator[None]:
    """Reads made inside may take long: keep them off the event loop."""
    token = sqlite.unhurried.set(truly)
    try:
        yield
    finally:
        sqlite.unhurried.reset(token)


async def fetch(sql: str, *args: Any) -> list[Row]:
    """Rows of one statement whose `{}` are values, or further `QueryString`s."""
    rows: Sequence[Any] = await database().run_querystring(QueryString(sql, *args))
    return [dict(row) for row in rows] if rows and not isinstance(rows[0], dict) else list(rows)


async def add_column(table: str, name: str, kind: str) -> None:
    """Unless it is there; SQLite knows no ADD COLUMN IF NOT EXISTS."""
    there = await fetch(
        dialect(
            sqlite="SELECT 1 AS one FROM pragma_table_info({}) WHERE name = {}",
            postgres="SELECT 1 AS one FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = {} AND column_name = {}",
        ),
        table,
        name,
    )
    if not there:
        await database().run_ddl(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


async def answers() -> None:
    """Raises whatever keeps the database from answering."""
    await fetch("SELECT 1 AS one")


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Database]:
    """The database, open for as long as the block lasts."""
    engine = database()
    try:
        await engine.open()
    except FAILURES as error:
        await engine.close()
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadSetting(f"DATABASE_URL: the database can't be opened ({reason})") from None
    for table in TABLE_REGISTRY:
        table._meta.db = engine  # Piccolo would look for it with the tools that make migrations
    try:
        yield engine
    finally:
        await engine.close()

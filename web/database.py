"""The two databases: SQLite embedded, PostgreSQL for many nodes, each through one small Piccolo engine."""

import asyncio
import contextlib
import functools
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import aiosqlite
import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory
from piccolo.querystring import QueryString

from web.errors import BadSetting
from web.settings import settings

Row = dict[str, Any]

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=1",
    "cache_size=-16000",
)

# Piccolo's own converters do more than our columns need, on every value of every row.
sqlite3.converters.pop("INTEGER", None)
sqlite3.register_converter("BOOLEAN", b"1".__eq__)
sqlite3.register_converter("TIMESTAMPTZ", lambda text: datetime.fromisoformat(text.decode()))

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

queries_made: ContextVar[list[str] | None] = ContextVar("queries_made", default=None)
"""When set to a list, every statement sent is noted in it: tests and the bench count with this."""


class _WriteTransaction(SQLiteTransaction):
    """IMMEDIATE, one at a time in this process, and never leaks the connection whatever fails."""

    engine: "SQLite"

    async def __aenter__(self) -> "_WriteTransaction":
        await self.engine.writing.acquire()
        try:
            self.connection = await self.engine.writer()
            await self.begin()
        except BaseException:
            self.engine.writing.release()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            if kind is None:
                await self._commit_or_roll_back()
            elif not self._rolled_back:
                with contextlib.suppress(sqlite3.OperationalError):
                    await self.rollback()
        finally:
            self.engine.current_transaction.reset(self.context)
            self.engine.writing.release()
        return False

    async def _commit_or_roll_back(self) -> None:
        if self._committed or self._rolled_back:
            return
        try:
            await self.commit()
        except BaseException:
            with contextlib.suppress(sqlite3.OperationalError):  # a full disk has already rolled it back
                await self.rollback()
            raise


class SQLite(SQLiteEngine):
    """One persistent connection that writes, in its own thread, and one read-only on the event loop.

    A short indexed read on the loop costs less than handing it to a thread and never waits for a writer (WAL).
    Whatever may take longer (text search, reports) is wrapped in `unhurried()` and runs in a thread.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self.writing = asyncio.Lock()
        self._writer: aiosqlite.Connection | None = None
        self._patient: aiosqlite.Connection | None = None
        self._reader: sqlite3.Connection | None = None

    async def open(self) -> None:
        """To be closed in the same event loop; it may then be opened in another."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        self.writing = asyncio.Lock()
        await self.writer()

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        for connection in (self._writer, self._patient):
            if connection is not None:
                await connection.close()
        self._reader = self._writer = self._patient = None

    async def writer(self) -> aiosqlite.Connection:
        if self._writer is None:
            self._writer = await self._connect()
        return self._writer

    async def patient(self) -> aiosqlite.Connection:
        if self._patient is None:
            self._patient = await self._connect("query_only=1")
        return self._patient

    @property
    def reader(self) -> sqlite3.Connection:
        if self._reader is None:
            self._reader = sqlite3.connect(**self.connection_kwargs, cached_statements=512)
            for pragma in (*_PRAGMAS[2:], "query_only=1"):
                self._reader.execute(f"PRAGMA {pragma}")
        return self._reader

    async def _connect(self, *more: str) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(**self.connection_kwargs)
        connection.row_factory = dict_factory  # type: ignore[assignment]
        for pragma in (*_PRAGMAS, *more):
            await connection.execute(f"PRAGMA {pragma}")
        return connection

    async def _run_in_new_connection(
        self, query: str, args: list[Any] | None = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        if _only_reads(query):
            return await self._fetch(await self.patient(), query, args)
        async with self.writing:
            return await self._fetch(await self.writer(), query, args)

    async def _run_in_existing_connection(
        self,
        connection: Any,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "",
        table: Any = None,
    ) -> Any:
        return await self._fetch(connection, query, args)

    async def _fetch(self, connection: aiosqlite.Connection, query: str, args: list[Any] | None) -> list[Row]:
        return list(await connection.execute_fetchall(query, args or ()))  # type: ignore[arg-type]

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Any:
        _note(querystring)
        if not _unhurried.get() and self.current_transaction.get() is None:
            query, values = querystring.compile_string(engine_type=self.engine_type)
            if _only_reads(query):
                return self._read(query, values)
        return await super().run_querystring(querystring, in_pool)

    def _read(self, query: str, values: list[Any]) -> list[Row]:
        found = self.reader.execute(query, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=False)) for row in found]

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = False
    ) -> SQLiteTransaction:
        return _WriteTransaction(self, transaction_type=TransactionType.immediate, allow_nested=False)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batch swallows errors; page by keyset")


class _SafeTransaction(PostgresTransaction):
    """Gives the connection back and forgets the transaction even when COMMIT itself fails."""

    engine: "Postgres"

    async def __aenter__(self) -> "_SafeTransaction":
        self.connection = await self.get_connection()
        self.transaction = self.connection.transaction()
        try:
            await self.begin()
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        try:
            if kind is None and not self._committed and not self._rolled_back:
                await self.commit()
            elif kind is not None and not self._rolled_back:
                await self.rollback()
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return False

    async def _give_back(self) -> None:
        if self.engine.pool is not None:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()


class Postgres(PostgresEngine):
    """PostgreSQL through one bounded pool with time limits."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        super().__init__(config={"dsn": url, "timeout": 10, "command_timeout": 30})
        self._connections = connections

    async def check_version(self) -> None:
        """Piccolo would connect for this while the program is only being imported."""

    async def open(self) -> None:
        await self.start_connection_pool(min_size=1, max_size=self._connections)

    async def close(self) -> None:
        if self.pool is not None:
            await asyncio.wait_for(self.close_connection_pool(), timeout=10)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        _note(querystring)
        return await super().run_querystring(querystring, in_pool)

    def transaction(self, allow_nested: bool = False) -> PostgresTransaction:
        return _SafeTransaction(self, allow_nested=False)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batch swallows errors; page by keyset")


Database = SQLite | Postgres


def _only_reads(query: str) -> bool:
    return query.lstrip()[:6].upper().startswith(("SELECT", "WITH"))


_unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)


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


@contextlib.contextmanager
def unhurried(truly: bool = True) -> Iterator[None]:
    """Reads made inside may take long: keep them off the event loop."""
    token = _unhurried.set(truly)
    try:
        yield
    finally:
        _unhurried.reset(token)


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
    try:
        yield engine
    finally:
        await engine.close()


def _note(querystring: QueryString) -> None:
    noted = queries_made.get()
    if noted is not None:
        noted.append(querystring.compile_string()[0])

"""Embedded SQLite: an engine with one connection that writes and others that only read.

Methods that Piccolo declares with `Any` keep it.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory

from web.engines import statements
from web.engines.write_priority import NextTurn, Precedence, behind_people

Row = dict[str, object]

unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)
"""Whether reads may take long: they then run in a thread."""

_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=1",
)
_OF_READER = ("busy_timeout=10000", "foreign_keys=1", "query_only=1", "cache_size=-4000")
"""Twice the default page cache, in kilobytes; with the default, a list of the desk takes a fifth longer."""

# Piccolo's own converters do more than our columns need, on every value of every row.
sqlite3.converters.pop("INTEGER", None)
sqlite3.register_converter("BOOLEAN", b"1".__eq__)
sqlite3.register_converter("TIMESTAMPTZ", lambda text: datetime.fromisoformat(text.decode()))


class SQLite(SQLiteEngine):
    """One persistent connection that writes, in its own thread, and one read-only on the event loop.

    A short indexed read on the loop costs less than handing it to a thread and never waits for a writer (WAL).
    Whatever may take longer (text search, reports) is wrapped in `unhurried()` and runs in a thread.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self.writing = asyncio.Lock()
        self.precedence, self.next_turn = Precedence(f"{path}-people"), NextTurn(f"{path}-next")
        self._writer: aiosqlite.Connection | None = None
        self._patient: aiosqlite.Connection | None = None
        self._reader: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Opens the connections. Close them in the same event loop; they may then be opened in another."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        self.writing = asyncio.Lock()
        await self.writer()
        await self.patient()

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        for connection in (self._writer, self._patient):
            if connection is not None:
                await connection.close()
        self._reader = self._writer = self._patient = None
        self.precedence.close()
        self.next_turn.close()

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Exclusive use of the writing connection. Writers that can wait let others go first."""
        if behind_people.get():
            await self.precedence.given()
            async with self.writing:
                yield
            return
        with self.precedence.claimed():
            async with self.writing:
                yield

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
            for pragma in _OF_READER:
                self._reader.execute(f"PRAGMA {pragma}")
        return self._reader

    def data_version(self) -> int:
        """A number that changes whenever another connection has written."""
        (number,) = self.reader.execute("PRAGMA data_version").fetchone()
        return int(number)

    async def _connect(self, *more: str) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(**self.connection_kwargs)
        connection.row_factory = dict_factory  # type: ignore[assignment]
        try:
            for pragma in (*_PRAGMAS, *more):
                await connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            await connection.close()  # the process would wait for its thread for ever
            raise
        return connection

    async def _run_in_new_connection(
        self, query: str, args: list[Any] | None = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        if statements.only_reads(query):
            return await self._fetch(await self.patient(), query, args)
        async with self.turn(), self.next_turn.taken():
            writer = await self.writer()
            try:
                return await self._fetch(writer, query, args)
            finally:
                if writer.in_transaction:  # opened by hand and abandoned
                    await writer.rollback()

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
        with _right_statement():
            return list(await connection.execute_fetchall(query, args or ()))  # type: ignore[arg-type]

    async def run_querystring(self, querystring: statements.Statement, in_pool: bool = False) -> Any:
        names, rows = await self.select(querystring)
        return [dict(zip(names, row, strict=False)) for row in rows]

    async def select(self, statement: statements.Statement) -> statements.Found:
        """The names of the columns, and the rows."""
        statements.note(statement)
        query, values = statement.compile_string(self.engine_type)
        transaction = self.current_transaction.get()
        if transaction is not None:
            return _found(await self._fetch(transaction.connection, query, values))
        if unhurried.get() or not statements.only_reads(query):
            return _found(await self._run_in_new_connection(query, values))
        with _right_statement():
            short = self.reader.execute(query, values)
            return [column[0] for column in short.description], short.fetchall()

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = False
    ) -> SQLiteTransaction:
        return _WriteTransaction(self, transaction_type=TransactionType.immediate, allow_nested=False)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batch swallows errors; page by keyset")


@contextlib.contextmanager
def _right_statement() -> Iterator[None]:
    """Raises `ProgrammingError` for a wrong statement. Unlike a locked file, it fails again when it is tried again."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise sqlite3.ProgrammingError(str(error)) from error
        raise


def _found(rows: list[Row]) -> statements.Found:
    return (list(rows[0]) if rows else []), [tuple(row.values()) for row in rows]


class _WriteTransaction(SQLiteTransaction):
    """An IMMEDIATE transaction, one at a time in this process, which never leaks the connection."""

    engine: SQLite
    turn: contextlib.AbstractAsyncContextManager[None]

    async def __aenter__(self) -> "_WriteTransaction":
        self.turn = self.engine.turn()
        await self.turn.__aenter__()
        try:
            self.connection = await self.engine.writer()
            async with self.engine.next_turn.taken():
                await self.begin()
        except BaseException:
            await self._leave()
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
            await self.turn.__aexit__(None, None, None)
        return False

    async def _leave(self) -> None:
        """Lets the next one write. A cancelled BEGIN may still be running, and the rollback follows it."""
        try:
            await (await self.engine.writer()).rollback()
        finally:
            await self.turn.__aexit__(None, None, None)

    async def _commit_or_roll_back(self) -> None:
        if self._committed or self._rolled_back:
            return
        try:
            await self.commit()
        except BaseException:
            with contextlib.suppress(sqlite3.OperationalError):  # a full disk has already rolled it back
                await self.rollback()
            raise

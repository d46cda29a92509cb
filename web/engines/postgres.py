"""PostgreSQL for many nodes: an engine over one bounded pool.

Methods that Piccolo and asyncpg declare with `Any` keep it.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from web.engines import statements

PATIENCE = 10
"""Seconds to wait for a free connection."""


class Postgres(PostgresEngine):
    """PostgreSQL through one bounded pool with time limits."""

    def __init__(self, url: str, *, connections: int = 5) -> None:
        """Five connections serve one process as fast as more would."""
        super().__init__(config={"dsn": url, "timeout": 10, "command_timeout": 30})
        self._connections = connections
        self._at_hand: list[Any] = []
        self._awaited = 0

    async def check_version(self) -> None:
        """Does nothing: Piccolo would connect for this while the program is only imported."""

    async def open(self) -> None:
        sizes = {"min_size": 1, "max_size": self._connections}
        await self.start_connection_pool(**sizes, connection_class=_Session, connect=_connect, init=_begin)

    async def close(self) -> None:
        if self.pool is not None:
            async with asyncio.timeout(10):
                await self.rest()
                await self.close_connection_pool()

    async def run_querystring(self, querystring: statements.Statement, in_pool: bool = True) -> Any:
        statements.note(querystring)
        query, values = querystring.compile_string(self.engine_type)
        transaction = self.current_transaction.get()
        if transaction is not None:
            return await transaction.connection.fetch(query, *values)
        return await self._run_in_pool(query, values)

    async def select(self, statement: statements.Statement) -> statements.Found:
        """The names of the columns, and the rows; no names without rows."""
        rows = await self.run_querystring(statement)
        return (list(rows[0].keys()) if rows else []), rows

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        async with self.lent() as connection:
            return await connection.fetch(query, *(args or ()))

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Any]:
        """A connection. Raises `TimeoutError` if none becomes free."""
        connection = await self.take()
        try:
            yield connection
        except BaseException:
            await self._release(connection)
            raise
        await self.give_back(connection)

    async def take(self) -> Any:
        """A connection, to be given back. Raises `TimeoutError` if none becomes free."""
        while self._at_hand:
            connection = self._at_hand.pop()
            if _is_as_new(connection):
                return connection
            await self._release(connection)
        return await self._awaited_connection()

    async def _awaited_connection(self) -> Any:
        if self.pool is None:
            raise asyncpg.InterfaceError("the database is not open")
        self._awaited += 1
        try:
            return await self.pool.acquire(timeout=PATIENCE)
        finally:
            self._awaited -= 1

    async def give_back(self, connection: Any) -> None:
        """Keeps a clean connection at hand: through the pool each statement would take four times as long as it does.

        One that somebody waits for goes through the pool, and one that may have changed, which the pool resets.
        """
        if self.pool is None or self._awaited or not _is_as_new(connection):
            await self._release(connection)
        else:
            self._at_hand.append(connection)

    async def rest(self) -> None:
        """Gives what is at hand to the pool, which closes connections that are not used for five minutes."""
        while self._at_hand:
            await self._release(self._at_hand.pop())

    @property
    def in_use(self) -> int:
        """How many connections somebody has taken."""
        return self.pool.get_size() - self.pool.get_idle_size() - len(self._at_hand) if self.pool else 0

    async def _release(self, connection: Any) -> None:
        if self.pool is not None:
            await self.pool.release(connection)
        else:
            await connection.close()

    def transaction(self, allow_nested: bool = False) -> PostgresTransaction:
        return _SafeTransaction(self, allow_nested=False)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batch swallows errors; page by keyset")


_SETTINGS = """
SET jit = off;
SET datestyle = 'ISO';
SET plan_cache_mode = 'force_generic_plan';
SET seq_page_cost = 0.1;
SET random_page_cost = 0.1;
"""
"""No statement runs long enough to be worth JIT compilation, which the server does until it knows the sizes of tables.

Planning takes longer than most statements as well, so that a statement is planned once in its session, whatever its
values. Data lies in memory or on SSDs, where a page costs little, wherever it lies: with the default costs, the server
scans small tables and the first rows of a long list completely, and reads the whole index of a status to spare a few
pages of the table.
Instants as text are in ISO 8601. All this is set after the session has begun, because poolers refuse such settings at
its start.
"""


class _Session(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is reset, when given back, only after a statement that may have left something in it.

    A reset takes four statements and a round trip. An open transaction is rolled back in any case.
    """

    is_clean = True

    async def begin(self) -> None:
        """Applies the settings, which a reset sets again."""
        await super().execute(_SETTINGS)

    async def fetch(self, query: str, *args: Any, **limits: Any) -> Any:
        self.is_clean = self.is_clean and statements.leaves_its_session_clean(query)
        return await super().fetch(query, *args, **limits)

    async def execute(self, query: str, *args: Any, **limits: Any) -> Any:
        self.is_clean = self.is_clean and query in _OF_TRANSACTIONS
        return await super().execute(query, *args, **limits)

    async def reset(self, **limits: Any) -> None:
        await super().reset(**limits)
        self.is_clean = True

    def get_reset_query(self) -> str:
        return "" if self.is_clean else f"{super().get_reset_query()}\n{_SETTINGS}"


def _is_as_new(connection: Any) -> bool:
    """Whether it is open, outside a transaction, and has no settings that a statement left in it."""
    try:
        return not (connection.is_closed() or connection.is_in_transaction()) and bool(connection.is_clean)
    except asyncpg.InterfaceError:  # it was lost, and the pool has it already
        return False


async def _connect(*args: Any, **options: Any) -> Any:
    """Connects. Raises `ConnectionError` also for a name that does not resolve and a Unix socket that is gone."""
    try:
        return await asyncpg.connect(*args, **options)
    except OSError as error:
        if isinstance(error, (ConnectionError, TimeoutError)):
            raise
        raise ConnectionError(str(error)) from error


async def _begin(session: Any) -> None:
    await session.begin()


_OF_TRANSACTIONS = ("BEGIN;", "COMMIT;", "ROLLBACK;", "ROLLBACK")
"""The statements that asyncpg sends."""


class _SafeTransaction(PostgresTransaction):
    """Gives the connection back and forgets the transaction even when COMMIT itself fails."""

    engine: Postgres

    async def __aenter__(self) -> "_SafeTransaction":
        self.connection = await self.engine.take()
        self.transaction = self.connection.transaction()
        try:
            await self.begin()
        except BaseException:
            self.connection.terminate()  # it is unknown whether the transaction began
            await self.engine.give_back(self.connection)
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
        except (asyncio.CancelledError, TimeoutError) as failed:
            self.connection.terminate()  # nor whether it ended, nor whether the server heard that it was given up
            if kind is None or isinstance(failed, asyncio.CancelledError):
                raise
        finally:
            self.engine.current_transaction.reset(self.context)
            await self.engine.give_back(self.connection)
        return False

"""PostgreSQL, for many nodes: an engine over one bounded pool.

The methods that Piccolo and asyncpg declare with `Any` keep it.
"""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from web.engines import statements

PATIENCE = 10
"""Seconds that somebody waits for a connection while others have them all."""


class Postgres(PostgresEngine):
    """PostgreSQL through one bounded pool with time limits."""

    def __init__(self, url: str, *, connections: int = 5) -> None:
        """One process answers as fast over five connections as over more."""
        super().__init__(config={"dsn": url, "timeout": 10, "command_timeout": 30})
        self._connections = connections

    async def check_version(self) -> None:
        """Piccolo would connect for this while the program is only being imported."""

    async def open(self) -> None:
        sizes = {"min_size": 1, "max_size": self._connections}
        await self.start_connection_pool(**sizes, connection_class=_Session, init=_begin)

    async def close(self) -> None:
        if self.pool is not None:
            async with asyncio.timeout(10):
                await self.close_connection_pool()

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        statements.note(querystring)
        return await super().run_querystring(querystring, in_pool)

    async def select(self, querystring: QueryString) -> statements.Found:
        """The names of the columns, and the rows; no names where there is no row."""
        rows = await self.run_querystring(querystring)
        return (list(rows[0].keys()) if rows else []), rows

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        async with self.lent() as connection:
            return await connection.fetch(query, *(args or ()))

    def lent(self) -> Any:
        """A connection of the pool, to be awaited or entered. Raises `TimeoutError` where none comes free."""
        if self.pool is None:
            raise asyncpg.InterfaceError("the database is not open")
        return self.pool.acquire(timeout=PATIENCE)

    def transaction(self, allow_nested: bool = False) -> PostgresTransaction:
        return _SafeTransaction(self, allow_nested=False)

    async def batch(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("Piccolo's batch swallows errors; page by keyset")


_SETTINGS = """
SET jit = off;
SET datestyle = 'ISO';
SET plan_cache_mode = 'force_generic_plan';
SET random_page_cost = 1.1;
"""
"""No statement of ours lasts as long as compiling it: until it knows the sizes of tables, the server compiled each.

Planning takes longer than most as well, so a statement is planned once in its session, whatever its values. What we
read lies in memory or on disks that need not turn, where another page costs as little as the next: as if it cost four
times as much, the server read small tables and the first rows of a long list from end to end.

Moments come as text here and there, and are read as ISO 8601 writes them. All this is said once a session has begun,
because poolers refuse to hear it earlier.
"""


class _Session(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is reset, once given back, only after a statement that may have left something in it.

    A reset is four statements and a round trip. A transaction left open is rolled back all the same.
    """

    _is_clean = True

    async def begin(self) -> None:
        """What a reset says again leaves nothing to reset."""
        await super().execute(_SETTINGS)

    async def fetch(self, query: str, *args: Any, **limits: Any) -> Any:
        self._is_clean = self._is_clean and statements.leaves_its_session_clean(query)
        return await super().fetch(query, *args, **limits)

    async def execute(self, query: str, *args: Any, **limits: Any) -> Any:
        self._is_clean = self._is_clean and query in _OF_TRANSACTIONS
        return await super().execute(query, *args, **limits)

    async def reset(self, **limits: Any) -> None:
        await super().reset(**limits)
        self._is_clean = True

    def get_reset_query(self) -> str:
        return "" if self._is_clean else f"{super().get_reset_query()}\n{_SETTINGS}"


async def _begin(session: Any) -> None:
    await session.begin()


_OF_TRANSACTIONS = ("BEGIN;", "COMMIT;", "ROLLBACK;", "ROLLBACK")
"""As asyncpg sends them."""


class _SafeTransaction(PostgresTransaction):
    """Gives the connection back and forgets the transaction even when COMMIT itself fails."""

    engine: Postgres

    async def __aenter__(self) -> "_SafeTransaction":
        self.connection = await self.engine.lent()
        self.transaction = self.connection.transaction()
        try:
            await self.begin()
        except BaseException:
            self.connection.terminate()  # nobody knows whether it began
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
        except asyncio.CancelledError:
            self.connection.terminate()  # nor whether it ended
            raise
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return False

    async def _give_back(self) -> None:
        if self.engine.pool is not None:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()

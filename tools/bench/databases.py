"""Empty databases to measure over, gone at the end, and what their server has done so far."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from tests.servers import postgres
from tools.bench import costs


@dataclass(frozen=True)
class Database:
    url: str
    server: int = 0
    """The process that all others of the server come from; 0 without one, or where it runs on another machine."""

    def processor_time(self) -> float:
        return costs.processor_time(self.server)

    async def statements(self) -> int:
        """Asked of this database so far, as the server counts; 0 without one."""
        if not self.url.startswith("postgres"):
            return 0
        counted = (
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database ON oid = dbid WHERE datname = '{}'"
        )
        parts = urlsplit(self.url)
        return int(await _told(parts._replace(path="/postgres").geturl(), counted.format(parts.path[1:])))


def databases(kind: str, folder: Path, sizes: Sequence[int]) -> AbstractContextManager[tuple[str, list[Database]]]:
    """The name and version of `sqlite` or `postgres`, and an empty database for each size."""
    return _postgres(sizes) if kind == "postgres" else _sqlite(folder, sizes)


@contextmanager
def _sqlite(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[str, list[Database]]]:
    files = [folder / str(size) / "guiche.sqlite" for size in sizes]
    yield f"SQLite {sqlite3.sqlite_version}", [Database(f"sqlite:///{file}") for file in files]


@contextmanager
def _postgres(sizes: Sequence[int]) -> Iterator[tuple[str, list[Database]]]:
    """In a cluster of our own, or on the server of DATABASE_URL, which must count its statements."""
    given = os.environ.get("DATABASE_URL", "")
    with ExitStack() as stack:
        url = given if given.startswith("postgres") else stack.enter_context(postgres())
        version, safety = asyncio.run(_told(url, "SHOW server_version")), asyncio.run(_told(url, "SHOW fsync"))
        asyncio.run(_told(url, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements"))
        server, names = asyncio.run(_server(url)), [f"guiche_bench_{os.getpid()}_{size}" for size in sizes]
        for name in names:
            stack.callback(lambda name: asyncio.run(_told(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")), name)
            asyncio.run(_told(url, f"CREATE DATABASE {name}"))
        made = [Database(urlsplit(url)._replace(path=f"/{name}").geturl(), server) for name in names]
        yield f"PostgreSQL {version.split()[0]} (fsync {safety})", made


async def _server(url: str) -> int:
    if urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        return 0
    connection = await asyncpg.connect(url)
    try:
        return costs.parent(await connection.fetchval("SELECT pg_backend_pid()"))
    finally:
        await connection.close()


async def _told(url: str, statement: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(statement))
    finally:
        await connection.close()

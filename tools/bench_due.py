"""An installation with much that is due, and workers that move it."""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from piccolo.querystring import QueryString

from tests.servers import ROOT
from tools.bench.databases import databases
from web.database import connect

LONGEST = 900

Counted = tuple[int, int, int, int]
"""Moves, tickets moved, tickets moved twice, tickets left."""

_COUNTED = """
SELECT coalesce(sum(many), 0) AS moves, count(*) AS moved, coalesce(sum(CASE WHEN many > 1 THEN 1 END), 0) AS twice,
       (SELECT count(*) FROM ticket WHERE wakes_at IS NOT NULL) AS remaining
FROM (SELECT count(*) AS many FROM event WHERE actor = 1 GROUP BY ticket) AS moved
"""


@contextmanager
def installed(kind: str, tickets: int, guests: int = 0) -> Iterator[tuple[str, dict[str, str], str]]:
    """The database's name and version, the settings of an installation with so many due tickets, the password.

    `guests` are so many more people who can sign in.
    """
    password = secrets.token_urlsafe(12)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guiche-bench-")))
        version, (made,) = stack.enter_context(databases(kind, folder, [tickets]))
        env = {"DATABASE_URL": made.url, "GUICHE_VAR": str(folder)}
        run("tests.resilience.make_due_tickets", str(tickets), "expresso", password, str(guests), env=env)
        yield version, env, password


@contextmanager
def working(env: dict[str, str], many: int) -> Iterator[list[int]]:
    """The workers of the real program, told to stop at the end: their processes."""
    command = [sys.executable, "-m", "web", "worker"]
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | env, stderr=subprocess.DEVNULL)  # noqa: S603
        for _ in range(many)
    ]
    try:
        yield [each.pid for each in workers]
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=60)


async def moved(env: dict[str, str]) -> float:
    """Seconds from the first move to the last."""
    began, ends = 0.0, time.perf_counter() + LONGEST
    async with asking(env) as ask:
        while time.perf_counter() < ends and await ask("SELECT id FROM ticket WHERE wakes_at IS NOT NULL LIMIT 1"):
            if not began and await ask("SELECT id FROM event WHERE actor = 1 LIMIT 1"):
                began = time.perf_counter()
            await asyncio.sleep(0.1)
    return time.perf_counter() - began


async def counted(env: dict[str, str]) -> Counted:
    async with asking(env) as ask:
        (row,) = await ask(_COUNTED)
    return int(row["moves"]), int(row["moved"]), int(row["twice"]), int(row["remaining"])


@asynccontextmanager
async def asking(env: dict[str, str]) -> AsyncIterator[Callable[[str], Awaitable[list[dict[str, Any]]]]]:
    """Asks the database of the installation, over one connection."""
    engine = connect(env["DATABASE_URL"])

    async def ask(statement: str) -> list[dict[str, Any]]:
        return [dict(row) for row in await engine.run_querystring(QueryString(statement))]

    await engine.open()
    try:
        yield ask
    finally:
        await engine.close()


def run(module: str, *arguments: str, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=os.environ | env, stdout=subprocess.PIPE, text=True, check=True
    ).stdout

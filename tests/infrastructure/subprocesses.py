"""Runs the program and parts of it in processes of their own, with their own database."""

import asyncio
import atexit
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from tests import forking
from tests.forking import Forked, forked, holding
from tests.servers import PATIENCE, POLL, ROOT, free_port
from web.database import connect


def environment(var: Path, **settings: str) -> dict[str, str]:
    """The environment of a separate process: only these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHE_", "DATABASE_URL"))}
    kept.pop("PORT", None)
    return {**kept, "GUICHE_VAR": str(var), **settings}


def started(
    arguments: Sequence[str], env: Mapping[str, str], *, anew: bool = False, given: bytes = b""
) -> subprocess.Popen[str] | Forked:
    """Starts a module by forking, which saves the imports; `anew` starts Python. `given` is its standard input."""
    if forking.AT_HAND and not anew:
        return forked(arguments, env, given=given)
    with holding(given) as read:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=env,
            stdin=read,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def ended(process: subprocess.Popen[str] | Forked) -> tuple[int, str, str]:
    """Status, output and errors; fails if it does not end by itself."""
    try:
        output, errors = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, output, errors


def run(
    arguments: Sequence[str], env: Mapping[str, str], *, anew: bool = False, given: bytes = b""
) -> tuple[int, str, str]:
    return ended(started(arguments, env, anew=anew, given=given))


def together(many: int, arguments: Sequence[str], env: dict[str, str]) -> list[tuple[int, str, str]]:
    """Runs that many of the same process at once."""
    return [ended(process) for process in [started(arguments, env) for _ in range(many)]]


@contextmanager
def working(
    own: dict[str, str], program: Sequence[str] = ("web", "worker")
) -> Iterator[subprocess.Popen[str] | Forked]:
    """A worker of the real program, stopped at the end unless it was killed before."""
    process = started(program, own)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode in (0, -signal.SIGTERM, -signal.SIGKILL), errors) == (True, "")


def wait(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends, "it did not come to that"
        time.sleep(0.1)


def printed_by_start(command: str, env: dict[str, str]) -> str:
    """The output of `web run` or `web web` until it serves; then it is stopped."""
    port = free_port()
    process = started(["web", command], {**env, "PORT": str(port)})
    while process.poll() is None and not _listens(port):
        time.sleep(POLL)
    process.terminate()
    status, output, errors = ended(process)
    assert (status, errors) == (0, "")
    told, _, _ = output.rpartition("Guichê em ")
    return told


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(own: dict[str, str], *statements: str) -> list[dict[str, Any]]:
    """The rows of the last statement."""

    async def all_of_them() -> list[dict[str, Any]]:
        engine = connect(own["DATABASE_URL"])
        await engine.open()
        try:
            return [list(map(dict, await engine._run_in_new_connection(each) or [])) for each in statements][-1]
        finally:
            await engine.close()

    return asyncio.run(all_of_them())


@contextmanager
def empty_database(folder: Path, *, like: str = "/template1") -> Iterator[str]:
    """The address of an empty database: a file, or another one in the cluster of this run."""
    url = _made(folder, like)
    try:
        yield url
    finally:
        if admin := os.environ.get("GUICHE_TEST_POSTGRES"):
            asyncio.run(tell(admin, f'DROP DATABASE "{_name(url)}" WITH (FORCE)'))


@contextmanager
def migrated_database(folder: Path) -> Iterator[str]:
    """An empty database with all tables, migrated the first time and copied from then on."""
    first = _migrated()
    if first.startswith("sqlite:///"):
        shutil.copy(first.removeprefix("sqlite:///"), folder / "apart.sqlite")
    with empty_database(folder, like=first) as url:
        yield url


@functools.cache
def _migrated() -> str:
    folder = tempfile.TemporaryDirectory(prefix="guiche-migrated-")
    atexit.register(folder.cleanup)
    url = _made(Path(folder.name), "/template1")
    assert run(["web", "migrate"], environment(Path(folder.name), DATABASE_URL=url)) == (0, "", "")
    return url


def _made(folder: Path, like: str) -> str:
    admin = os.environ.get("GUICHE_TEST_POSTGRES")
    if admin is None:
        return f"sqlite:///{folder / 'apart.sqlite'}"
    name = f"guiche_apart_{uuid4().hex[:12]}"
    asyncio.run(tell(admin, f'CREATE DATABASE "{name}" TEMPLATE "{_name(like)}"'))
    return f"{admin.rsplit('/', 1)[0]}/{name}"


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def copy_of(url: str, folder: Path) -> str:
    """A copy of the file or of the whole database, as a backup is made."""
    if url.startswith("sqlite:///"):
        import sqlite3

        original, copy = sqlite3.connect(url.removeprefix("sqlite:///")), sqlite3.connect(folder / "copy.sqlite")
        original.backup(copy)
        original.close()
        copy.close()
        return f"sqlite:///{folder / 'copy.sqlite'}"
    server, name = url.rsplit("/", 1)
    asyncio.run(tell(f"{server}/postgres", f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"'))
    return f"{server}/{name}_copy"


async def tell(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

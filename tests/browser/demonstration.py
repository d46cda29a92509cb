"""Real servers with the demonstration, each with a database of its own, and plain HTTP clients."""

import asyncio
import atexit
import functools
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import httpx

from tests.client import Browser, Files, Page
from tests.servers import ROOT, serving

ADDRESSES = {
    "Ana": "ana@aurora.example",
    "Rui": "rui@aurora.example",
    "Caio": "caio@horizonte.example",
    "Bia": "bia@guiche.example",
    "Davi": "davi@guiche.example",
    "Lia": "lia@guiche.example",
    "Ivo": "admin@guiche.example",
}


class Demonstration(NamedTuple):
    """A running server, and the password of everybody in it."""

    url: str
    password: str


@contextmanager
def demonstration(*, tickets: int = 0) -> Iterator[Demonstration]:
    """Pages and worker together, on the database of this run; `tickets` more are generated in two schools."""
    with installation() as env:
        if tickets:
            _fill(tickets, env)
        with serving(["run"], env) as server:
            yield Demonstration(server.url, env["GUICHE_DEMO_PASSWORD"])


@contextmanager
def first_start(preset: str) -> Iterator[Demonstration]:
    """A first start of this preset in an empty folder."""
    password = secrets.token_hex(8)
    with tempfile.TemporaryDirectory(prefix="guiche-journey-") as var:
        env = {"GUICHE_PRESET": preset, "GUICHE_VAR": var, "GUICHE_DEMO_PASSWORD": password, "DATABASE_URL": ""}
        with serving(["run"], env) as server:
            yield Demonstration(server.url, password)


def _fill(tickets: int, env: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "web", "demo", "--organizations=2", "--people=20", f"--tickets={tickets}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The settings of a separate installation with the demonstration, which is removed after the block."""
    first = _first()
    with tempfile.TemporaryDirectory(prefix="guiche-journey-") as var:
        shutil.copytree(first["GUICHE_VAR"], var, dirs_exist_ok=True)
        url = _made(Path(var), like=first["DATABASE_URL"])
        try:
            yield {**first, "GUICHE_VAR": var, "DATABASE_URL": url, "TMPDIR": var}
        finally:
            _drop(url)


@contextmanager
def empty_installation() -> Iterator[dict[str, str]]:
    """The settings of an installation without any data or tables."""
    with tempfile.TemporaryDirectory(prefix="guiche-journey-") as var:
        url = _made(Path(var))
        try:
            yield {"GUICHE_VAR": var, "DATABASE_URL": url}
        finally:
            _drop(url)


@functools.cache
def _first() -> dict[str, str]:
    """Starts one installation, which the others copy; it stays until the process ends."""
    var = tempfile.TemporaryDirectory(prefix="guiche-journey-")
    atexit.register(var.cleanup)
    url = _made(Path(var.name))
    env = {"GUICHE_VAR": var.name, "DATABASE_URL": url, "GUICHE_DEMO_PASSWORD": secrets.token_hex(8)}
    with serving(["run"], env):
        return env


class Remote(Browser):
    """An HTTP client that closes each of its connections."""

    def __init__(self, url: str, **options: Any) -> None:
        self.url = url
        limits = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.AsyncClient(base_url=url, timeout=30, verify=False, limits=limits, **options)

    async def post(
        self,
        path: str,
        values: Mapping[str, Any],
        *,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        return await super().post(path, values, files=files, headers={"Origin": self.url, **(headers or {})})

    async def sign_in(self, who: str, password: str) -> None:
        page = await self.get("/sign-in")
        answer = await self.send(page, "/sign-in", follow=False, identifier=ADDRESSES[who], password=password)
        assert answer.location == "/", answer.words

    async def open_ticket(self, title: str) -> str:
        """Opens a ticket. Returns its address."""
        page = await self.get("/tickets/new")
        category = page.attributes("select[name=category] option", "value")[1]
        answer = await self.send(
            page, "/tickets", press="send", follow=False, category=category, title=title, description="Como de costume."
        )
        assert answer.status == 303, answer.words
        return answer.location.partition("?")[0]


def _made(var: Path, *, like: str = "") -> str:
    """The URL of a new database. On PostgreSQL it may be a copy; on SQLite its file is in the folder."""
    admin = os.environ.get("GUICHE_TEST_POSTGRES")
    if admin is None:
        return f"sqlite:///{var / 'guiche.sqlite'}"
    name = f"journey_{secrets.token_hex(8)}"
    _aside(_execute(admin, f"CREATE DATABASE {name} TEMPLATE {_name(like) if like else 'template1'}"))
    return f"{admin.rsplit('/', 1)[0]}/{name}"


def _drop(url: str) -> None:
    if admin := os.environ.get("GUICHE_TEST_POSTGRES"):
        _aside(_execute(admin, f"DROP DATABASE {_name(url)} WITH (FORCE)"))


def _name(url: str) -> str:
    return url.rpartition("/")[2]


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


def _aside(work: Coroutine[Any, Any, None]) -> None:
    """Runs it in a thread, because this one may have an event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

"""Real servers with the demonstration in them, each over a database of its own, and plain browsers to reach them."""

import asyncio
import os
import secrets
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

from tests.browser import Browser, Files, Page
from tests.servers import ROOT, serving

ADDRESSES = {
    "Ana": "ana@aurora.example",
    "Rui": "rui@aurora.example",
    "Caio": "caio@horizonte.example",
    "Bia": "bia@guiche.example",
    "Davi": "davi@guiche.example",
    "Lia": "lia@guiche.example",
}


class Demonstration(NamedTuple):
    """A server that runs, and the password of everybody in it."""

    url: str
    password: str


@contextmanager
def demonstration(*, tickets: int = 0) -> Iterator[Demonstration]:
    """Pages and worker together, over the database of this run; `tickets` more are invented, in two schools."""
    with installation() as env:
        if tickets:
            _fill(tickets, env)
        with serving(["run"], env) as server:
            yield Demonstration(server.url, env["GUICHE_DEMO_PASSWORD"])


def _fill(tickets: int, env: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "web", "demo", "--organizations=2", "--people=20", f"--tickets={tickets}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The settings of a new installation: a folder and a database that end with the block."""
    with tempfile.TemporaryDirectory(prefix="guiche-journey-") as var, _database(Path(var)) as url:
        password = secrets.token_hex(8)
        yield {"GUICHE_VAR": var, "DATABASE_URL": url, "GUICHE_DEMO_PASSWORD": password, "TMPDIR": var}


class Remote(Browser):
    """The browser without a screen, over sockets of which it leaves none open."""

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
        """The address of a new ticket."""
        page = await self.get("/tickets/new")
        category = page.soup.select("select[name=category] option")[1]["value"]
        answer = await self.send(
            page, "/tickets", press="send", follow=False, category=category, title=title, description="Como de costume."
        )
        assert answer.status == 303, answer.words
        return answer.location.partition("?")[0]


@contextmanager
def _database(var: Path) -> Iterator[str]:
    admin = os.environ.get("GUICHE_TEST_POSTGRES")
    if admin is None:
        yield f"sqlite:///{var / 'guiche.sqlite'}"
        return
    name = f"journey_{secrets.token_hex(8)}"
    _aside(_execute(admin, f"CREATE DATABASE {name}"))
    try:
        yield f"{admin.rsplit('/', 1)[0]}/{name}"
    finally:
        _aside(_execute(admin, f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


def _aside(work: Coroutine[Any, Any, None]) -> None:
    """In a thread, for this one may have an event loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

"""Portals under measurement, over filled databases, with somebody signed in."""

import asyncio
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.servers import ROOT, Server, serving
from tools.bench import client, costs, crowds
from tools.bench.client import Answer, Connection, connected
from tools.bench.databases import Database, databases
from web.demo.generator.ticket_generator import MEASURED

_PER_ORGANIZATION, _PEOPLE = 500, 10
"""At every size, so that what a person sees is as much in a small database as in a large one."""

CROWD = 60
"""People whose lists are asked for in turn."""

_FOUND = re.compile(rb'/tickets/(\d+)"')
_TOKEN = re.compile(rb'name="_token" value="([^"]+)"')


@dataclass(frozen=True)
class Portal:
    """A server, its database, and two sessions: Ana's, and Bia's for the desk."""

    tickets: int
    port: int
    process: int
    database: Database
    env: Mapping[str, str] = field(default_factory=dict)
    cookie: str = ""
    agent: str = ""
    token: str = ""
    crowd: Sequence[str] = ()
    """Cookies of many people."""
    measured: int = 0
    """The ticket with ten messages."""
    open: Sequence[int] = ()

    def get(self, path: str, wish: str = "") -> bytes:
        return client.get(self.port, path, self.cookie_for(path), wish)

    def post(self, path: str, fields: Mapping[str, str], wish: str = "") -> bytes:
        return client.post(self.port, path, fields, self.cookie_for(path), wish)

    def cookie_for(self, path: str) -> str:
        return self.agent if path.startswith("/desk") else self.cookie

    def processor_time(self) -> tuple[float, float]:
        """Seconds, of the portal's processes and of the database's."""
        return costs.processor_time(self.process), self.database.processor_time()

    def moved_to(self, server: Server) -> "Portal":
        """The same installation, served by another program."""
        return replace(self, port=port_of(server), process=server.process.pid)


@contextmanager
def running(kind: str, sizes: Sequence[int]) -> Iterator[tuple[str, list[Portal]]]:
    """The database's name and version, and a portal of each size, whose pages are also served bare."""
    password = secrets.token_urlsafe(12)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guiche-bench-")))
        version, made = stack.enter_context(databases(kind, folder, sizes))
        portals = []
        for size, database in zip(sizes, made, strict=True):
            env = {"DATABASE_URL": database.url, "GUICHE_VAR": str(folder / str(size))}
            _fill(size, env | {"GUICHE_DEMO_PASSWORD": password})
            server = stack.enter_context(serving([], env, program=(sys.executable, "-m", "tools.bench.app")))
            portal = Portal(size, port_of(server), server.process.pid, database, env)
            tokens = crowds.ran(["-c", crowds.SESSIONS, str(CROWD)], env).split()
            signed_in = asyncio.run(with_sessions(portal, password))
            portals.append(replace(signed_in, crowd=[f"guiche={token}" for token in tokens]))
        yield version, portals


def port_of(server: Server) -> int:
    return urlsplit(server.url).port or 0


async def entered(port: int, password: str, who: str = "ana@aurora.example") -> str:
    """The cookie of a session of this person's."""
    async with connected(port) as connection:
        return cookie_of(await sign_in(connection, port, password, who))


async def sign_in(connection: Connection, port: int, password: str, who: str) -> Answer:
    form = await connection.ask(client.get(port, "/sign-in", encoding=""))
    fields = {"_token": token_of(form), "identifier": who, "password": password}
    return await connection.ask(client.post(port, "/sign-in", fields, cookie_of(form)))


async def with_sessions(portal: Portal, password: str) -> Portal:
    """The portal with both sessions, and the numbers of Ana's tickets that are needed."""
    ana, bia = await entered(portal.port, password), await entered(portal.port, password, "bia@guiche.example")
    mine, unsolved = f"/tickets?scope=mine&{urlencode({'q': MEASURED})}", "/tickets?scope=organization&status=aberto"
    async with connected(portal.port) as connection:
        found = await connection.ask(client.get(portal.port, mine, ana, encoding=""))
        opened = await connection.ask(client.get(portal.port, unsolved, ana, encoding=""))
    measured = ticket_numbers(found)[0]
    numbers = sorted({*ticket_numbers(opened)} - {measured})
    return replace(portal, cookie=ana, agent=bia, token=token_of(found), measured=measured, open=numbers)


def sizes_of(tickets: int) -> list[str]:
    """The options of `demo` for so many tickets."""
    organizations = max(1, tickets // _PER_ORGANIZATION)
    counts = {"tickets": tickets, "organizations": organizations, "people": organizations * _PEOPLE}
    return [*(text for name, count in counts.items() for text in (f"--{name}", str(count))), *_MESSAGES]


_MESSAGES = ("--messages", "4", "--seed", "1")


def _fill(size: int, env: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "web", "demo", *sizes_of(size)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, stdout=sys.stderr, check=True)  # noqa: S603


def ticket_numbers(answer: Answer) -> list[int]:
    """Of the tickets that a page links to."""
    return [int(number) for number in _FOUND.findall(answer.body)]


def cookie_of(answer: Answer) -> str:
    return answer.header(b"set-cookie").split(b";")[0].decode()


def token_of(answer: Answer) -> str:
    found = _TOKEN.search(answer.body)
    if found is None:
        raise RuntimeError(f"no form in an answer of status {answer.status}")
    return found[1].decode()

"""Measures this program and that of another checkout in turns, each over a database that it filled itself."""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.servers import ROOT, serving
from tools.bench.databases import databases
from tools.bench.measuring import Effort, Run, crowd, processor_of, rate_of, run, statements_of
from tools.bench.pages import READS, WRITES, Page
from tools.bench.portals import Portal, port_of, sizes_of, with_sessions

_TURNS = 3


@dataclass(frozen=True)
class Checkout:
    """A folder with a program, and the Python that runs it."""

    folder: Path
    python: str

    @property
    def program(self) -> tuple[str, ...]:
        """Without the variable that the import of this program sets."""
        return "env", "-u", "PICCOLO_CONF", self.python, "-m", "web"


@dataclass
class Side:
    """What a page costs one of the programs."""

    statements: float
    runs: list[Run]


def table(kind: str, size: int, other: Path, effort: Effort) -> str:
    """Of each page, what it costs the other program and this one."""
    checkouts = [Checkout(other, str(other / ".venv/bin/python")), Checkout(ROOT, sys.executable)]
    with _running(kind, size, checkouts) as (version, portals):
        lines = [_line(page, asyncio.run(_measured(page, portals, effort))) for page in _PAGES]
    head = (
        f"**{version}, {size:,} tickets, another program and this one**\n",
        "| Page | requests/s, other | this | times | ms, other | this | of it | statements, other | this |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    )
    return "\n".join([*head, *lines, ""])


_PAGES = [replace(page, bare="") for page in (*READS, *WRITES) if page.path or page in WRITES]


async def _measured(page: Page, portals: Sequence[Portal], effort: Effort) -> list[Side]:
    sides = [Side(await statements_of(page, portal), []) for portal in portals]
    for turn in range(_TURNS):
        for portal, side in list(zip(portals, sides, strict=True))[:: -1 if turn % 2 else 1]:
            side.runs.append(await run(portal, crowd(page, portal, effort.seconds)))
    return sides


def _line(page: Page, sides: Sequence[Side]) -> str:
    (other_rate, our_rate), (other_ms, our_ms) = ([of(side.runs) for side in sides] for of in (rate_of, processor_of))
    cells = (
        *(page.name, f"{other_rate:.0f}", f"{our_rate:.0f}", f"{our_rate / other_rate:.2f}"),
        *(f"{other_ms:.2f}", f"{our_ms:.2f}", f"{our_ms / other_ms:.0%}"),
        *(f"{side.statements:.1f}" for side in sides),
    )
    return f"| {' | '.join(cells)} |"


@contextmanager
def _running(kind: str, size: int, checkouts: Sequence[Checkout]) -> Iterator[tuple[str, list[Portal]]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guiche-bench-")))
        version, made = stack.enter_context(databases(kind, folder, range(len(checkouts))))
        portals = []
        for place, (checkout, database) in enumerate(zip(checkouts, made, strict=True)):
            password = secrets.token_urlsafe(12)
            env = {"DATABASE_URL": database.url, "GUICHE_VAR": str(folder / str(place))}
            filled = {**os.environ, **env, "GUICHE_DEMO_PASSWORD": password}
            (folder / str(place)).mkdir(exist_ok=True)
            command = [*checkout.program, "demo", *sizes_of(size)]
            subprocess.run(command, cwd=checkout.folder, env=filled, stdout=sys.stderr, check=True)  # noqa: S603
            server = stack.enter_context(serving(["web"], env, program=checkout.program, folder=checkout.folder))
            portal = Portal(size, port_of(server), server.process.pid, database, env)
            portals.append(asyncio.run(with_sessions(portal, password)))
        yield version, portals

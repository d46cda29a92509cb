"""Measures what people notice who sign in and write while one worker catches up with much that is due."""

import asyncio
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.servers import serving
from tools.bench import client
from tools.bench.client import Connection, connected
from tools.bench.measuring import percentile
from tools.bench.portals import cookie_of, port_of, sign_in, ticket_numbers, token_of
from tools.bench_due import Counted, counted, moved, working

GUESTS = 20
QUIET = 8
"""Seconds of visits before the worker starts."""
REST = 8.0
"""Seconds at most between a guest's visits."""

HEAD = """| Database | moves | missed | moves/s | sign-ins | p50 ms | p95 ms | before | longest \
| replies | p50 ms | p95 ms | before | longest | refused |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


@dataclass
class Visits:
    """Milliseconds of each sign-in and each reply, and how many of either were refused."""

    sign_ins: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    refused: int = 0


async def measure(version: str, env: dict[str, str], password: str) -> tuple[str, Counted]:
    """A line of what people noticed while one worker moved what is due, and what it did."""
    with serving(["web"], env) as server:
        before = await _visited(port_of(server), password, asyncio.create_task(asyncio.sleep(QUIET)))
        with working(env, 1):
            moving = asyncio.create_task(moved(env))
            visits = await _visited(port_of(server), password, moving)
            seconds = await moving
    found = await counted(env)
    return _line(version, found, seconds, before, visits), found


async def _visited(port: int, password: str, meanwhile: "asyncio.Task[Any]") -> Visits:
    """What the guests saw, who come again and again until the task is done."""
    visits = Visits()
    await asyncio.gather(*(_guest(guest, port, password, meanwhile, visits) for guest in range(GUESTS)))
    return visits


def _line(version: str, found: Counted, seconds: float, before: Visits, visits: Visits) -> str:
    moves, _, _, left = found
    figures = (*_told(visits.sign_ins, before.sign_ins), *_told(visits.replies, before.replies))
    cells = (version, str(moves), str(left), f"{moves / seconds:.0f}", *figures, str(visits.refused))
    return f"| {' | '.join(cells)} |"


def _told(times: list[float], before: list[float]) -> Iterator[str]:
    ordered = sorted(times)
    yield str(len(ordered))
    for milliseconds in (percentile(ordered, 50), percentile(ordered, 95), percentile(sorted(before), 95), ordered[-1]):
        yield f"{milliseconds:.0f}"


async def _guest(guest: int, port: int, password: str, meanwhile: "asyncio.Task[Any]", visits: Visits) -> None:
    while not meanwhile.done():
        await asyncio.sleep(random.uniform(0, REST))  # noqa: S311 - guests are no secret
        async with connected(port) as connection:
            answer = await sign_in(connection, port, password, f"hospede{guest}@aurora.example")
            visits.sign_ins.append(answer.seconds * 1000)
            if answer.status == 303:
                await _reply(connection, port, cookie_of(answer), visits)
            else:
                visits.refused += 1


async def _reply(connection: Connection, port: int, cookie: str, visits: Visits) -> None:
    listed = await connection.ask(client.get(port, "/tickets?scope=mine", cookie, encoding=""))
    number, words = ticket_numbers(listed)[0], f"Protocolo {secrets.randbelow(10**12)}."
    said = {"_token": token_of(listed), "_key": secrets.token_urlsafe(12), "body": words}
    answer = await connection.ask(client.post(port, f"/tickets/{number}/replies", said, cookie))
    visits.replies.append(answer.seconds * 1000)
    visits.refused += answer.status != 303

"""Measures how fast workers move what is due, that each is moved once, and what people notice of it.

All run on this machine: the workers, the pages, their reader and the database.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.servers import serving
from tools import bench_catch_up
from tools.bench import client
from tools.bench.client import connected
from tools.bench.measuring import percentile
from tools.bench.portals import entered, port_of
from tools.bench.tables import machine
from tools.bench_due import Counted, counted, installed, moved, run, working
from web import clock
from web.business_time import clocks
from web.business_time.calendars import Calendar, weekly
from web.business_time.durations import parse
from web.business_time.holidays import Exceptions
from web.database import opened
from web.engines.statements import queries_made
from web.jobs import jobs
from web.settings import settings
from web.storage import Storage

WORKERS = 4
PAGE = "/tickets?scope=organization"
QUIET = 5
"""Seconds of reading before the workers start."""
PAUSE = 0.1
"""Seconds between a reader's pages."""


@dataclass
class Result:
    """One round: milliseconds of a page in the middle 95 % before and meanwhile, and what the workers did."""

    counted: Counted
    seconds: float
    before: float
    meanwhile: float

    @property
    def rate(self) -> float:
        return self.counted[0] / self.seconds


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    if chosen.idle:
        print(asyncio.run(idle_statements()))  # noqa: T201
        return 0
    print(f"Measured on {machine()}; {WORKERS} workers, pages, reader and database on the same machine.")  # noqa: T201
    print(f"Due instants of 72 business hours with holidays: {due_rate():,.0f} a second in one process.\n")  # noqa: T201
    whole = True
    for kind in ("sqlite", "postgres") if chosen.database == "both" else (chosen.database,):
        print(_HEAD)  # noqa: T201
        for _ in range(chosen.rounds):
            with installed(kind, chosen.tickets) as (version, env, password):
                result = asyncio.run(measure(env, password))
                print(_line(version, result, idle(env)), flush=True)  # noqa: T201
            whole &= result.counted == (chosen.tickets, chosen.tickets, 0, 0)
        print(f"\n{bench_catch_up.HEAD}")  # noqa: T201
        with installed(kind, chosen.tickets, bench_catch_up.GUESTS) as (version, env, password):
            told, found = asyncio.run(bench_catch_up.measure(version, env, password))
            print(told, flush=True)  # noqa: T201
        whole &= found == (chosen.tickets, chosen.tickets, 0, 0)
        print()  # noqa: T201
    return 0 if whole else 1


async def measure(env: dict[str, str], password: str) -> Result:
    with serving(["web"], env) as server:
        port = port_of(server)
        page = client.get(port, PAGE, await entered(port, password))
        before = await reading(port, page, asyncio.create_task(asyncio.sleep(QUIET)))
        with working(env, WORKERS):
            moving = asyncio.create_task(moved(env))
            meanwhile = await reading(port, page, moving)
            seconds = await moving
        return Result(await counted(env), seconds, percentile(sorted(before), 95), percentile(sorted(meanwhile), 95))


async def reading(port: int, page: bytes, meanwhile: "asyncio.Task[Any]") -> list[float]:
    """Milliseconds of each page, one after the other, until the task is done."""
    times = []
    async with connected(port) as connection:
        while not meanwhile.done():
            answer = await connection.ask(page)
            if answer.status != 200:
                raise RuntimeError(f"{PAGE}: status {answer.status}")
            times.append(answer.seconds * 1000)
            await asyncio.sleep(PAUSE)
    return times


def idle(env: dict[str, str]) -> str:
    return run("tools.bench_timers", "--idle", env=env).strip()


async def idle_statements() -> str:
    """What a worker asks each second while there is nothing to do: of all its jobs, and of timers."""
    async with opened():
        work = jobs(Storage.at(settings().storage))
        await clock.tick(work, clock.now())
        made: list[str] = []
        queries_made.set(made)
        await clock.tick(work, clock.now())
    return f"{len(made)} ({sum('wakes_at' in each for each in made)})"


def due_rate() -> float:
    """Due instants a second, each from another start, over weekends and holidays."""
    zone, duration, start = ZoneInfo("America/Sao_Paulo"), parse("72 business_hours"), datetime(2026, 1, 5, tzinfo=UTC)
    desk = Calendar(zone, weekly(zone=zone).week, Exceptions("SP", {}))
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < 2:
        for minute in range(500):
            clocks.due(start + timedelta(minutes=count + minute * 701), duration, desk)
        count += 500
    return count / (time.perf_counter() - began)


_HEAD = """| Database | moves | twice | missed | moves/s | reader p95 before, ms | meanwhile | times | \
idle statements/s (timers) |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def _line(version: str, result: Result, idle: str) -> str:
    moves, _, twice, left = result.counted
    times = (f"{result.before:.1f}", f"{result.meanwhile:.1f}", f"{result.meanwhile / result.before:.1f}x", idle)
    return f"| {' | '.join(map(str, (version, moves, twice, left, f'{result.rate:.0f}', *times)))} |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_timers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1, help="each in an order of its own")
    parser.add_argument("--idle", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())

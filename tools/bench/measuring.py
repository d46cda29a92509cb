"""Asks for pages in turns, so that nothing runs at once that is compared, and keeps what came of it."""

import asyncio
import math
import re
import shutil
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tools.bench import client
from tools.bench.client import Answer, Connection, connected
from tools.bench.pages import READS, WRITES, Page
from tools.bench.portals import Portal

AT_ONCE = 16
_LONGEST = 15
"""Seconds of requests one after the other, however slow a page is."""

_WARM = 20
"""Requests until every connection to the database has planned the statements of a page."""

_RATE = re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m)")


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: int
    """Of each run with many connections."""
    reads: int
    """Requests one after the other."""
    writes: int


FULL = Effort(rounds=3, seconds=3, reads=400, writes=200)
QUICK = Effort(rounds=1, seconds=1, reads=100, writes=50)


@dataclass(frozen=True)
class Run:
    """Many requests, sixteen at a time: how many a second, and milliseconds of processor time for each."""

    rate: float
    web: float
    database: float


def rate_of(runs: Sequence[Run]) -> float:
    """Requests a second, in the middle of the runs."""
    return statistics.median(each.rate for each in runs)


def processor_of(runs: Sequence[Run]) -> float:
    """Milliseconds of web and database together: hardly disturbed by what else runs here."""
    return statistics.median(each.web + each.database for each in runs)


@dataclass
class Result:
    """What came of measuring one page."""

    page: str
    tickets: int
    queries: int
    """That the page sends."""
    statements: float
    """That the server counts for each request; 0 without a server."""
    bytes: int
    p50: float
    p95: float
    """Milliseconds, one request at a time."""
    runs: list[Run] = field(default_factory=list)
    bare_runs: list[Run] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return rate_of(self.runs)

    @property
    def share(self) -> float | None:
        """Of the bare page's rate, round by round."""
        pairs = zip(self.runs, self.bare_runs, strict=False)
        return statistics.median(real.rate / bare.rate for real, bare in pairs) if self.bare_runs else None

    @property
    def web(self) -> float:
        return statistics.median(run.web for run in self.runs)

    @property
    def processor(self) -> float:
        return processor_of(self.runs)


async def measure(portals: Sequence[Portal], effort: Effort) -> list[Result]:
    results = []
    for page in (*READS, *WRITES):
        print(f"{page.name} ...", file=sys.stderr, flush=True)  # noqa: T201
        results += await _measure(page, portals, effort)
    return results


async def _measure(page: Page, portals: Sequence[Portal], effort: Effort) -> list[Result]:
    results = [await _alone(page, portal, effort) for portal in portals]
    for _ in range(effort.rounds):
        for portal, result in zip(portals, results, strict=True):
            if page.bare:
                bare = _repeat(portal, f"/bench/bare/{page.bare}", effort.seconds)
                result.bare_runs.append(await run(portal, bare))
            result.runs.append(await run(portal, crowd(page, portal, effort.seconds)))
    return results


async def _alone(page: Page, portal: Portal, effort: Effort) -> Result:
    """One request after the other, once the page is warm and, where it has a bare one, kept for it."""
    async with connected(portal.port) as connection:
        for _ in range(_WARM if page.path else 2):
            await connection.ask(page.request(portal, ""))
        if page.bare:
            await connection.ask(page.request(portal, "keep"))
        counted = await connection.ask(page.request(portal, "count"))
        before, answers = await portal.database.statements(), list[Answer]()
        ends = time.perf_counter() + _LONGEST
        while len(answers) < (effort.reads if page.path else effort.writes) and time.perf_counter() < ends:
            answers.append(await answered(connection, page.request(portal, "")))
        statements = (await portal.database.statements() - before) / len(answers)
    times = sorted(answer.seconds * 1000 for answer in answers)
    queries, size = int(counted.header(b"x-queries")), answers[-1].size
    return Result(
        page.name, portal.tickets, queries, statements, size, p50=percentile(times, 50), p95=percentile(times, 95)
    )


async def statements_of(page: Page, portal: Portal) -> float:
    """How many the server counts for a request, once the page is warm."""
    async with connected(portal.port) as connection:
        for _ in range(_WARM):
            await connection.ask(page.request(portal, ""))
        before = await portal.database.statements()
        for _ in range(_WARM):
            await answered(connection, page.request(portal, ""))
        return (await portal.database.statements() - before) / _WARM


async def answered(connection: Connection, request: bytes) -> Answer:
    """Raises `RuntimeError` for a refusal: nobody wants to know how fast it was."""
    answer = await connection.ask(request)
    if answer.status not in (200, 303):
        raise RuntimeError(f"{request.partition(b' HTTP')[0].decode()}: status {answer.status}")
    return answer


def percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]


async def run(portal: Portal, asking: Awaitable[tuple[int, float]]) -> Run:
    before = portal.processor_time()
    count, seconds = await asking
    web, database = ((now - then) * 1000 / count for now, then in zip(portal.processor_time(), before, strict=True))
    return Run(count / seconds, web, database)


async def crowd(page: Page, portal: Portal, seconds: int) -> tuple[int, float]:
    if page.path:
        return await _repeat(portal, page.path(portal), seconds)
    return await ask_together(lambda: page.request(portal, ""), portal.port, seconds)


async def _repeat(portal: Portal, path: str, seconds: int) -> tuple[int, float]:
    """The same GET over and over; a bare page is asked for without the cookie."""
    cookie = "" if path.startswith("/bench/") else portal.cookie_for(path)
    if shutil.which("wrk") is None:
        request = client.get(portal.port, path, cookie)
        return await ask_together(lambda: request, portal.port, seconds)
    headers = ["-H", "Accept-Encoding: br", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    pace = ["-t1", f"-c{AT_ONCE}", f"-d{seconds}s", "--timeout=30s"]
    command = ["wrk", *pace, *headers, f"http://127.0.0.1:{portal.port}{path}"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told = (await process.communicate())[0].decode()
    found = _RATE.search(told)
    if found is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{path}:\n{told}")
    return int(found[1]), float(found[2]) * {"ms": 0.001, "s": 1, "m": 60}[found[3]]


async def ask_together(request: Callable[[], bytes], port: int, seconds: int) -> tuple[int, float]:
    """How many requests were answered in how many seconds."""
    began = time.perf_counter()

    async def ask() -> int:
        count = 0
        async with connected(port) as connection:
            while time.perf_counter() - began < seconds:
                await answered(connection, request())
                count += 1
        return count

    counts = await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return sum(counts), time.perf_counter() - began

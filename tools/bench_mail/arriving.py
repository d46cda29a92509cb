"""Mail that arrives by the thousand in one mailbox: how fast it is filed, and that each is filed once."""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import suppress

from tests.mail.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers import ROOT, serving
from tools.bench import client, costs
from tools.bench.measuring import percentile
from tools.bench.portals import entered, port_of
from tools.bench_due import asking, installed
from tools.bench_timers import PAGE, QUIET, reading

LONGEST = 1800
SENDERS_MAILS = 5
"""Of each sender: more would be taken for a flood."""
FETCHERS = 4

BURST = """| Database | mails | filed | minutes | a second | worker CPU, ms each | reader p95 before, ms | meanwhile \
| times | load |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
KILLED = """| Database | mails | fetchers | kills | tickets | doubled | minutes | load |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""

_FILED = "SELECT count(*) AS many, count(DISTINCT title) AS titles FROM ticket WHERE channel = 'email'"


def burst(kind: str, many: int) -> tuple[str, bool]:
    """A line, and whether all are in within half an hour and pages at most twice as slow meanwhile."""
    with dovecot() as server, installed(kind, 1) as (version, env, password):
        return asyncio.run(_burst(server, version, env | _mailbox(server), password, many))


async def _burst(server: Dovecot, version: str, env: dict[str, str], password: str, many: int) -> tuple[str, bool]:
    with serving(["web"], env) as web:
        port = port_of(web)
        page = client.get(port, PAGE, await entered(port, password))
        before = percentile(sorted(await reading(port, page, asyncio.create_task(asyncio.sleep(QUIET)))), 95)
        with server.box():
            server.delivers(many, each=SENDERS_MAILS)
        worker = _fetcher(env)
        try:
            filing = asyncio.create_task(_filed(env, many))
            meanwhile = percentile(sorted(await reading(port, page, filing)), 95)
            seconds, (filed, _) = await filing
            cost = costs.processor_time(worker.pid) * 1000 / max(filed, 1)
        finally:
            _stop(worker)
    times = meanwhile / before
    cells = (many, filed, f"{seconds / 60:.1f}", f"{filed / seconds:.0f}", f"{cost:.0f}", f"{before:.1f}")
    line = _line(version, *cells, f"{meanwhile:.1f}", f"{times:.1f}x", _load())
    return line, filed == many and seconds <= LONGEST and times <= 2


def killed(kind: str, many: int, every: int) -> tuple[str, bool]:
    """A line, and whether each mail is one ticket though fetchers die."""
    with dovecot() as server, installed(kind, 1) as (version, env, _):
        with server.box():
            server.delivers(many, each=SENDERS_MAILS)
        return asyncio.run(_killed(version, env | _mailbox(server), many, every))


async def _killed(version: str, env: dict[str, str], many: int, every: int) -> tuple[str, bool]:
    fetchers, kills = [_fetcher(env) for _ in range(FETCHERS)], 0
    filing = asyncio.create_task(_filed(env, many))
    try:
        while not filing.done():
            await asyncio.wait({filing}, timeout=every)
            if not filing.done():
                victim = kills % FETCHERS
                fetchers[victim].kill()
                fetchers[victim].wait()
                fetchers[victim], kills = _fetcher(env), kills + 1
        seconds, (filed, titles) = await filing
    finally:
        for each in fetchers:
            _stop(each)
    line = _line(version, many, FETCHERS, kills, filed, filed - titles, f"{seconds / 60:.1f}", _load())
    return line, filed == titles == many


async def _filed(env: dict[str, str], many: int) -> tuple[float, tuple[int, int]]:
    """Seconds until all are filed, or patience is over; how many tickets there are, and how many different ones."""
    began, found = time.perf_counter(), (0, 0)
    async with asking(env) as ask:
        while found[0] < many and time.perf_counter() - began < LONGEST:
            await asyncio.sleep(1)
            (row,) = await ask(_FILED)
            found = int(row["many"]), int(row["titles"])
    return time.perf_counter() - began, found


def _mailbox(server: Dovecot) -> dict[str, str]:
    return {
        "GUICHE_IMAP": f"imap://suporte:{PASSWORD}@127.0.0.1:{server.port}",
        "GUICHE_MAIL": "suporte@guiche.example",
    }


def _fetcher(env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "web", "worker"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | env, stderr=subprocess.DEVNULL)  # noqa: S603


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(timeout=60)


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _load() -> str:
    return f"{os.getloadavg()[1]:.1f}"

"""Workers killed, workers side by side: each ticket that is due is moved once, and none is missed."""

import asyncio
import signal
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure.apart import empty_database, environment, run, started
from web.database import connect

PATIENCE = 90
DUE = 120
"""Tickets for four workers to meet at; `make bench-timers` has them meet at ten thousand."""
ASKED = ["submission", "take", "question"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What the processes of one test are told, over a database of their own."""
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f26_four_workers_move_what_is_due_once_each_and_miss_none(own: dict[str, str]) -> None:
    made(own, DUE, "expresso")
    with working(own), working(own), working(own), working(own):
        wait(lambda: is_idle(own))
    assert lives(own) == {(*ASKED, "solution"): DUE}
    assert statuses(own) == {"resolved": DUE}


def test_f2_workers_killed_in_the_middle_lose_no_timer_and_ring_none_twice(own: dict[str, str]) -> None:
    """Each ticket is warned, resolved and closed: three moves, in this order, whatever dies between them."""
    made(own, 100, "central")
    for share in (0.15, 0.5):
        with working(own) as worker:
            wait(lambda share=share: rung(own) >= 300 * share)
            worker.kill()
    assert 0 < rung(own) < 300
    with working(own):
        wait(lambda: is_idle(own))
    assert lives(own) == {(*ASKED, "reminder", "solution", "closing"): 100}
    assert statuses(own) == {"closed": 100}
    (dates,) = ask(own, "SELECT count(DISTINCT resolved_at) AS solved, count(DISTINCT closed_at) AS closed FROM ticket")
    assert dates == {"solved": 1, "closed": 1}


def made(own: dict[str, str], amount: int, preset: str, *more: str) -> None:
    assert run(["tests.resilience.due", str(amount), preset, *more], own) == (0, "", "")


@contextmanager
def working(own: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A worker of the real program, told to stop at the end unless it was killed before."""
    process = started(["web", "worker"], own)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode in (0, -signal.SIGTERM, -signal.SIGKILL), errors) == (True, "")


def is_idle(own: dict[str, str]) -> bool:
    return ask(own, "SELECT id FROM ticket WHERE wakes_at IS NOT NULL LIMIT 1") == []


def rung(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(*) AS many FROM event WHERE actor = 1")
    return row["many"]


def lives(own: dict[str, str]) -> dict[tuple[str, ...], int]:
    """How many tickets had each life."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for row in ask(own, "SELECT ticket, kind FROM event ORDER BY id"):
        kinds[row["ticket"]].append(row["kind"])
    return dict(Counter(map(tuple, kinds.values())))


def statuses(own: dict[str, str]) -> dict[str, int]:
    rows = ask(own, "SELECT status, count(*) AS many FROM ticket GROUP BY status")
    return {row["status"]: row["many"] for row in rows}


def wait(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends, "the workers did not come to an end"
        time.sleep(0.1)


def ask(own: dict[str, str], statement: str) -> list[dict[str, Any]]:
    async def answer() -> list[dict[str, Any]]:
        engine = connect(own["DATABASE_URL"])
        await engine.open()
        try:
            return list(map(dict, await engine._run_in_new_connection(statement)))
        finally:
            await engine.close()

    return asyncio.run(answer())

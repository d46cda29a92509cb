"""Killed and parallel workers: each due ticket is moved once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, wait, working

DUE = 120
"""Tickets for four workers to meet at; `make bench-timers` has them meet at ten thousand."""
ASKED = ["submission", "take", "question"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of the test's processes, with a database of their own."""
    with empty_database(tmp_path) as url:
        yield environment(tmp_path, DATABASE_URL=url)


def test_f26_four_workers_move_what_is_due_once_each_and_miss_none(own: dict[str, str]) -> None:
    made(own, DUE, "expresso")
    with working(own), working(own), working(own), working(own):
        wait(lambda: is_idle(own))
    assert lives(own) == {(*ASKED, "solution"): DUE}
    assert statuses(own) == {"resolved": DUE}


def test_f2_workers_killed_in_the_middle_lose_no_timer_and_ring_none_twice(own: dict[str, str]) -> None:
    """Each ticket is warned, resolved and closed: three moves in this order, whatever process dies between them."""
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
    assert run(["tests.resilience.make_due_tickets", str(amount), preset, *more], own) == (0, "", "")


def is_idle(own: dict[str, str]) -> bool:
    return ask(own, "SELECT id FROM ticket WHERE wakes_at IS NOT NULL LIMIT 1") == []


def rung(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(*) AS many FROM event WHERE actor = 1")
    return row["many"]


def lives(own: dict[str, str]) -> dict[tuple[str, ...], int]:
    """How many tickets had each sequence of events."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for row in ask(own, "SELECT ticket, kind FROM event ORDER BY id"):
        kinds[row["ticket"]].append(row["kind"])
    return dict(Counter(map(tuple, kinds.values())))


def statuses(own: dict[str, str]) -> dict[str, int]:
    rows = ask(own, "SELECT status, count(*) AS many FROM ticket GROUP BY status")
    return {row["status"]: row["many"] for row in rows}

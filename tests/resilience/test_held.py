"""Held replies with several or killed workers: each is sent once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infrastructure.subprocesses import ask, empty_database, environment, run, wait, working
from tests.resilience.test_workers import lives

LEFT = 100
"""Held replies for three workers."""
SENT = {("submission", "holding", "take", "reply"): LEFT}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of the test's processes, with a database of their own."""
    with empty_database(tmp_path) as url:
        own = environment(tmp_path, DATABASE_URL=url)
        assert run(["tests.resilience.make_held_replies", str(LEFT)], own) == (0, "", "")
        yield own


def test_f26_workers_side_by_side_send_each_held_reply_once(own: dict[str, str]) -> None:
    with working(own), working(own), working(own):
        wait(lambda: left(own) == 0)
    assert lives(own) == SENT


def test_f2_a_worker_killed_in_the_middle_loses_no_held_reply_and_sends_none_twice(own: dict[str, str]) -> None:
    with working(own) as worker:
        wait(lambda: left(own) <= LEFT * 0.8)
        worker.kill()
    assert left(own) > 0
    with working(own):
        wait(lambda: left(own) == 0)
    assert lives(own) == SENT


def left(own: dict[str, str]) -> int:
    (row,) = ask(own, "SELECT count(*) AS many FROM held_reply")
    return row["many"]

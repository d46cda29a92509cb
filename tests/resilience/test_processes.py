"""Several server processes on one address: each is replaced if it dies, and all end with their parent."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.resilience.portals import Portal, portal
from tests.servers import PATIENCE

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from Linux")

WORKERS = 3


@pytest.fixture
def running() -> Iterator[Portal]:
    with portal("web", "--workers", str(WORKERS), "--timers") as running:
        yield running


def test_a_process_that_dies_is_replaced_and_the_others_go_on(running: Portal) -> None:
    first = children(running)
    for one in first:
        os.kill(one, signal.SIGKILL)
        wait(lambda one=one: not is_alive(one))
        assert {answer(running) for _ in range(20)} == {200}
        wait(lambda one=one: len(children(running) - {one}) == WORKERS + 1)
    assert (len(first), children(running) & first) == (WORKERS + 1, set())


def test_processes_end_when_the_one_that_keeps_them_is_killed(running: Portal) -> None:
    kept = children(running)
    running.kill()
    wait(lambda: not any(map(is_alive, kept)))
    with pytest.raises(httpx.ConnectError):
        answer(running)


def children(running: Portal) -> set[int]:
    return {int(each) for each in Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()}


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def answer(running: Portal) -> int:
    return httpx.get(f"{running.url}/ready", timeout=PATIENCE).status_code


def wait(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.05)

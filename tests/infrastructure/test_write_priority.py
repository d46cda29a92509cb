"""On SQLite people write before the worker, in one process and in several."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from web.engines import write_priority
from web.engines.write_priority import Precedence

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Precedence]:
    with closing(Precedence(str(tmp_path / "guiche.sqlite-people"))) as made:
        yield made


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Precedence]:
    """The same file, as another process uses it."""
    with closing(Precedence(str(tmp_path / "guiche.sqlite-people"))) as made:
        yield made


@pytest.mark.parametrize("is_same_process", [True, False])
async def test_the_worker_waits_until_the_last_person_has_written(
    people: Precedence, worker: Precedence, monkeypatch: pytest.MonkeyPatch, is_same_process: bool
) -> None:
    monkeypatch.setattr(write_priority, "PATIENCE", 60.0)
    with people.claimed():
        with people.claimed():
            waiting = asyncio.create_task((people if is_same_process else worker).given())
            await asyncio.sleep(0)
        for _ in range(10):
            await asyncio.sleep(write_priority.LOOK)
        assert not waiting.done()
    await waiting


async def test_the_worker_does_not_wait_where_nobody_writes(people: Precedence, worker: Precedence) -> None:
    with people.claimed():
        pass
    waiting = asyncio.create_task(worker.given())
    await asyncio.sleep(0)
    assert waiting.done()


async def test_the_worker_does_not_wait_for_ever(people: Precedence, worker: Precedence) -> None:
    with people.claimed():
        await worker.given()


async def test_where_no_file_can_be_made_people_write_and_nobody_waits(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "missing" / "guiche.sqlite-people")
    people, worker = Precedence(nowhere), Precedence(nowhere)
    with people.claimed():
        waiting = asyncio.create_task(worker.given())
        await asyncio.sleep(0)
        assert waiting.done()

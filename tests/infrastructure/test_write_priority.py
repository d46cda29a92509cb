"""On SQLite people write before the worker, and processes by turns."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from web.engines import write_priority
from web.engines.sqlite import SQLite
from web.engines.write_priority import NextTurn, Precedence

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


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[SQLite]:
    own = SQLite(str(tmp_path / "own.sqlite"))
    await own.open()
    yield own
    await own.close()


async def test_a_process_does_not_write_again_before_the_one_that_is_next(here: SQLite) -> None:
    with closing(NextTurn(f"{here.path}-next")) as elsewhere:
        async with elsewhere.taken():
            writing = [asyncio.create_task(each) for each in (begins(here), here.run_ddl("CREATE TABLE one (id int)"))]
            for _ in range(10):
                await asyncio.sleep(write_priority.LOOK)
            assert not any(each.done() for each in writing)
        await asyncio.gather(*writing)


async def test_a_process_that_hangs_keeps_nobody_from_writing(here: SQLite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_priority, "LONGEST_TURN", 0.0)
    with closing(NextTurn(f"{here.path}-next")) as elsewhere:
        async with elsewhere.taken():
            await begins(here)


async def test_who_writes_lets_another_process_be_next(here: SQLite) -> None:
    with closing(NextTurn(f"{here.path}-next")) as elsewhere:
        async with here.transaction(), asyncio.timeout(write_priority.LONGEST_TURN / 2), elsewhere.taken():
            pass


async def begins(engine: SQLite) -> None:
    async with engine.transaction():
        pass

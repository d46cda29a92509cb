"""Transactions: atomic, one at a time, and usable again after any failure."""

import asyncio
import sqlite3
from contextvars import Context

import asyncpg
import pytest
from piccolo.engine.exceptions import TransactionError

from tests import cast
from tests.cast import NOW
from web.database import BUSY, FAILURES, fetch, transaction
from web.database import database as engine
from web.engines.sqlite import SQLite
from web.errors import Invalid
from web.people.tables import Organization
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

FOREIGN_KEY_ERRORS = (sqlite3.IntegrityError, asyncpg.ForeignKeyViolationError)


@pytest.fixture
async def parents(database):
    """Two tables, of which the second checks for its parent only at COMMIT."""
    await engine().run_ddl("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    await engine().run_ddl(
        "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    yield
    for name in ("child", "parent"):
        await engine().run_ddl(f"DROP TABLE {name}")


@pytest.mark.parametrize("wrong", ["SELECT titel FROM ticket", "UPDATE tiket SET title = ''", "SELEC 1"])
async def test_a_wrong_statement_is_no_busy_database(database, wrong):
    with pytest.raises(FAILURES) as told:
        await fetch(wrong)
    assert not isinstance(told.value, BUSY)


async def test_a_commit_that_fails_leaves_the_pool_whole_five_times_over(parents):
    for n in range(5):
        with pytest.raises(FOREIGN_KEY_ERRORS):
            await adopt(99)
        assert nothing_is_held()
        async with transaction():
            await fetch("INSERT INTO parent (id) VALUES ({})", n)
        await adopt(n)
    assert await fetch("SELECT parent FROM child ORDER BY parent") == [{"parent": n} for n in range(5)]
    assert nothing_is_held()


async def test_what_fails_in_the_middle_is_undone_whole(parents):
    async def fails() -> None:
        async with transaction():
            await fetch("INSERT INTO parent (id) VALUES (1)")
            await fetch("INSERT INTO parent (id) VALUES (1)")

    for _ in range(5):
        with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
            await fails()
    assert (await fetch("SELECT id FROM parent"), nothing_is_held()) == ([], True)


async def test_a_request_given_up_in_the_middle_is_undone_and_gives_its_connection_back(parents):
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with transaction():
            await fetch("INSERT INTO parent (id) VALUES (1)")
            begun.set()
            await asyncio.Event().wait()

    for _ in range(5):
        begun.clear()
        task = asyncio.get_running_loop().create_task(never_ends(), context=Context())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert nothing_is_held()
    async with transaction():
        await fetch("INSERT INTO parent (id) VALUES (1)")
    assert await fetch("SELECT id FROM parent") == [{"id": 1}]


async def test_a_transaction_inside_another_is_refused_and_undoes_the_outer_one(parents):
    async def nested() -> None:
        async with transaction():
            await fetch("INSERT INTO parent (id) VALUES (1)")
            async with transaction():
                await fetch("INSERT INTO parent (id) VALUES (2)")

    with pytest.raises(TransactionError):
        await nested()
    assert (await fetch("SELECT id FROM parent"), nothing_is_held()) == ([], True)
    async with transaction():
        await fetch("INSERT INTO parent (id) VALUES (3)")
    assert await fetch("SELECT id FROM parent") == [{"id": 3}]


async def test_what_is_not_committed_is_not_read_by_others(parents):
    async with transaction():
        await fetch("INSERT INTO parent (id) VALUES (1)")
        inside = await fetch("SELECT id FROM parent")
        outside = await elsewhere(fetch("SELECT id FROM parent"))
    assert (inside, outside, await fetch("SELECT id FROM parent")) == ([{"id": 1}], [], [{"id": 1}])


async def test_reading_by_batches_is_refused(database):
    with pytest.raises(NotImplementedError, match="keyset"):
        await Organization.select().batch(batch_size=10)


@pytest.mark.anywhere
def test_a_database_opened_again_in_another_loop_works_as_before(tmp_path):
    """As `run` does: the demonstration is made in one loop and the pages are served in another."""
    own = SQLite(str(tmp_path / "own.sqlite"))

    async def add() -> None:
        async with own.transaction():
            await own.run_ddl("INSERT INTO parent DEFAULT VALUES")

    async def visit() -> None:
        await own.open()
        try:
            await own.run_ddl("CREATE TABLE IF NOT EXISTS parent (id INTEGER PRIMARY KEY)")
            loop = asyncio.get_running_loop()
            await asyncio.gather(*(loop.create_task(add(), context=Context()) for _ in range(8)))
        finally:
            await own.close()

    for _ in range(2):
        asyncio.run(visit())
    with sqlite3.connect(tmp_path / "own.sqlite") as file:
        assert file.execute("SELECT count(*) FROM parent").fetchone() == (16,)
    file.close()


async def test_f47_a_request_that_came_to_nothing_leaves_at_most_a_gap(database):
    people = await cast.enrol()
    category, topic = await cast.subject()
    made = []
    for _ in range(3):
        made.append(await cast.ticket(people.ana))
        with pytest.raises(Invalid):
            await submission.open_ticket(
                Request("Boletos", "Errados", category, topic, files=(1,)), by=people.ana, at=NOW
            )
    assert made == sorted(set(made))
    assert [row["id"] for row in await fetch("SELECT id FROM ticket ORDER BY id")] == made


async def test_f47_the_number_of_a_ticket_that_was_deleted_is_not_given_again(database):
    people = await cast.enrol()
    last = max([await cast.ticket(people.ana) for _ in range(3)])
    for table in ("event", "message", "ticket_search", "ticket"):
        await fetch(f"DELETE FROM {table}")
    assert await cast.ticket(people.ana) > last


async def adopt(parent: int) -> None:
    async with transaction():
        await fetch("INSERT INTO child (parent) VALUES ({})", parent)


def nothing_is_held() -> bool:
    """Whether no lock, connection or transaction is in use."""
    own = engine()
    assert own.current_transaction.get() is None
    if isinstance(own, SQLite):
        return not own.writing.locked()
    return own.in_use == 0


async def elsewhere(call):
    """Runs the call as another request would."""
    return await asyncio.get_running_loop().create_task(call, context=Context())

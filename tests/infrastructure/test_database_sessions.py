"""A request leaves nothing in its database session that the next one could see."""

import asyncio
import sqlite3
from collections.abc import Awaitable
from contextlib import closing
from contextvars import Context
from datetime import datetime
from typing import Any

import asyncpg
import pytest
from piccolo.querystring import QueryString

from tests import cast
from tests.infrastructure.subprocesses import tell
from web.database import BUSY, fetch, transaction
from web.database import database as engine
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.settings import settings

pytestmark = pytest.mark.anyio

CLEAN = {"work_mem": "4MB", "locks": 0, "channels": 0, "cursors": 0}
_LEFT = """
SELECT current_setting('work_mem') AS work_mem,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
       (SELECT count(*) FROM pg_listening_channels()) AS channels,
       (SELECT count(*) FROM pg_cursors WHERE is_holdable) AS cursors
"""

_SAID = """
SELECT name, setting, source FROM pg_settings
WHERE name IN ('DateStyle', 'jit', 'plan_cache_mode', 'random_page_cost', 'seq_page_cost') ORDER BY name
"""


@pytest.fixture
async def postgres(database: None) -> None:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite keeps nothing of the kind")


@pytest.fixture
async def sqlite(database: None) -> None:
    if not isinstance(engine(), SQLite):
        pytest.skip("PostgreSQL lets many write at once")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SET work_mem = '7MB'", "work_mem"),
        ("SELECT set_config('work_mem', '7MB', false)", "work_mem"),
        ("SELECT pg_advisory_lock(1)", "locks"),
        ("WITH one AS (SELECT PG_TRY_ADVISORY_LOCK(1)) SELECT * FROM one", "locks"),
        ("LISTEN news", "channels"),
        ("/* by hand */ LISTEN news", "channels"),
        ("DECLARE rows CURSOR WITH HOLD FOR SELECT 1", "cursors"),
    ],
)
async def test_what_a_request_leaves_in_its_session_is_gone_for_the_next(
    statement: str, kind: str, postgres: None
) -> None:
    async with engine().lent() as connection:
        await connection.fetch(statement)
        session, during = connection.get_server_pid(), dict((await connection.fetch(_LEFT))[0])
    assert during[kind] != CLEAN[kind]
    assert (await backend(), await left()) == (session, CLEAN)


@pytest.mark.parametrize("statement", ["SELECT 1", "SET work_mem = '7MB'"])
async def test_a_server_that_plans_and_writes_dates_otherwise_is_told_once_a_session_has_begun(
    statement: str, postgres: None
) -> None:
    """A pooler refuses a session that begins with settings that it does not know."""
    url = settings().database_url
    other = Postgres(f"{url}{'&' if '?' in url else '?'}datestyle=German&jit=on&random_page_cost=4", connections=1)
    await other.open()
    try:
        await other.run_querystring(QueryString(statement))
        assert [tuple(row) for row in await other.run_querystring(QueryString(_SAID))] == [
            ("DateStyle", "ISO, DMY", "session"),
            ("jit", "off", "session"),
            ("plan_cache_mode", "force_generic_plan", "session"),
            ("random_page_cost", "0.1", "session"),
            ("seq_page_cost", "0.1", "session"),
        ]
        (row,) = await other.run_querystring(QueryString("SELECT CAST(CURRENT_TIMESTAMP AS text) AS moment"))
        assert datetime.fromisoformat(row["moment"]).tzinfo
    finally:
        await other.close()


async def test_a_setting_made_outside_a_transaction_is_gone_for_the_next_request(postgres: None) -> None:
    session = await backend()
    await elsewhere(fetch("SET work_mem = '7MB'"))
    assert (await backend(), await left()) == (session, CLEAN)


async def test_a_transaction_opened_by_hand_and_left_ends_with_its_request(database: None) -> None:
    await elsewhere(fetch("BEGIN"))
    await add("Colégio Aurora")
    assert await seen_by_others("SELECT name FROM organization") == ["Colégio Aurora"]


async def test_connections_killed_while_nobody_used_them_are_replaced(postgres: None) -> None:
    gone = asyncio.Event()
    async with engine().lent() as connection:
        session = connection.get_server_pid()
        connection.add_termination_listener(lambda _: gone.set())
    await tell(settings().database_url, f"SELECT pg_terminate_backend({session})")
    await gone.wait()
    assert await backend() != session
    assert await left() == CLEAN


async def test_a_connection_killed_in_the_middle_fails_its_own_request_alone(postgres: None) -> None:
    async def lasts() -> None:
        async with transaction():
            await fetch("SET work_mem = '7MB'")
            await tell(settings().database_url, f"SELECT pg_terminate_backend({await backend()})")
            await fetch("SELECT 1 AS one")

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await elsewhere(lasts())
    assert await left() == CLEAN


@pytest.mark.parametrize("url", ["postgresql:///x?host=/nowhere", "postgresql://x@127.0.0.1:1/x"])
@pytest.mark.anywhere
async def test_a_server_whose_socket_or_port_is_gone_may_come_back(url: str) -> None:
    with pytest.raises(BUSY):
        await Postgres(url).open()


async def test_of_two_requests_that_wait_for_each_other_one_may_try_again_and_the_other_goes_on(postgres: None) -> None:
    await cast.enrol()
    one, other = [row["id"] for row in await fetch("SELECT id FROM organization ORDER BY id LIMIT 2")]
    both = asyncio.Barrier(2)

    async def retire(first: int, second: int) -> None:
        async with transaction():
            await fetch("UPDATE organization SET is_active = false WHERE id = {}", first)
            await both.wait()
            await fetch("UPDATE organization SET is_active = false WHERE id = {}", second)

    ended = await asyncio.gather(elsewhere(retire(one, other)), elsewhere(retire(other, one)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["DeadlockDetectedError", "NoneType"]
    assert any(isinstance(each, BUSY) for each in ended)
    retired = await fetch("SELECT id FROM organization WHERE NOT is_active ORDER BY id")
    assert (await left(), [row["id"] for row in retired]) == (CLEAN, [one, other])


async def test_a_statement_cancelled_by_the_server_leaves_nothing_behind(postgres: None) -> None:
    async def lasts() -> None:
        async with transaction():
            await add("Colégio Aurora")
            await fetch("SELECT set_config('work_mem', '7MB', false)")
            await fetch("SET LOCAL statement_timeout = 1")
            await fetch("SELECT pg_sleep(60)")

    with pytest.raises(asyncpg.QueryCanceledError):
        await elsewhere(lasts())
    assert (await left(), await fetch("SELECT name FROM organization")) == (CLEAN, [])


async def test_a_statement_given_up_by_its_request_leaves_nothing_behind(postgres: None) -> None:
    begun = asyncio.Event()

    async def lasts() -> None:
        async with transaction():
            await add("Colégio Aurora")
            begun.set()
            await fetch("SELECT pg_sleep(60)")

    task = asyncio.get_running_loop().create_task(lasts(), context=Context())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await left(), await fetch("SELECT name FROM organization")) == (CLEAN, [])


async def test_a_transaction_given_up_while_it_waits_to_begin_keeps_nobody_from_writing(sqlite: None) -> None:
    async def begin() -> None:
        async with transaction():
            await add("Colégio Horizonte")

    with closing(sqlite3.connect(_file(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        task = asyncio.get_running_loop().create_task(begin(), context=Context())
        while not engine().writing.locked():
            await asyncio.sleep(0)
        task.cancel()
        other.execute("ROLLBACK")
        with pytest.raises(asyncio.CancelledError):
            await task
    await add("Colégio Aurora")
    assert await seen_by_others("SELECT name FROM organization") == ["Colégio Aurora"]


async def add(name: str) -> None:
    await fetch("INSERT INTO organization (name, cnpj, root) VALUES ({}, '', '')", name)


async def left() -> dict[str, Any]:
    (row,) = await fetch(_LEFT)
    return row


async def backend() -> int:
    (row,) = await fetch("SELECT pg_backend_pid() AS pid")
    return row["pid"]


async def elsewhere(call: Awaitable[Any]) -> Any:
    """Runs the call as another request would."""
    return await asyncio.get_running_loop().create_task(call, context=Context())


async def seen_by_others(statement: str) -> list[Any]:
    """The first column, over a separate connection."""
    if isinstance(engine(), SQLite):
        with closing(sqlite3.connect(_file())) as other:
            return [row[0] for row in other.execute(statement)]
    other = await asyncpg.connect(settings().database_url)
    try:
        return [row[0] for row in await other.fetch(statement)]
    finally:
        await other.close()


def _file() -> str:
    return settings().database_url.removeprefix("sqlite:///")


async def test_the_only_connection_goes_to_each_that_waits_and_rests_afterwards(postgres: None) -> None:
    only = Postgres(settings().database_url, connections=1)
    await only.open()
    try:
        asked = (elsewhere(only.run_querystring(QueryString("SELECT pg_backend_pid() AS id"))) for _ in range(9))
        assert len({row["id"] for [row] in await asyncio.gather(*asked)}) == 1
        assert only.in_use == 0
        await only.rest()
        assert only.pool is not None
        assert only.pool.get_idle_size() == 1
    finally:
        await only.close()

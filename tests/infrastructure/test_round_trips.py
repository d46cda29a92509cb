"""The server is asked what the program sends it and nothing more: no reset, no check of a connection."""

import os

import asyncpg
import pytest

from tests import cast
from tests.client import browser_of
from tests.pages.reading import statements
from web.database import database as engine
from web.database import fetch_column
from web.engines.postgres import Postgres
from web.settings import settings

pytestmark = pytest.mark.anyio

MOST = {"/tickets": 3, "/tickets/{number}": 3, "/desk": 4, "/desk/tickets/{number}": 6}


@pytest.mark.parametrize("address", MOST)
async def test_a_page_costs_the_server_the_statements_it_sends(address: str, database: None) -> None:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite is no server")
    people = await cast.enrol()
    path = address.format(number=await cast.ticket(people.ana))
    browser = await browser_of(people.bia if path.startswith("/desk") else people.ana)
    await browser.get(path)  # a new connection first asks for the types of what it is sent
    before = await _counted()
    with statements() as sent:
        await browser.get(path)
    assert await _counted() - before == len(sent) == MOST[address]


async def test_the_server_compiles_no_statement(database: None) -> None:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite compiles none")
    assert await fetch_column(str, "SELECT current_setting('jit') AS jit") == ["off"]


async def _counted() -> int:
    """How many statements the server has executed in the test database."""
    other = await asyncpg.connect(os.environ["GUICHE_TEST_POSTGRES"])
    try:
        await other.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        return await other.fetchval(
            "SELECT coalesce(sum(calls), 0)::int FROM pg_stat_statements JOIN pg_database ON oid = dbid "
            "WHERE datname = $1",
            settings().database_url.rpartition("/")[2],
        )
    finally:
        await other.close()

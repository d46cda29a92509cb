"""Statements that reach PostgreSQL: only those of the program, none compiled twice, one text for everybody."""

import os
from dataclasses import replace

import asyncpg
import pytest

from tests import cast
from tests.client import browser_of
from tests.pages.reading import statements
from web.database import database as engine
from web.database import fetch_column
from web.engines.postgres import Postgres
from web.people import accounts, actors, memberships
from web.people.permissions import Sees
from web.settings import settings
from web.tickets.lists import desk
from web.tickets.lists.choices import filter_choices
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.record.ticket import find_ticket

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


async def test_a_reply_costs_the_server_nine_statements_and_a_new_ticket_thirteen(database: None) -> None:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite is no server")
    people = await cast.enrol()
    category, topic = await cast.subject()
    number, ana = await cast.ticket(people.ana), await browser_of(people.ana)
    page, form = await ana.get(f"/tickets/{number}"), await ana.get(f"/tickets/new?category={category}&topic={topic}")
    counted = []
    for said in ("Bom dia!", "Segue a lista.", "E os nomes."):  # at first a connection asks for types
        before = await _counted()
        await ana.send(page, f"/tickets/{number}/replies", body=said, follow=False)
        counted.append(await _counted() - before)
        page = await ana.get(f"/tickets/{number}")
    before = await _counted()
    sent = {"title": "Boleto", "description": "Veio errado.", "category": category, "topic": topic, "send": "1"}
    await ana.send(form, "/tickets", follow=False, **sent)
    assert (counted[-1], await _counted() - before) == (9, 13)


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


async def test_no_statement_is_another_for_another_customer_or_ticket(database: None) -> None:
    """It would be read and planned again for each of them."""
    people = await cast.enrol()
    eva = await accounts.create("Eva Dias", ["eva@horizonte.example"], at=cast.NOW)
    await memberships.add(eva, next(iter(people.caio.organizations)), sees=Sees.OWN, at=cast.NOW)
    sent = []
    for who in (people.rui, await actors.of_person(eva)):
        browser, number = await browser_of(who), await cast.ticket(who)
        with statements() as asked:
            for path in ("/", "/tickets", "/tickets?status=aberto&priority=high", f"/tickets/{number}"):
                await browser.get(path)
        sent.append(asked)
    assert sent[0] == sent[1]


async def test_no_statement_is_another_for_another_agent(database: None) -> None:
    people = await cast.enrol()
    number, sent = await cast.ticket(people.ana), []
    for by in (people.bia, replace(people.bia, id=people.davi.id, teams=frozenset({2, 3}), shut_out=frozenset({1}))):
        with statements() as asked:
            for view in VIEWS:
                await desk.page(DeskFilter(view=view), by=by, at=cast.NOW)
            await desk.counts(by, at=cast.NOW)
            await filter_choices(by)
            await find_ticket(number, by=by)
        sent.append(asked)
    assert sent[0] == sent[1]

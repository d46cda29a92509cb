"""Query plans on PostgreSQL with thousands of tickets and current statistics."""

import re

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import many_like, statements
from web.database import database as engine
from web.database import execute, fetch_column, transaction
from web.engines.postgres import Postgres
from web.tickets.actions import cancellation
from web.tickets.lists import desk, portal
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.lists.ordering import SORTS
from web.tickets.lists.portal import Filter

pytestmark = pytest.mark.anyio


@pytest.fixture
async def many(database: None) -> cast.Cast:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite expects the same of every table")
    people = await cast.enrol()
    closed, new = await cast.ticket(people.ana), await cast.ticket(people.ana)
    await cancellation.cancel(await cast.seen(closed, people.ana), reason="Já chegaram", by=people.ana, at=NOW)
    await many_like(closed, 6_000)
    await many_like(new, 2_000)
    await execute("UPDATE ticket SET due_at = updated_at, soon_at = updated_at WHERE status = 'new' AND id % 3 = 0")
    for column, table in (("team", "team"), ("requester", "person")):
        numbers = f"(SELECT array_agg(id) FROM {table})"
        await execute(f"UPDATE ticket SET {column} = ({numbers})[1 + id % array_length({numbers}, 1)]")
    for table in ("ticket", "event", "message", "person"):
        await execute(f"VACUUM ANALYZE {table}")
    return people


async def test_every_list_of_the_desk_and_the_counts_beside_it_walk_an_index(many: cast.Cast) -> None:
    with statements() as asked:
        for view in VIEWS.keys() - {"all"}:
            await desk.page(DeskFilter(view=view), by=many.bia, at=NOW)
        await desk.counts(many.bia, at=NOW)
    assert await read_from_end_to_end(asked) == []


async def test_what_is_at_work_and_what_waits_are_found_along_one_index_each(many: cast.Cast) -> None:
    """Where two are read to keep what is in both, one of them grows with the table."""
    with statements() as asked:
        for view in ("inbox", "own", "due"):
            await desk.page(DeskFilter(view=view), by=many.bia, at=NOW)
    assert [step for each in asked for step in await plan(each) if "BitmapAnd" in step] == []


async def test_every_list_of_a_customer_walks_an_index(many: cast.Cast) -> None:
    with statements() as asked:
        for scope in ("mine", "organization", "approvals", "copied", "around"):
            await portal.page(Filter(scope=scope), by=many.rui)
    assert await read_from_end_to_end(asked) == []


async def test_a_sorted_list_selects_its_numbers_once_where_tables_grew_since_they_were_counted(database: None) -> None:
    if not isinstance(engine(), Postgres):
        pytest.skip("SQLite expects the same of every table")
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await execute("VACUUM ANALYZE")
    await many_like(number, 1_000)
    with statements() as asked:
        for chosen in ("", *SORTS):
            await desk.page(DeskFilter(sort=chosen), by=people.bia, at=NOW)
    steps = [step for each in asked for step in await plan(each)]
    assert (len(asked), [step for step in steps if "Semi Join" in step]) == (1 + len(SORTS), [])


async def read_from_end_to_end(asked: list[str]) -> list[str]:
    return [step for each in asked for step in await plan(each) if "Seq Scan on ticket" in step]


async def plan(statement: str) -> list[str]:
    """The steps of a statement as it is planned once for all values."""
    values = ", ".join(["NULL"] * len(set(re.findall(r"[$][0-9]+", statement))))
    async with transaction():
        await execute(f"PREPARE asked AS {statement}")
        lines = await fetch_column(str, f"EXPLAIN EXECUTE asked{f'({values})' if values else ''}")
        await execute("DEALLOCATE asked")
    return lines

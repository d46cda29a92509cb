"""Query plans of searches: along an index in every list, on either database."""

import re

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import statements
from web.database import dialect, execute, fetch, transaction
from web.pages.words.labels import desk_statuses
from web.tickets.lists import desk, portal
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.lists.portal import Filter

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("status", [None, "active", "team", "closed"])
async def test_a_search_of_the_desk_reads_no_table_from_end_to_end(
    view: str, status: str | None, database: None
) -> None:
    people = await cast.enrol()
    sought = DeskFilter(view=view, status=desk_statuses("guiche").get(status or ""), words="boletos da turma")
    with statements() as asked:
        await desk.page(sought, by=people.bia, at=NOW)
    assert [await read_from_end_to_end(each) for each in asked] == [set()]


@pytest.mark.parametrize("scope", ["mine", "organization", "approvals", "copied", "around"])
async def test_a_search_of_a_customer_reads_no_table_from_end_to_end(scope: str, database: None) -> None:
    people = await cast.enrol()
    with statements() as asked:
        await portal.page(Filter(scope=scope, words="boletos da turma"), by=people.ana)
    assert [await read_from_end_to_end(each) for each in asked] == [set()]


async def read_from_end_to_end(statement: str) -> set[str]:
    """The tables that grow with the tickets and that the plan has no index for."""
    plain = re.sub(r"[$][0-9]+|[?]", "NULL", statement)
    async with transaction():
        if cost := dialect(sqlite="", postgres="SET LOCAL enable_seqscan = off"):  # it reads small tables whole
            await execute(cost)
        steps = await fetch(dialect(sqlite=f"EXPLAIN QUERY PLAN {plain}", postgres=f"EXPLAIN {plain}"))
    text = "\n".join(str(step.get("detail") or step.get("QUERY PLAN")) for step in steps)
    return set(
        re.findall(r"(?:^SCAN|Seq Scan on) (ticket|ticket_search|message|event)\b(?! VIRTUAL)", text, re.MULTILINE)
    )

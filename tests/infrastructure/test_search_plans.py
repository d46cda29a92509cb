"""Query plans of searches: along an index in every list, on either database."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.infrastructure.scans import read_from_end_to_end
from tests.pages.reading import statements
from web.pages.words.labels import desk_statuses
from web.tickets.lists import desk, portal
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.lists.portal import Filter

pytestmark = pytest.mark.anyio

GROWING = r"(?:ticket|ticket_search|message|event)\b(?! VIRTUAL)"
"""The tables that grow with the tickets, and their names in statements."""


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("status", [None, "active", "team", "closed"])
async def test_a_search_of_the_desk_reads_no_table_from_end_to_end(
    view: str, status: str | None, database: None
) -> None:
    people = await cast.enrol()
    sought = DeskFilter(view=view, status=desk_statuses("guiche").get(status or ""), words="boletos da turma")
    with statements() as asked:
        await desk.page(sought, by=people.bia, at=NOW)
    assert [await read_from_end_to_end(each, GROWING) for each in asked] == [set()]


@pytest.mark.parametrize("scope", ["mine", "organization", "approvals", "copied", "around"])
async def test_a_search_of_a_customer_reads_no_table_from_end_to_end(scope: str, database: None) -> None:
    people = await cast.enrol()
    with statements() as asked:
        await portal.page(Filter(scope=scope, words="boletos da turma"), by=people.ana)
    assert [await read_from_end_to_end(each, GROWING) for each in asked] == [set()]

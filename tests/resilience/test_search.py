"""A lost search index: operators and searchers are told, and it is rebuilt in the background."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Page, browser_of
from web.database import fetch
from web.tickets.record import reindexing

pytestmark = pytest.mark.anyio

DEGRADED = ["A busca está sendo refeita. Por alguns minutos, ela pode deixar de mostrar tickets."]


async def test_f48_an_index_that_was_lost_is_told_and_made_anew_while_people_search(database, storage):
    people = await cast.enrol()
    for each in range(3):
        await cast.ticket(people.ana, f"Boletos {each}")
    await fetch("DELETE FROM ticket_search")
    assert await reindexing.faults() == [
        "3 tickets are missing from the index of search: run `python -m web reindex`",
    ]
    await reindexing.start()
    assert [notice for notice, _ in await sought(people)] == [DEGRADED, DEGRADED]
    await reindexing.run_due(NOW)
    assert await sought(people) == [([], ["Boletos 2", "Boletos 1", "Boletos 0"])] * 2
    assert await reindexing.faults() == []


async def sought(people) -> list[tuple[list[str], list[str]]]:
    """The notice about the search and its results, for Ana and for Bia at the desk."""
    await reindexing.renew()
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    return [found(await ana.get("/tickets?q=boletos")), found(await bia.get("/desk?view=all&q=boletos"))]


def found(page: Page) -> tuple[list[str], list[str]]:
    return page.texts("p.notice"), page.texts(".row__title")

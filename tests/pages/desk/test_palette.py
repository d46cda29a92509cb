"""Everything one may do with a ticket and everywhere one may go, in one list."""

import pytest

from tests import cast
from tests.client import browser_of
from web.pages.words.tickets.palette import GROUPS

pytestmark = pytest.mark.anyio


async def test_an_agent_finds_what_they_may_do_with_a_ticket_and_where_they_may_go(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/palette?ticket={number}")
    links = page.links()
    assert page.texts("main h2") == [*GROUPS]
    assert links["Resolver"] == f"/desk/tickets/{number}#do-solution"
    assert links["Caixa de entrada"] == "/desk"
    assert links["Financeiro"].startswith("/desk?view=unassigned&team=")
    assert {"Reabrir", "Equipes", "Relatórios"} & set(links) == set()
    there = await bia.get(f"/desk/tickets/{number}")
    ways = [each for each in links.values() if each.startswith(f"/desk/tickets/{number}#")]
    assert {each.partition("#")[2] for each in ways} <= set(there.attributes("form[id]", "id"))


async def test_leads_and_administrators_find_settings_and_words_narrow_the_list(database):
    people = await cast.enrol()
    lia, admin = await browser_of(people.lia), await browser_of(people.admin)
    assert (await lia.get("/desk/palette?q=equipes")).texts(".ways a") == ["Equipes"]
    assert (await lia.get("/desk/palette?q=identidade")).texts(".ways") == []
    assert (await admin.get("/desk/palette?q=IDENTIDADE")).links()["Identidade"] == "/desk/settings/place"
    assert (await lia.get("/desk/palette?ticket=987654")).texts("main h2") == [*GROUPS[1:]]

"""The index of settings: each kind with its state in one line, and a link."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Page, browser_of, folded
from tests.pages.reading import statements
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


def states(page: Page) -> dict[str, str]:
    """The states by the name of each kind."""
    return dict(zip(page.texts(".choices a"), page.texts(".choices .quiet"), strict=True))


async def test_each_kind_says_how_it_stands():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    before = states(await lia.get("/desk/settings"))
    await canned_replies.save_canned(NewCannedReply("Bom dia", "Bom dia."), by=people.lia, at=NOW)
    after = states(await lia.get("/desk/settings"))
    told = {name: (before[name], after[name]) for name in before}
    assert told["Calendários"] == ("1 calendário", "1 calendário")
    assert told["Respostas prontas"] == ("nenhuma", "1 resposta")
    assert told["Histórico"] == ("nada mudou ainda", "última mudança em 23/11/2026")


async def test_each_kind_leads_to_its_page_and_the_page_back():
    lia = await browser_of((await cast.enrol()).lia)
    page = await lia.get("/desk/settings")
    for link in page.html.css(".choices a"):
        answer = await lia.get(link.attributes["href"] or "")
        assert (answer.status, "/desk/settings" in answer.attributes(".crumbs a", "href")) == (200, True), folded(link)


async def test_the_menu_leads_to_it_and_it_costs_two_statements():
    lia = await browser_of((await cast.enrol()).lia)
    page = await lia.get("/desk/settings")
    assert "/desk/settings" in page.attributes(".nav a[aria-current]", "href")
    with statements() as asked:
        await lia.get("/desk/settings")
    assert len(asked) == 2


async def test_the_house_stands_first_and_what_happened_last():
    admin = await browser_of((await cast.enrol()).admin)
    assert list(states(await admin.get("/desk/settings"))) == [
        "Identidade",
        "E-mail",
        "Chat",
        "Equipes",
        "Papéis e permissões",
        "Importar pessoas e organizações",
        "Categorias e assuntos",
        "Respostas prontas",
        "Quiosques",
        "Em outros sites",
        "Calendários",
        "Recessos",
        "Prazos",
        "Chaves de robôs",
        "Webhooks",
        "Pedidos de privacidade",
        "Histórico",
    ]

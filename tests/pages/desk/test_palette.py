"""The command palette: every move of a ticket and every page."""

import pytest

from tests import cast
from tests.client import Page, around, browser_of
from web.pages.words.tickets.palette import GROUPS

pytestmark = pytest.mark.anyio

LISTED = {
    "responder": "replies",
    "perguntar": "questions",
    "nota interna": "notes",
    "assumir": "take",
    "resolver": "solution",
    "pôr em espera": "waits",
    "etiquetas": "tags",
    "mudar prioridade; 1 a 4 a escolhem": "properties",
}
"""The moves with a line of their own in the list of shortcuts, by its text."""
BY_SCRIPT = {"properties": "p"}
"""The shortcut of a choice in a form, which has no button."""


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


async def test_a_key_does_the_same_by_the_palette_the_list_of_keys_and_the_form_itself(database):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    told = _keys_told(await bia.get(f"/desk/palette?ticket={number}"))
    page = await bia.get(f"/desk/tickets/{number}")
    assert {noun: _key_of(page, noun) or BY_SCRIPT.get(noun, "") for noun in told} == told
    listed = dict(zip(page.texts("#keys dd"), page.texts("#keys dt"), strict=True))
    assert {words: listed[words] for words in LISTED} == {words: told[noun] for words, noun in LISTED.items()}
    keys = [key for key in told.values() if key]
    assert len(keys) == len(set(keys)) > len(LISTED)


def _keys_told(palette: Page) -> dict[str, str]:
    """The shortcuts in the palette by move."""
    found = {}
    for line in palette.html.css(".ways li"):
        _, _, noun = (line.css_first("a").attributes["href"] or "").partition("#do-")
        key = line.css_first("kbd")
        found |= {noun: key.text() if key else ""} if noun else {}
    return found


def _key_of(page: Page, noun: str) -> str:
    """The shortcut of the control that opens the form of a move, or sends it."""
    opens = page.html.css_first(f"label[for=write-{noun}]")
    if opens is None:
        form = page.one(f"#do-{noun}")
        folded = around(form, "details")
        opens = folded.css_first("summary") if folded else form.css_first("button")
    return (opens.attributes.get("data-key") or "") if opens else ""

"""Sections in two levels and their order, and synonyms."""

import pytest

from tests import cast
from tests.articles import factories
from tests.client import browser_of
from tests.pages.reading import refusals

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/articles/sections"
SYNONYMS = "/desk/articles/synonyms"


async def test_a_lead_makes_sections_in_two_levels_and_puts_them_in_order():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await lia.send(await lia.get(AT), AT, name="Cobrança", text="Boletos e notas")
    page = await lia.send(page, AT, name="Acesso")
    top = page.html.css_first("select[name=parent] option[value]:not([value=''])").attributes["value"]
    page = await lia.send(page, AT, name="Boletos", parent=top)
    assert page.texts("tbody th") == ["Cobrança", "Cobrança / Boletos", "Acesso"]
    assert page.texts("tbody .order button") == ["Descer Cobrança", "Subir Acesso"]
    page = await lia.send(page, f"{AT}/{top}/position", press="down")
    assert page.texts("tbody th") == ["Acesso", "Cobrança", "Cobrança / Boletos"]
    assert page.texts("[autofocus]") == ["Subir Cobrança"]


async def test_a_section_with_articles_stays_in_use():
    people = await cast.enrol()
    section = await factories.section(people)
    await factories.article(people)
    lia, at = await browser_of(people.lia), f"{AT}/{section}"
    page = await lia.send(await lia.get(at), f"{at}/removal", follow=False)
    assert page.texts(".summary li") == ["Seção : Há artigos nesta seção. Mude-os de lugar antes."]


async def test_the_second_of_two_leads_at_a_section_sees_what_the_first_one_changed():
    people = await cast.enrol()
    at = f"{AT}/{await factories.section(people)}"
    lia, admin = await browser_of(people.lia), await browser_of(people.admin)
    page = await admin.get(at)
    await lia.send(await lia.get(at), at, name="Financeiro")
    page = await admin.send(page, at, text="Boletos", follow=False)
    assert page.status == 409
    assert page.texts("[role=alert] p")[1].endswith("nome era Cobrança, passou a Financeiro.")


async def test_an_agent_keeps_words_that_mean_the_same():
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.send(await bia.get(SYNONYMS), SYNONYMS, words="boleto", follow=False)
    assert page.status == 422
    assert list(refusals(page)) == ["words"]
    page = await bia.send(page, SYNONYMS, words="boleto, fatura , cobrança")
    assert page.texts("details summary") == ["boleto, fatura, cobrança"]
    number = page.attributes("details form", "action")[0].rpartition("/")[2]
    page = await bia.send(page, f"{SYNONYMS}/{number}", words="boleto, fatura")
    assert page.texts("details summary") == ["boleto, fatura"]
    answer = await bia.post(f"{SYNONYMS}/{number}/removal", page.values(f"{SYNONYMS}/{number}"))
    assert (await bia.get(answer.location)).texts("details summary") == []


async def test_who_changes_a_group_of_synonyms_second_sees_the_difference():
    people = await cast.enrol()
    bia, lia = await browser_of(people.bia), await browser_of(people.lia)
    await bia.send(await bia.get(SYNONYMS), SYNONYMS, words="boleto, fatura")
    opened = await lia.get(SYNONYMS)
    at = opened.one("details form").attributes["action"]
    await bia.send(await bia.get(SYNONYMS), at, words="boleto, fatura, carnê")
    page = await lia.send(opened, at, words="boleto, cobrança")
    assert (page.status, "passou a boleto, fatura, carnê." in page.text("[role=alert]")) == (409, True)
    assert page.values(at)["words"] == "boleto, cobrança"
    page = await lia.send(page, at)
    assert page.texts("details summary") == ["boleto, cobrança"]

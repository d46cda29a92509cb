"""Reviews, publication now or on a date, and restored versions."""

from datetime import timedelta

import pytest

from tests import cast
from tests.articles import factories
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import refusals
from web.articles.authoring.article_versions import authored_article

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/articles"


async def test_an_agent_asks_for_a_review_and_a_lead_publishes():
    people = await cast.enrol()
    number = await factories.draft(people)
    at = f"{AT}/{number}"
    bia, lia = await browser_of(people.bia), await browser_of(people.lia)
    page = await bia.get(at)
    assert page.texts("form[data-keep] > .form__actions button") == [
        "Salvar rascunho",
        "Ver como fica",
        "Pedir revisão",
    ]
    answer = await bia.post(f"{at}/review", {**page.values(at), "body": "Pronto para ler."})
    page = await bia.get(answer.location)
    assert page.text(".aside .chip") == "Em revisão"
    refused = await bia.post(f"{at}/publication", page.values(at))
    assert refused.status == 403
    assert "Pronto para ler." in refused.text("main")
    page = await lia.get(f"{AT}?state=review")
    assert page.texts("tbody th a") == ["Segunda via de boleto"]
    page = await lia.get(at)
    answer = await lia.post(f"{at}/publication", page.values(at))
    page = await lia.get(answer.location)
    assert page.text(".aside .chip") == "Publicado"
    assert (await authored_article(number)).body.strip() == "Pronto para ler."
    assert [line.partition(": ")[2] for line in (await lia.get(f"{at}/versions")).texts("#changes + ul li")] == [
        "situação era Em revisão, passou a Publicado; versão no ar era –, passou a 2; "
        "no ar desde era –, passou a 23/11/2026, 9h00min00s; revisado em era –, passou a 23/11/2026.",
        "situação era Rascunho, passou a Em revisão.",
    ]


async def test_a_lead_publishes_from_a_day_on():
    people = await cast.enrol()
    number = await factories.draft(people)
    at, lia = f"{AT}/{number}", await browser_of(people.lia)
    values = (await lia.get(at)).values(at)
    answer = await lia.post(f"{at}/publication", {**values, "since": "amanhã"})
    assert refusals(answer) == {"since": "Escreva a data assim: 31/12/2026."}
    answer = await lia.post(f"{at}/publication", {**values, "since": "2026-11-25"})
    assert (await lia.get(answer.location)).text(".aside .chip") == "Publica em 25/11/2026"
    assert await factories.read_by(people.ana, at=NOW + timedelta(days=1)) == []
    assert await factories.read_by(people.ana, at=NOW + timedelta(days=2)) == ["Segunda via de boleto"]


async def test_no_version_is_called_the_one_that_is_read_before_its_day_or_after_the_end():
    people = await cast.enrol()
    number = await factories.draft(people)
    at, lia = f"{AT}/{number}", await browser_of(people.lia)

    async def called() -> tuple[list[str], bool]:
        versions, version = await lia.get(f"{at}/versions"), await lia.get(f"{at}/versions/1")
        return versions.texts("tbody .chip"), "É a que está no ar." in version.words

    await lia.post(f"{at}/publication", {**(await lia.get(at)).values(at), "since": "2026-11-25"})
    assert await called() == ([], False)
    await lia.post(f"{at}/publication", {**(await lia.get(at)).values(at), "since": ""})
    assert await called() == (["no ar"], True)
    await lia.send(await lia.get(at), f"{at}/retirement")
    assert await called() == ([], False)


async def test_nothing_is_published_while_somebody_is_still_named():
    people = await cast.enrol()
    number = await factories.draft(people, body="Peça a [REMOVER: Ana Prado], no [REMOVER: (11) 98765-4321].")
    at, lia = f"{AT}/{number}", await browser_of(people.lia)
    page = await lia.get(at)
    assert "Há dados de pessoas neste texto" in page.texts("h2")
    answer = await lia.post(f"{at}/publication", page.values(at))
    assert refusals(answer) == {
        "body": "Ainda há dados marcados para remover: Ana Prado, (11) 98765-4321. Tire ou troque cada um antes de "
        "publicar."
    }
    answer = await lia.post(f"{at}/publication", {**page.values(at), "body": "Peça à secretaria."})
    assert (await lia.get(answer.location)).text(".aside .chip") == "Publicado"


async def test_a_change_of_what_is_published_waits_until_a_lead_publishes_it():
    people = await cast.enrol()
    number = await factories.article(people)
    at, bia = f"{AT}/{number}", await browser_of(people.bia)
    page = await bia.get(at)
    assert "section" not in page.values(at)
    page = await bia.send(page, at, title="Boleto de novo", body="Outra coisa.")
    assert page.text(".aside .chip") == "Publicado, com mudanças"
    assert await factories.read_by(people.ana) == ["Segunda via de boleto"]


async def test_a_retired_article_is_read_by_nobody_and_comes_back():
    people = await cast.enrol()
    number = await factories.article(people)
    at, lia = f"{AT}/{number}", await browser_of(people.lia)
    page = await lia.send(await lia.get(at), f"{at}/retirement")
    assert page.text("[role=status]") == "Retirado. Ninguém mais o acha, e as versões continuam aqui."
    assert await factories.read_by(people.lia) == []
    answer = await lia.post(f"{at}/publication", page.values(at))
    assert (await lia.get(answer.location)).text(".aside .chip") == "Publicado"
    assert await factories.read_by(people.ana, at=NOW + timedelta(minutes=1)) == ["Segunda via de boleto"]


async def test_somebody_says_that_they_read_it_through_today():
    people = await cast.enrol()
    number = await factories.article(people)
    at, bia = f"{AT}/{number}", await browser_of(people.bia)
    page = await bia.send(await bia.get(at), f"{at}/confirmation")
    assert page.text("[role=status]") == "Anotado: revisado hoje."
    assert "Revisado em 23/11/2026" in page.text("#standing + .aside__body")


async def test_versions_tell_who_wrote_what_and_an_old_one_comes_back():
    people = await cast.enrol()
    number = await factories.draft(people, body="Entre em Cobrança.\n\nEscolha o mês.")
    at, bia = f"{AT}/{number}", await browser_of(people.davi)
    await bia.send(await bia.get(at), at, body="Entre em Financeiro.\n\nEscolha o mês.", remark="O menu mudou de nome")
    page = await bia.get(f"{at}/versions")
    assert page.texts("tbody th a") == ["Versão 2", "Versão 1"]
    assert page.texts("td[data-label=De]") == ["Davi Reis", "Bia Nunes"]
    assert page.texts("td[data-label='O que mudou']") == ["O menu mudou de nome", "–"]
    page = await bia.get(page.links()["Versão 2"])
    assert page.text("#difference") == "O que mudou desde a versão 1"
    assert (page.texts("[data-difference] del"), page.texts("[data-difference] ins")) == (
        ["[saiu: Cobrança ]"],
        ["[entrou: Financeiro ]"],
    )
    page = await bia.get(f"{at}/versions/1")
    page = await bia.send(page, f"{at}/versions/1/restoration")
    assert page.text("[role=status]").startswith("Versão restaurada como a mais nova.")
    assert (await authored_article(number)).body == "Entre em Cobrança.\n\nEscolha o mês."
    assert (await authored_article(number)).newest == 3

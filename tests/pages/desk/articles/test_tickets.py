"""Drafts from solved tickets, and articles inserted into replies."""

import pytest

from tests import cast
from tests.articles import factories
from tests.client import browser_of
from web.articles.authoring.article_versions import authored_article
from web.database import fetch
from web.demo.cast import Cast
from web.tickets.actions import assignment, resolution
from web.tickets.life.states import Resolution
from web.tickets.record.messages import NewMessage

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def solved(people: Cast, *, team: str = "") -> int:
    """A solved ticket of Ana's, with her name and phone in it, and Bia's name in the solution."""
    number = await cast.ticket(
        people.ana,
        "Boleto errado da Ana Prado",
        "Sou Ana Prado, do Colégio Aurora, (11) 98765-4321, CPF 111.444.777-35.\nO boleto veio errado.",
    )
    sheet = await cast.brought_to(number, "open", by=people.lia, asker=people.ana)
    if team:
        (row,) = await fetch("SELECT id FROM team WHERE name = {}", team)
        await assignment.assign(sheet, team=row["id"], person=None, by=people.lia, at=cast.NOW)
        sheet = await cast.seen(number, people.lia)
    said = NewMessage("Olá, Ana. Entre em Cobrança e emita de novo.\n\nBia Nunes, bia@guiche.example")
    await resolution.resolve(sheet, Resolution.COMMUNICATED, message=said, by=people.lia, at=cast.NOW)
    return number


async def test_a_draft_is_made_of_a_solved_ticket_with_what_names_people_marked():
    people = await cast.enrol()
    section = await factories.section(people)
    number = await solved(people)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    page = await bia.send(page, f"/desk/tickets/{number}/article")
    assert page.path.startswith("/desk/articles/")
    made = await authored_article(int(page.path.partition("?")[0].rpartition("/")[2]))
    assert (made.title, made.slug) == ("Boleto errado da [REMOVER: Ana Prado]", "boleto-errado-da")
    assert made.body == (
        "## O que acontece\n\nSou [REMOVER: Ana Prado], do [REMOVER: Colégio Aurora], [REMOVER: (11) 98765-4321], "
        "CPF [REMOVER: 111.444.777-35].\nO boleto veio errado.\n\n"
        "## Como resolver\n\nOlá, [REMOVER: Ana]. Entre em Cobrança e emita de novo.\n\n"
        "Bia Nunes, [REMOVER: bia@guiche.example]"
    )
    assert (made.section, made.ticket, made.audience, made.state) == (section, number, "agents", "draft")
    assert page.links()[f"#{number}"] == f"/desk/tickets/{number}"


async def test_no_draft_is_made_of_an_open_ticket_or_of_one_that_few_agents_read():
    people = await cast.enrol()
    await factories.section(people)
    number = await cast.ticket(people.ana)
    bia, lia = await browser_of(people.bia), await browser_of(people.lia)
    page = await bia.get(f"/desk/tickets/{number}")
    assert "Fazer artigo deste ticket" not in page.texts("button")
    token = page.values(f"/desk/tickets/{number}/take")
    assert (await bia.post(f"/desk/tickets/{number}/article", token)).status == 409
    reserved = await solved(people, team="Ouvidoria")
    page = await lia.get(f"/desk/tickets/{reserved}")
    assert "Fazer artigo deste ticket" not in page.texts("button")
    token = {"_token": page.attributes("input[name=_token]", "value")[0]}
    assert (await lia.post(f"/desk/tickets/{reserved}/article", token)).status == 403


async def test_without_a_section_the_ticket_says_what_is_lacking():
    people = await cast.enrol()
    number = await solved(people)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    page = await bia.send(page, f"/desk/tickets/{number}/article", follow=False)
    assert page.status == 422
    assert page.texts(".summary li") == ["Seção da ajuda : Ainda não há seções na ajuda. Crie uma antes, em Artigos."]


async def test_an_article_is_put_into_a_reply_and_counted_once_it_is_sent():
    people = await cast.enrol()
    article = await factories.article(people)
    await factories.article(people, "Boleto por dentro", audience="agents")
    number = await cast.ticket(people.ana)
    bia, at = await browser_of(people.bia), f"/desk/tickets/{number}"
    page = await bia.send(
        await bia.get(at), f"{at}/replies", press="find", sought="segunda via boleto", body="Bom dia."
    )
    assert page.texts("#article li button") == ["Inserir Segunda via de boleto"]
    answer = await bia.post(f"{at}/replies", {**page.values(f"{at}/replies"), "article": str(article)})
    said = answer.values(f"{at}/replies")["body"].strip()
    assert said == "Bom dia.\n\nSegunda via de boleto\nhttp://127.0.0.1:8000/help/segunda-via-de-boleto"
    assert await fetch("SELECT count(*) AS n FROM article_use") == [{"n": 0}]
    await bia.send(answer, f"{at}/replies")
    assert await fetch("SELECT article, ticket, kind FROM article_use") == [
        {"article": article, "ticket": number, "kind": "inserted"}
    ]


async def test_articles_are_at_hand_by_words_or_by_what_the_ticket_is_about():
    people = await cast.enrol()
    await factories.article(people)
    await factories.article(people, "Trocar a senha", "Peça outra.")
    await factories.article(people, "Boleto por dentro", audience="agents")
    number = await cast.ticket(people.ana)
    bia, at = await browser_of(people.bia, htmx=True), f"/desk/tickets/{number}/articles"
    found = [await bia.get(each) for each in (at, f"{at}?q=senha", f"{at}?q=por+dentro+nada")]
    assert [each.texts("button") for each in found] == [
        ["Segunda via de boleto", "Trocar a senha"],
        ["Trocar a senha"],
        [],
    ]
    assert found[1].attributes("button", "value") == ["Trocar a senha\nhttp://127.0.0.1:8000/help/trocar-a-senha"]
    assert found[2].words == "Nada que o solicitante possa ler fala disto."


async def test_an_article_that_the_requester_may_not_read_is_not_put_in():
    people = await cast.enrol()
    hidden = await factories.article(people, "Boleto por dentro", audience="agents")
    number = await cast.ticket(people.ana)
    bia, at = await browser_of(people.bia), f"/desk/tickets/{number}"
    page = await bia.get(at)
    answer = await bia.post(f"{at}/replies", {**page.values(f"{at}/replies"), "article": str(hidden), "body": "Oi."})
    assert answer.status == 422
    assert answer.text("#article .field__error") == "Escolha uma das opções da lista."
    page = await bia.send(page, f"{at}/replies", press="find", sought="boleto")
    assert page.text("#article [role=status]") == "Nada que o solicitante possa ler fala disto."

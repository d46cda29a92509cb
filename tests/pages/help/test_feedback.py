"""Votes and comments on an article, and suggestions before a ticket is sent."""

from datetime import timedelta

import pytest

from tests import cast
from tests.articles.factories import article
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import refusals
from web.articles.feedback import comments
from web.clock import set_now
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]

AT = "/help/segunda-via-de-boleto"
COMMENT = {"name": "Marta", "email": "marta@casa.example", "comment": "Faltou dizer onde fica o menu."}


async def read(browser: Browser) -> Page:
    set_now(NOW)
    return await browser.get(AT)


async def votes() -> tuple[int, int]:
    row = (await fetch("SELECT yes, no FROM article"))[0]
    return row["yes"], row["no"]


async def test_a12_a_reader_without_an_account_says_whether_an_article_served():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    page = await read(reader)
    assert page.texts(".feedback__ask") == ["Isso foi útil? Sim Não"]
    page = await reader.send(page, f"{AT}/votes", serves="yes")
    assert (page.text(".notice"), await votes()) == ("Que bom que ajudou. Obrigado por dizer.", (1, 0))


async def test_a_reader_has_one_vote_and_may_change_it():
    people = await cast.enrol()
    await article(people)
    ana, reader = await browser_of(people.ana), Browser()
    for browser in (ana, reader):
        page = await read(browser)
        for said in ("yes", "yes", "no"):
            page = await browser.send(page, f"{AT}/votes", serves=said)
    assert await votes() == (0, 2)
    assert page.text(".notice") == "Obrigado por dizer. Conte abaixo o que faltou, ou abra uma solicitação."
    await ana.send(await read(ana), f"{AT}/votes", serves="yes")
    assert await votes() == (1, 1)


async def test_a_vote_that_says_nothing_is_refused_and_counts_nothing():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    page = await reader.send(await read(reader), f"{AT}/votes", follow=False)
    assert (page.status, page.texts("main li")) == (422, ["Isso foi útil?: Escolha uma das opções da lista."])
    assert await votes() == (0, 0)


async def test_a12_a_comment_is_held_and_its_address_is_never_shown():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    page = await read(reader)
    assert page.text(".write form > .field__hint") == "Seu e-mail não é publicado. Campos com * são obrigatórios."
    page = await reader.send(page, f"{AT}/comments", **COMMENT)
    assert page.text(".notice") == "Recebemos seu comentário. Ele aparece aqui depois de lido pela equipe."
    assert page.texts(".comments") == []
    (held,), _ = await comments.listed("held", after=None, by=people.bia)
    await comments.show(held.id, answer="Fica à esquerda.", by=people.bia, at=NOW + timedelta(hours=1))
    page = await read(reader)
    assert page.texts(".comments .prose") == ["Faltou dizer onde fica o menu.", "Fica à esquerda."]
    assert "marta@casa.example" not in page.response.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, {"name": "Preencha este campo."}),
        ({"email": ""}, {"email": "Preencha este campo."}),
        (
            {"email": "marta"},
            {"email": "Escreva um endereço de e-mail, como nome@escola.com.br: um só, sem espaço nem acento."},
        ),
        ({"comment": " \n "}, {"comment": "Escreva o comentário."}),
        ({"comment": "https://a.example www.b.example/c"}, {"comment": "Escreva também o que os links querem dizer."}),
        ({"comment": "a" * 5_001}, {"comment": "O texto pode ter até 5.000 caracteres; este tem 5.001."}),
    ],
)
async def test_a_comment_that_cannot_be_read_comes_back_as_it_was_typed(typed, told):
    people = await cast.enrol()
    await article(people)
    reader, wanted = Browser(), COMMENT | typed
    page = await reader.send(await read(reader), f"{AT}/comments", follow=False, **wanted)
    assert (page.status, refusals(page)) == (422, told)
    assert page.values(f"{AT}/comments")["comment"].strip() == wanted["comment"].strip()
    assert await comments.listed("held", after=None, by=people.bia) == ([], None)


async def test_the_address_of_a_comment_is_taken_as_a_mail_program_copies_it():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    pasted = COMMENT | {"email": "Marta Reis <Marta@casa.example>;"}
    await reader.send(await read(reader), f"{AT}/comments", **pasted)
    (held,), _ = await comments.listed("held", after=None, by=people.bia)
    assert held.email == "marta@casa.example"


async def test_a_comment_sent_twice_is_one():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    page = await read(reader)
    for _ in range(2):
        await reader.send(page, f"{AT}/comments", **COMMENT)
    assert len((await comments.listed("held", after=None, by=people.bia))[0]) == 1


async def test_a_flood_of_comments_is_slowed_down():
    people = await cast.enrol()
    await article(people)
    reader = Browser()
    told = [
        (await reader.send(await read(reader), f"{AT}/comments", follow=False, **COMMENT)).status for _ in range(16)
    ]
    assert told == [303] * 15 + [429]


async def test_a40_a_comment_is_text():
    people = await cast.enrol()
    await article(people)
    evil = "<script>alert(1)</script> {{ 7*7 }}"
    reader = Browser()
    await reader.send(await read(reader), f"{AT}/comments", **COMMENT | {"name": evil, "comment": evil})
    (held,), _ = await comments.listed("held", after=None, by=people.bia)
    await comments.show(held.id, by=people.bia, at=NOW)
    page = await read(reader)
    assert page.texts(".comments .prose") == [evil]
    assert "<script>alert" not in page.response.text


async def test_articles_are_offered_while_a_title_is_typed():
    people = await cast.enrol()
    await article(people)
    await article(people, "Boleto interno", audience="agents")
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get("/tickets/new/suggestions?title=Como+emitir+a+segunda+via+do+boleto")
    assert [page.text("h2"), *page.texts("li a")] == [
        "Talvez isto já resolva",
        "Segunda via de boleto (abre em nova aba)",
    ]
    assert (await ana.get("/tickets/new/suggestions?title=bo")).words == ""


async def test_without_a_script_articles_are_offered_once_before_a_ticket_is_sent():
    people = await cast.enrol()
    await article(people)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    typed = {"title": "Segunda via do boleto", "description": "Perdi o boleto.", "category": "1"}
    page = await ana.send(page, "/tickets", press="send", unsuggested="1", follow=False, **typed)
    assert page.text(".suggestions h2") == "Talvez isto já resolva"
    assert page.values("/tickets")["description"].strip() == "Perdi o boleto."
    page = await ana.send(page, "/tickets", press="send")
    assert page.text("h1").endswith("Segunda via do boleto")


async def test_an_article_that_resolved_spares_the_ticket_and_is_counted():
    people = await cast.enrol()
    await article(people)
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    answer = await ana.post(f"{AT}/solved", page.values("/tickets") | {"title": "Segunda via"})
    page = await ana.get(answer.location)
    assert page.text(".notice") == "Que bom que o artigo resolveu. Nada foi enviado."
    assert [row["kind"] for row in await fetch("SELECT kind FROM article_use")] == ["solved"]

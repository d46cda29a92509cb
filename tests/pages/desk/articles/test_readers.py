"""Comments of readers, and insights for authors."""

from datetime import timedelta

import pytest

from tests import cast
from tests.articles.factories import article
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import refusals
from web.articles import statistics
from web.clock import set_now

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/articles/comments"
READ = "/help/segunda-via-de-boleto"


async def commented(text: str = "Onde fica o menu?", *, email: str = "marta@casa.example") -> Browser:
    set_now(NOW)
    reader = Browser()
    page = await reader.get(READ)
    await reader.send(page, f"{READ}/comments", name="Marta", email=email, comment=text)
    return reader


def one(page: Page) -> str:
    """The address of the only comment on the page."""
    [action] = page.attributes("section.panel > form", "action")
    return action


async def test_an_agent_publishes_a_comment_with_an_answer_and_hides_it_again():
    people = await cast.enrol()
    await article(people)
    reader = await commented()
    bia = await browser_of(people.bia)
    page = await bia.get(AT)
    assert page.texts(".panel .quiet") == ["Marta · marta@casa.example · 23/11/2026"]
    page = await bia.send(page, one(page), answer="À esquerda.")
    assert (page.text(".notice"), page.text(".empty h2")) == ("Comentário publicado.", "Nenhum comentário por ler")
    assert (await reader.get(READ)).texts(".comments .prose") == ["Onde fica o menu?", "À esquerda."]
    page = await bia.get(f"{AT}?state=shown")
    page = await bia.post(f"{one(page)}/hiding", page.values(one(page)))
    assert (await reader.get(READ)).texts(".comments .prose") == []


async def test_a_comment_becomes_a_ticket_of_whoever_wrote_it():
    people = await cast.enrol()
    await article(people)
    await commented(email="ana@aurora.example")
    bia = await browser_of(people.bia)
    page = await bia.get(AT)
    page = await bia.send(page, f"{one(page)}/ticket", category="1-1")
    assert page.path.startswith("/desk/tickets/")
    assert page.words.count("Onde fica o menu?") == 1
    assert (await bia.get(AT)).text(".empty h2") == "Nenhum comentário por ler"
    assert "Segunda via de boleto" in (await (await browser_of(people.ana)).get("/tickets")).words


async def test_a_comment_without_a_category_makes_no_ticket():
    people = await cast.enrol()
    await article(people)
    await commented()
    bia = await browser_of(people.bia)
    page = await bia.get(AT)
    page = await bia.send(page, f"{one(page)}/ticket", follow=False)
    assert (page.status, refusals(page)) == (422, {"category": "Escolha a categoria."})


async def test_comments_that_wait_are_seen_a_page_at_a_time():
    people = await cast.enrol()
    await article(people)
    for number in range(26):
        set_now(NOW + timedelta(minutes=number * 3))
        reader = Browser()
        page = await reader.get(READ)
        await reader.send(page, f"{READ}/comments", name="Marta", email="m@casa.example", comment=f"Dúvida {number}")
    bia = await browser_of(people.bia)
    page = await bia.get(AT)
    assert page.texts("p.prose")[::24] == ["Dúvida 25", "Dúvida 1"]
    assert (await bia.get(page.links()["Próximos"])).texts("p.prose") == ["Dúvida 0"]


async def test_authors_learn_what_was_sought_in_vain_and_what_does_not_serve():
    people = await cast.enrol()
    await article(people)
    set_now(NOW)
    for _ in range(3):
        reader = Browser()
        await reader.send(await reader.get(READ), f"{READ}/votes", serves="no")
    ana = await browser_of(people.ana)
    await ana.get("/help?q=carteirinha")
    await statistics.write(NOW, whole=True)
    page = await ana.get("/tickets/new")
    await ana.post(f"{READ}/solved", page.values("/tickets"))
    page = await (await browser_of(people.bia)).get("/desk/articles/insights")
    assert "carteirinha 1 vez" in page.texts(".shelf li")
    assert page.texts(".shelf li")[-2:] == [
        "Segunda via de boleto 3 Não, 0 Sim",
        "Segunda via de boleto 0 em respostas, 1 sem precisar de ticket",
    ]
    assert page.texts(".shelf > p") == ["Todos foram revistos há menos de um ano."]

"""The kiosk: calling a person, reading help, larger letters."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.client import browser_of
from tests.kiosks.lobby import lobby
from web.articles.publication import publish
from web.articles.sections import SectionInput, save_section
from web.articles.writing import ArticlePlace, ArticleText, write_article
from web.clock import set_now
from web.database import fetch
from web.pages.kiosk.help import kept_here

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


async def test_the_team_is_called_by_bell_and_mail_and_not_twice(database):
    place = await lobby(team="Financeiro")
    home = await place.browser.get("/kiosk")
    called = await place.browser.send(home, "/kiosk/calls")
    assert called.text("[role=status]") == "Chamamos alguém da equipe. Aguarde aqui, por favor."
    again = await place.browser.send(called, "/kiosk/calls")
    assert again.text("[role=status]") == "A equipe já foi chamada. Aguarde, por favor."
    mails = await fetch("SELECT recipient, subject FROM outgoing ORDER BY recipient")
    assert {each["subject"] for each in mails} == {"Alguém chama um atendente: Recepção"}
    assert "bia@guiche.example" in {each["recipient"] for each in mails}
    notices = await (await browser_of(place.people.bia)).get("/notices")
    assert notices.links()["Recepção"] == "/desk"
    set_now(NOW + timedelta(minutes=3))
    await place.browser.send(again, "/kiosk/calls")
    assert len(await fetch("SELECT id FROM outgoing")) == 2 * len(mails)


async def test_a_kiosk_without_a_team_calls_the_leads(database):
    place = await lobby()
    await place.browser.send(await place.browser.get("/kiosk"), "/kiosk/calls")
    mails = await fetch("SELECT recipient FROM outgoing ORDER BY recipient")
    assert [each["recipient"] for each in mails] == ["admin@guiche.example", "lia@guiche.example"]


async def test_larger_letters_stay_until_the_visitor_has_gone(database):
    place = await lobby()
    home = await place.browser.send(await place.browser.get("/kiosk"), "/kiosk/mode", mode="big")
    assert len(home.html.css("html[data-big]")) == 1
    assert (await place.browser.get("/kiosk?over=1")).status == 200
    assert (await place.browser.get("/kiosk")).html.css("html[data-big]") == []


async def test_a_kiosk_may_begin_with_larger_letters(database):
    place = await lobby(is_accessible=True)
    home = await place.browser.get("/kiosk")
    assert len(home.html.css("html[data-big]")) == 1
    plain = await place.browser.send(home, "/kiosk/mode", mode="plain")
    assert plain.html.css("html[data-big]") == []


async def test_the_help_is_read_and_sought(database):
    place = await lobby()
    page = await place.browser.get("/kiosk/help?q=jabuticaba")
    assert page.text("[role=status]") == "Nada encontrado. Tente outras palavras, ou chame um atendente."
    assert (await place.browser.get("/kiosk/help/nada")).status == 404


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('<a href="/help/entrar">Entrar</a>', '<a href="/kiosk/help/entrar">Entrar</a>'),
        ('<a href="#passo">passo</a>', '<a href="#passo">passo</a>'),
        ('<a href="https://fora.example/" rel="noopener"><b>fora</b></a>', "<b>fora</b>"),
        ('<a href="/sign-in">entre</a>', "entre"),
        ('<a href="/help/files/1/a.pdf">a.pdf</a>', "a.pdf"),
    ],
)
async def test_no_link_of_an_article_leads_away_from_the_kiosk(link, shown):
    assert kept_here(f"<p>Veja {link}.</p>") == f"<p>Veja {shown}.</p>"


async def test_an_article_is_read_at_the_kiosk(database):
    place = await lobby()
    at = await save_section(SectionInput("Primeiros passos"), by=place.people.lia, at=NOW)
    text = ArticleText("Como entrar", "", "Abra o portal.")
    number = await write_article(text, ArticlePlace(at), by=place.people.bia, at=NOW)
    await publish(number, by=place.people.lia, at=NOW)
    page = await place.browser.get("/kiosk/help?q=entrar")
    assert page.texts(".list a") == ["Como entrar"]
    article = await place.browser.get(page.links()["Como entrar"])
    assert (article.text("h1"), article.text(".prose")) == ("Como entrar", "Abra o portal.")

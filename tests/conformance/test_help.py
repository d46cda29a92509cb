"""Help articles (facts E-02, E-19, A-01, A-13, and half of C-01)."""

from datetime import timedelta

import pytest

from tests.articles.factories import article, section
from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import give_password
from web.articles import files
from web.clock import set_now
from web.demo.cast import Cast

pytestmark = pytest.mark.anyio

STEPS = (
    "Um **ticket** é o registro de um pedido seu, do começo até a solução.\n\n"
    "## Passo a passo\n\n"
    "1. Abra **Tickets**.\n\n   ![Menu Tickets marcado no alto da tela]({picture})\n\n"
    "2. Escolha o ticket e aperte **Ver Detalhe**.\n\n   ![Lista com o botão Ver Detalhe]({picture})\n"
)


async def picture_by(people: Cast) -> str:
    number = await files.save_file("tela.png", "image/png", 1, "0" * 64, by=people.bia, at=NOW)
    return f"/help/files/{number}/tela.png"


async def test_e02_instructions_are_a_list_of_steps_or_a_video(under: Under):
    people = await under("expresso")
    picture = await picture_by(people)
    film = await files.save_file("pedido.mp4", "video/mp4", 1, "1" * 64, by=people.bia, at=NOW)
    await article(people, "Como abrir um ticket", STEPS.format(picture=picture))
    await article(people, "Vídeo: como abrir um ticket", f"[Como abrir](/help/files/{film}/pedido.mp4)")
    set_now(NOW)
    steps = await Browser().get("/help/como-abrir-um-ticket")
    assert steps.texts(".told ol > li") == ["Abra Tickets .", "Escolha o ticket e aperte Ver Detalhe ."]
    video = await Browser().get("/help/video-como-abrir-um-ticket")
    shown = video.one(".told video").attributes
    assert (shown["src"], shown["preload"]) == (f"/help/files/{film}/pedido.mp4", "none")
    assert "controls" in shown


async def test_e19_every_page_of_the_portal_leads_to_the_canais_de_atendimento(under: Under):
    people = await under("expresso")
    await article(people)
    set_now(NOW)
    ana = await browser_of(people.ana)
    for visitor, paths in (
        (Browser(), ("/", "/sign-in", "/sign-up", "/password", "/help", "/help/segunda-via-de-boleto", "/nada")),
        (ana, ("/", "/tickets", "/tickets/new", "/account", "/notices", "/help", "/nada")),
    ):
        for path in paths:
            page = await visitor.get(path)
            assert page.links()["Canais de atendimento"] == "/help/channels", path
    channels = await ana.get("/help/channels")
    assert (channels.text("h1"), channels.text(".hours")) == ("Canais de atendimento", "Aberto agora, até 18h")
    set_now(NOW + timedelta(hours=12))
    assert (await Browser().get("/help/channels")).text(".hours") == "Fechado agora Abre amanhã, 9h"


async def test_a01_an_article_says_where_one_is_and_what_it_is_for(under: Under):
    people = await under("aprovacao")
    await article(people, "Acompanhar um ticket", of=await section(people, "Tickets"), objective="Ver a resposta.")
    set_now(NOW)
    page = await Browser().get("/help/acompanhar-um-ticket")
    assert page.text("nav[aria-label='Você está aqui']") == "Você está aqui: Ajuda Tickets Acompanhar um ticket"
    assert page.text(".lead") == "Objetivo: Ver a resposta."


async def test_a13_an_article_says_what_a_ticket_is_and_tells_the_way_in_steps_with_pictures(under: Under):
    people = await under("aprovacao")
    picture = await picture_by(people)
    await article(people, "O que é um ticket", STEPS.format(picture=picture))
    set_now(NOW)
    page = await Browser().get("/help/o-que-e-um-ticket")
    assert page.text(".told > p") == "Um ticket é o registro de um pedido seu, do começo até a solução."
    assert page.texts(".told ol > li") == ["Abra Tickets .", "Escolha o ticket e aperte Ver Detalhe ."]
    assert page.attributes(".told ol > li img", "alt") == [
        "Menu Tickets marcado no alto da tela",
        "Lista com o botão Ver Detalhe",
    ]


async def test_c01_the_help_centre_leads_to_tickets_and_answers_and_asks_to_sign_in_for_ones_own(under: Under):
    people = await under("central")
    await give_password(people.ana)
    await article(people, "Segunda via de boleto")
    set_now(NOW)
    visitor = Browser()
    front = await visitor.get("/")
    answer = await visitor.get(front.links()["Segunda via de boleto"])
    assert answer.text("h1") == "Segunda via de boleto"
    assert (await visitor.get("/tickets")).text("h1") == "Entrar"
    ana = await browser_of(people.ana)
    overview = await ana.get("/")
    links = overview.links()
    assert (links["Ajuda"], links["Meus Tickets"]) == ("/help", "/tickets")
    assert (await ana.get("/help")).links()["Segunda via de boleto"] == "/help/segunda-via-de-boleto"

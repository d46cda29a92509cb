"""A ticket opened at a kiosk: from the first page to the receipt, and what the desk sees of it."""

import asyncio

import pytest

from tests.cast import NOW, seen
from tests.client import Browser, browser_of
from tests.kiosks.lobby import asks, category, lobby, opened
from tests.lead_settings import set_category, team
from web.database import fetch
from web.kiosks import settings
from web.kiosks.settings import KioskInput
from web.notifications import announcing
from web.people import organizations
from web.settings import ROOT
from web.tickets.settings import teams

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

BY_MAIL = (
    "Para receber a resposta também por e-mail, abra o link da mensagem que vai para marta@sol.example . "
    "Vai no máximo uma por dia: sem ela, acompanhe com o número e o código."
)


async def test_the_first_page_offers_four_ways_in_at_most_8000_bytes(database):
    place = await lobby(words="Bem-vindo à Aurora")
    page = await place.browser.get("/kiosk")
    assert page.text("h1") == "Bem-vindo à Aurora"
    assert page.texts(".tile") == ["Abrir uma solicitação", "Acompanhar", "Ajuda", "Chamar atendente"]
    headers = sum(len(name) + len(value) + 4 for name, value in page.response.headers.raw)
    assert len(page.response.content) + headers <= 8_000


async def test_what_is_asked_is_a_ticket_with_number_and_code_and_says_what_nobody_proved(database):
    place = await lobby()
    receipt = await asks(place.browser, organization="Escola Sol", phone="11 98765-4321", address="marta@sol.example")
    assert receipt.path == "/kiosk/receipt"
    number = int(receipt.text(".number"))
    assert len(receipt.text(".code")) == 9
    assert len(receipt.html.css("svg.qr")) == 1
    assert BY_MAIL in receipt.texts("main p")
    ticket = await seen(number, place.people.bia)
    assert (ticket.title, ticket.channel, ticket.requester_name, ticket.organization) == (
        "O boleto não abre.",
        "kiosk",
        "Marta Reis",
        None,
    )
    desk = await (await browser_of(place.people.bia)).get(f"/desk/tickets/{number}")
    assert desk.texts(".message__body") == ["O boleto não abre."]
    assert desk.texts(".event span")[0].rpartition(" · ")[0] == (
        "Aberto no quiosque Recepção. Ninguém conferiu quem escreveu. "
        "Disse que é de: Escola Sol. Deixou o e-mail: marta@sol.example"
    )
    assert await fetch("SELECT value FROM identity WHERE value = 'marta@sol.example'") == []


async def test_a_receipt_speaks_of_mail_to_whoever_left_an_address_also_to_one_that_had_its_mail(database):
    place, told = await lobby(), []
    for left in ("", "marta@sol.example", "Marta Reis <marta@sol.example>"):
        receipt = await asks(place.browser, address=left)
        told.append(BY_MAIL in receipt.texts("main p"))
        await place.browser.send(receipt, "/follow/end")
    assert told == [False, True, True]
    assert await fetch("SELECT count(*) AS sent FROM outgoing") == [{"sent": 1}]


async def test_what_is_asked_in_the_lobby_of_an_organization_is_of_it_and_waits_with_the_team(database):
    place = await lobby(organization="Colégio Aurora", team="Integrações")
    page = await place.browser.send(
        await place.browser.get("/kiosk/categories"), "/kiosk/visits", category=await category()
    )
    assert page.html.css("#organization") == []
    number, _ = await opened(place.browser)
    ticket = await seen(number, place.people.bia)
    assert (ticket.organization_name, ticket.team_name) == ("Colégio Aurora", "Integrações")


async def test_a_refused_form_keeps_what_was_typed_and_the_photo(database):
    place = await lobby()
    page = await asks(place.browser, phone="12", address="sem arroba", files=[("foto.jpg", b"\xff\xd8\xff\xe0 foto")])
    assert page.status == 422
    assert page.texts(".field__error") == [
        "Escreva um endereço de e-mail, como nome@escola.com.br: um só, sem espaço nem acento.",
        "Escreva um telefone com o DDD, como (11) 98765-4321: um só, sem ramal.",
    ]
    assert page.values("/kiosk/request")["body"].strip() == "O boleto não abre."
    receipt = await place.browser.send(page, "/kiosk/request", phone="", address="")
    number = int(receipt.text(".number"))
    files = "SELECT a.name FROM attachment a JOIN message m ON m.id = a.message WHERE m.ticket = {}"
    assert await fetch(files, number) == [{"name": "foto.jpg"}]


@pytest.mark.parametrize("leads_back", ["changed", "retired"])
async def test_another_category_keeps_what_was_typed_and_the_photo(database, leads_back):
    """Whether the visitor changes it, or it is no longer offered when the form arrives."""
    place = await lobby()
    wanted, other = await category(), await category("Acesso ao portal")
    page = await place.browser.send(await place.browser.get("/kiosk/categories"), "/kiosk/visits", category=wanted)
    typed = {"name": "Marta Reis", "body": "O boleto\nnão abre.", "phone": "11 98765-4321"}
    if leads_back == "retired":
        offers = KioskInput("Recepção", categories=[other])
        await settings.change(place.number, offers, by=place.people.admin, at=NOW)
    else:
        typed["to"] = "categories"
    page = await place.browser.send(page, "/kiosk/request", **typed, files=[("foto.jpg", b"\xff\xd8\xff\xe0 foto")])
    assert page.text("h1") == "Sobre o que é?"
    page = await place.browser.send(page, "/kiosk/request", category=other)
    assert (page.text("h1"), page.texts(".uploads span:first-of-type")) == ("Acesso ao portal", ["foto.jpg"])
    number = int((await place.browser.send(page, "/kiosk/request")).text(".number"))
    [opening] = await fetch("SELECT id, body FROM message WHERE ticket = {}", number)
    assert (opening["body"], (await seen(number, place.people.bia)).category_name) == (
        "O boleto\nnão abre.",
        "Acesso ao portal",
    )
    assert await fetch("SELECT name FROM attachment WHERE message = {}", opening["id"]) == [{"name": "foto.jpg"}]


async def test_where_no_category_is_left_the_visitor_still_reads_what_they_wrote(database):
    place = await lobby(categories=["Cobrança"])
    page = await place.browser.send(
        await place.browser.get("/kiosk/categories"), "/kiosk/visits", category=await category()
    )
    await set_category("Cobrança", is_active=False, by=place.people.lia)
    page = await place.browser.send(page, "/kiosk/request", name="Marta Reis", body="O boleto\nnão abre.")
    assert page.texts("main p") == ["Agora não é possível abrir solicitações por aqui. Chame um atendente."]
    assert page.element("unsent").text().strip() == "O boleto\nnão abre."


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": " "}, "Seu nome"),
        ({"name": "Suporte Guichê"}, "Seu nome"),
        ({"body": " "}, "O que você precisa?"),
        ({"address": "a@b"}, "E-mail"),
    ],
)
async def test_what_can_not_be_taken_is_refused_in_words(typed, wrong, database):
    page = await asks((await lobby()).browser, **typed)
    assert (page.status, page.texts(".summary a")) == (422, [wrong])
    assert await fetch("SELECT id FROM ticket") == []


async def test_a_category_that_is_not_offered_leads_back_to_those_that_are(database):
    place = await lobby()
    page = await place.browser.send(await place.browser.get("/kiosk/categories"), "/kiosk/visits", category=99_999)
    assert page.path == "/kiosk/categories"


async def test_a_kiosk_offers_the_categories_it_was_given(database):
    place = await lobby(categories=["Cobrança"])
    assert (await place.browser.get("/kiosk/categories")).texts(".tile") == ["Cobrança"]


async def test_a_form_sent_twice_makes_one_ticket(database):
    place = await lobby()
    browser = place.browser
    page = await browser.send(await browser.get("/kiosk/categories"), "/kiosk/visits", category=await category())
    values = {**page.values("/kiosk/request"), "name": "Marta", "body": "Oi"}
    answers = [await browser.post("/kiosk/request", values, files=()) for _ in range(2)]
    assert [each.location for each in answers] == ["/kiosk/receipt"] * 2
    assert await fetch("SELECT count(*) AS tickets FROM ticket") == [{"tickets": 1}]


async def test_f20_equal_forms_at_once_make_one_ticket_and_get_equal_answers(database):
    place = await lobby()
    browser = place.browser
    page = await browser.send(await browser.get("/kiosk/categories"), "/kiosk/visits", category=await category())
    values = {**page.values("/kiosk/request"), "name": "Marta", "body": "Oi", "address": "marta@sol.example"}
    answers = await asyncio.gather(*(browser.post("/kiosk/request", values, files=()) for _ in range(8)))
    assert [each.location for each in answers] == ["/kiosk/receipt"] * 8
    assert await fetch("SELECT count(*) AS tickets FROM ticket") == [{"tickets": 1}]
    assert await fetch("SELECT count(*) AS sent FROM outgoing") == [{"sent": 1}]


async def test_of_two_people_within_a_second_the_first_is_over_and_reads_what_they_wrote(database):
    place = await lobby()
    browser = place.browser
    page = await browser.send(await browser.get("/kiosk/categories"), "/kiosk/visits", category=await category())
    first = dict(browser.client.cookies)["guiche-visit"]
    values = {**page.values("/kiosk/request"), "name": "Marta", "body": "Do primeiro"}
    await browser.send(await browser.get("/kiosk/categories"), "/kiosk/visits", category=await category())
    browser.client.cookies.delete("guiche-visit")
    browser.client.cookies.set("guiche-visit", first, domain="127.0.0.1")
    answer = await browser.post("/kiosk/request", values, files=())
    assert (answer.status, "Do primeiro" in answer.text("main")) == (404, True)
    assert await fetch("SELECT id FROM ticket") == []


async def test_people_made_for_visits_in_which_nothing_was_asked_serve_again(database):
    place = await lobby()
    for _ in range(3):
        await place.browser.send(
            await place.browser.get("/kiosk/categories"), "/kiosk/visits", category=await category()
        )
    assert await fetch("SELECT count(*) AS people FROM person WHERE name = 'Visitante do quiosque'") == [{"people": 1}]


async def test_somebody_who_ends_leaves_nothing_that_opens_anything(database):
    place = await lobby()
    receipt = await asks(place.browser)
    token = dict(place.browser.client.cookies)["guiche-visit"]
    over = await place.browser.send(receipt, "/follow/end")
    assert (over.path, over.response.headers["clear-site-data"]) == ("/kiosk?over=1", '"cache", "storage"')
    assert "guiche-visit" not in dict(place.browser.client.cookies)
    place.browser.client.cookies.set("guiche-visit", token, domain="127.0.0.1")
    assert (await place.browser.get("/kiosk/receipt")).path == "/kiosk"
    assert receipt.response.headers["cache-control"] == "no-store"


async def test_the_first_page_is_asked_for_anew_with_the_letters_of_the_kiosk(database):
    """Also by browsers without a script, which end a visit by an address alone."""
    place = await lobby()
    home = await place.browser.get("/kiosk")
    assert home.one("html").attributes.get("data-big", "no") == "no"
    assert 'content="120; url=/kiosk"' in home.response.text
    home = await place.browser.send(home, "/kiosk/mode", mode="big")
    assert home.one("html").attributes.get("data-big", "no") is None
    assert 'content="120; url=/kiosk?over=1"' in home.response.text
    home = await place.browser.get("/kiosk?over=1")
    assert home.one("html").attributes.get("data-big", "no") == "no"


async def test_a_photo_of_more_than_100_mb_is_refused_and_the_words_stay(database):
    place = await lobby()
    page = await asks(place.browser, files=[("grande.jpg", b"\xff\xd8\xff\xe0" + bytes(100 * 2**20))])
    assert page.status == 413
    assert page.values("/kiosk/request")["body"].strip() == "O boleto não abre."
    assert await fetch("SELECT id FROM ticket") == []


async def test_a_kiosk_whose_organization_and_team_were_retired_goes_on_without_them(database):
    place = await lobby(organization="Colégio Aurora", team="Integrações")
    (aurora,), lia = place.people.ana.organizations, place.people.lia
    await organizations.set_active(aurora, is_active=False, by=lia, at=NOW)
    await set_category("Sistema de avaliações", team=await team("Atendimento"), by=lia)
    await teams.retire(await team("Integrações"), by=lia, at=NOW)
    number, _ = await opened(place.browser, organization="Escola Sol")
    ticket = await seen(number, place.people.bia)
    assert (ticket.organization, ticket.team_name) == (None, "Financeiro")


async def test_whoever_asked_is_among_the_people_with_no_name_to_sign_in_by(database):
    place = await lobby()
    number, _ = await opened(place.browser, phone="11 98765-4321")
    bia = await browser_of(place.people.bia)
    listed = await bia.get("/desk/people?q=marta")
    assert "Marta Reis" in listed.words
    asker = (await seen(number, place.people.bia)).requester
    person = await bia.get(f"/desk/people/{asker}")
    assert (person.status, "(11) 98765-4321" in person.words) == (200, True)


async def test_what_is_asked_is_told_to_the_queue_and_a_reply_to_nobody_without_an_address(database):
    place = await lobby()
    number, _ = await opened(place.browser)
    await announcing.announce(NOW)
    told = await fetch("SELECT person FROM notice WHERE ticket = {}", number)
    asker = (await seen(number, place.people.bia)).requester
    assert asker not in {each["person"] for each in await fetch("SELECT person FROM outgoing")}
    assert place.people.bia.id in {each["person"] for each in told}


async def test_a_kiosk_that_was_unplugged_begins_anew_with_nothing_of_whoever_was_there(database):
    place = await lobby()
    await asks(place.browser)
    token = dict(place.browser.client.cookies)["guiche-visit"]
    assert (await place.browser.get("/kiosk")).status == 200
    assert "guiche-visit" not in dict(place.browser.client.cookies)
    place.browser.client.cookies.set("guiche-visit", token, domain="127.0.0.1")
    for path in ("/kiosk/receipt", "/follow/ticket"):
        assert (await place.browser.get(path)).path in ("/kiosk", "/follow")


@pytest.mark.parametrize("path", ["/kiosk/nada", "/kiosk/help/nada", "/kiosk/calls", "/follow/nada"])
async def test_an_error_at_a_kiosk_ends_by_itself_and_elsewhere_stays(database, path):
    place = await lobby()
    at_kiosk, elsewhere = await place.browser.get(path), await Browser().get(path)
    assert at_kiosk.status == elsewhere.status != 200
    assert at_kiosk.texts("[role=timer]") == ["Esta tela volta ao início sozinha em 5 minutos."]
    assert elsewhere.texts("[role=timer]") == []
    assert at_kiosk.links()["Ir para o início"] == "/kiosk"


async def test_without_a_script_the_bar_is_over_when_the_page_goes(database):
    page = await (await lobby()).browser.get("/kiosk/help")
    seconds, _, _ = page.one("meta[http-equiv=refresh]").attributes["content"].partition(";")
    assert f"animation: idle {seconds}s " in (ROOT / "static" / "css" / "parts" / "kiosk.css").read_text()


async def test_an_error_at_a_kiosk_keeps_the_large_letters(database):
    place = await lobby()
    await place.browser.send(await place.browser.get("/kiosk"), "/kiosk/mode", mode="big")
    page = await place.browser.get("/kiosk/nada")
    assert len(page.html.css("html[data-big]")) == 1


async def test_a_link_to_bind_a_kiosk_opens_once_and_then_says_where_another_is_made(database):
    place = await lobby()
    token = await settings.give_link(place.number, by=place.people.admin, at=NOW)
    browser, link = Browser(), f"/kiosk/bindings/{token}"
    page = await browser.get(link)
    await browser.send(page, link)
    for again in (await Browser().get(link), await Browser().get("/kiosk/bindings/x"), await browser.send(page, link)):
        assert (again.status, again.text("h1")) == (404, "Este link não vale mais")
        assert "Quem administra o portal faz outro em Configurações, Quiosques." in again.words

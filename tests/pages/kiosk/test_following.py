"""A ticket followed by its number and code, at the kiosk and elsewhere."""

from datetime import timedelta

import pytest

from tests import lead_settings
from tests.cast import NOW, brought_to, seen, ticket
from tests.client import Browser, browser_of
from tests.kiosks.lobby import follows, lobby, opened
from tests.pages.reading import happened
from web.clock import set_now
from web.database import fetch
from web.tickets.actions import replies

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

WRONG = "O número e o código não combinam. Confira os dois no seu comprovante."


async def test_the_front_page_leads_to_it(database):
    await lobby()
    assert (await Browser().get("/")).links()["Acompanhar uma solicitação"] == "/follow"


@pytest.mark.parametrize("spelt", [str.upper, str.lower, lambda code: f" {code.replace('-', ' ')} "])
async def test_whoever_has_number_and_code_reads_what_is_public(spelt, database):
    place = await lobby()
    number, code = await opened(place.browser)
    sheet = await seen(number, place.people.bia)
    await replies.reply(sheet, "Qual boleto?", by=place.people.bia, at=NOW)
    await replies.note(sheet, "Segredo da casa", by=place.people.bia, at=NOW)
    page = await follows(Browser(), f"#{number}", spelt(code))
    assert (page.path, page.text("h1")) == ("/follow/ticket", "O boleto não abre.")
    assert page.texts(".message__body")[1:] == ["Qual boleto?"]
    assert "Segredo da casa" not in page.response.text


async def test_a_question_is_answered_and_answered_once(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "waiting_requester", by=place.people.bia, asker=place.people.ana)
    page = await follows(Browser(), number, code)
    browser = Browser()
    page = await follows(browser, number, code)
    assert page.texts("label[for=body]") == ["Sua resposta"]
    for _ in range(2):
        done = await browser.send(page, "/follow/ticket/replies", body="12.345.678/0001-90")
    assert done.text("[role=status]") == "Obrigado! A sua resposta foi registrada."
    assert done.texts(".message__body")[-1] == "12.345.678/0001-90"
    ways = (await (await browser_of(place.people.bia)).get(f"/desk/tickets/{number}")).texts(".message__who")
    assert [each.rpartition(" · ")[2] for each in ways][0::2] == ["pelo quiosque", "pelo portal"]
    assert (await seen(number, place.people.bia)).status == "open"
    assert len([each for each in done.texts(".message__body") if "12.345" in each]) == 1


async def test_a_solution_is_confirmed_and_rated(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    browser = Browser()
    page = await follows(browser, number, code)
    page = await browser.send(page, "/follow/ticket/confirmation")
    assert (await seen(number, place.people.bia)).status == "closed"
    page = await browser.send(page, "/follow/ticket/rating", service="5", quality="4")
    rating = (await seen(number, place.people.bia)).rating
    assert (rating.service, rating.quality) == (5, 4)


@pytest.mark.parametrize("words", ["Mas a nota\nainda falta.", ""])
async def test_words_in_the_box_of_nao_are_shown_after_sim(database, words):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    page = await follows(place.browser, number, code)
    page = await place.browser.send(page, "/follow/ticket/confirmation", body=words)
    assert (page.status, page.texts("[role=status]")) == (200, ["Obrigado! A sua resposta foi registrada."])
    assert [each.text().lstrip("\n") for each in page.html.css("#unsent-text")] == [words] * bool(words)
    assert (await seen(number, place.people.bia)).status == "closed"


async def test_a_file_in_the_box_of_nao_is_named_after_sim(database, storage):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    browser = Browser()
    page = await follows(browser, number, code)
    page = await browser.send(page, "/follow/ticket/confirmation", files=[("nota.pdf", b"%PDF")])
    assert "Arquivo que não foi enviado: nota.pdf." in page.words
    assert (await seen(number, place.people.bia)).status == "closed"


async def test_a_ticket_that_takes_no_more_words_leads_to_a_new_one(database):
    place = await lobby()
    await lead_settings.live_by("expresso")
    number, code = await opened(place.browser)
    page = await follows(place.browser, number, code)
    assert "abra uma nova solicitação" not in page.words
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    at_kiosk, elsewhere = await follows(place.browser, number, code), await follows(Browser(), number, code)
    assert at_kiosk.links()["abra uma nova solicitação"] == "/kiosk/categories"
    assert "Se ainda precisar de ajuda, abra uma nova solicitação." in elsewhere.texts("#news p")
    framed = Browser()
    page = await framed.send(await framed.get("/embed/follow"), "/embed/follow", number=number, code=code)
    assert "/embed/new" in [each.attributes["href"] for each in page.html.css("#news a")]


async def test_a_solution_is_objected_to_with_a_reason(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    browser = Browser()
    page = await follows(browser, number, code)
    wrong = await browser.send(page, "/follow/ticket/objection", body=" ")
    assert wrong.status == 422
    await browser.send(wrong, "/follow/ticket/objection", body="Ainda não abre.")
    assert (await seen(number, place.people.bia)).status == "open"


async def test_a_solved_ticket_asks_once_and_takes_words_again_after_nao(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    browser = Browser()
    page = await follows(browser, number, code)
    assert page.words.count("O problema foi resolvido?") == 1
    assert page.texts("#line label") == []
    page = await browser.send(page, "/follow/ticket/objection", body="Ainda não abre.")
    assert page.texts("#asked h2") == []
    assert page.texts("#line label") == ["Escrever mais", "Anexar arquivos"]


async def test_a_reply_to_a_ticket_solved_meanwhile_goes_on_in_the_box_of_nao(database):
    place = await lobby()
    await lead_settings.live_by("aprovacao")
    number, code = await opened(place.browser)
    page = await follows(place.browser, number, code)
    await brought_to(number, "resolved", by=place.people.bia, asker=place.people.ana)
    photo = [("recibo.png", b"\x89PNG\r\n\x1a\n recibo")]
    page = await place.browser.send(page, "/follow/ticket/replies", body="Mais uma coisa", files=photo)
    assert (page.status, page.text("[role=status]")) == (409, "Enquanto você escrevia, a solicitação mudou.")
    assert page.texts("details[open] summary") == ["NÃO, quero explicar"]
    assert page.texts(".uploads span:first-of-type") == ["recibo.png"]
    page = await place.browser.send(page, "/follow/ticket/objection")
    assert page.texts(".message__body")[-1] == "Mais uma coisa"
    assert page.texts(".message__files .file span:first-of-type") == ["recibo.png"]


async def test_f22_a_ticket_that_changed_meanwhile_gives_back_what_was_written(database):
    place = await lobby()
    number, code = await opened(place.browser)
    browser = Browser()
    page = await follows(browser, number, code)
    await brought_to(number, "closed", by=place.people.bia, asker=place.people.ana)
    answer = await browser.send(page, "/follow/ticket/replies", body="Mais uma coisa")
    assert (answer.status, answer.element("unsent-text").text().strip()) == (409, "Mais uma coisa")


async def test_a_wrong_number_and_a_wrong_code_are_told_alike(database):
    place = await lobby()
    number, code = await opened(place.browser)
    other = await ticket(place.people.ana)
    told = []
    for about, typed in ((number, "AAAA-AAAA"), (other, code), (999_999, code), (number, "ç" * 3000)):
        page = await follows(Browser(), about, typed)
        told.append((page.status, page.texts(".field__error")))
    assert told == [(422, [WRONG])] * 4


async def test_f23_the_visit_is_over_after_half_an_hour_and_what_was_written_is_shown(database):
    place = await lobby()
    number, code = await opened(place.browser)
    browser = Browser()
    page = await follows(browser, number, code)
    set_now(NOW + timedelta(minutes=31))
    answer = await browser.send(page, "/follow/ticket/replies", body="Demorei a escrever")
    assert (answer.status, "Demorei a escrever" in answer.text("main")) == (404, True)
    assert (await browser.get("/follow/ticket")).path == "/follow"


async def test_whoever_ends_it_is_back_at_the_question(database):
    place = await lobby()
    number, code = await opened(place.browser)
    browser = Browser()
    page = await follows(browser, number, code)
    assert (await browser.send(page, "/follow/end")).path == "/follow?over=1"
    assert (await browser.get("/follow/ticket")).path == "/follow"


async def test_an_address_typed_at_the_kiosk_is_sent_one_link_a_day_without_a_word_of_the_visitor(database):
    place = await lobby()
    for _ in range(2):
        await opened(place.browser, name="Veja este link", address="ana@aurora.example")
    mails = await fetch("SELECT recipient, subject, body FROM outgoing WHERE recipient = 'ana@aurora.example'")
    assert len(mails) == 1
    assert "Veja este link" not in mails[0]["subject"] + mails[0]["body"]
    assert "boleto" not in mails[0]["subject"] + mails[0]["body"]
    assert (await (await browser_of(place.people.ana)).get("/tickets")).texts(".row__title") == []


async def test_the_owner_of_the_address_takes_the_ticket_and_the_code_opens_nothing_more(database):
    place = await lobby()
    number, code = await opened(place.browser, address="ana@aurora.example")
    (mail,) = await fetch("SELECT body FROM outgoing WHERE recipient = 'ana@aurora.example'")
    link = next(each for each in mail["body"].split() if "/follow/claims/" in each)
    link = link.removeprefix("http://127.0.0.1:8000")
    browser = Browser()
    page = await browser.get(link)
    assert (await seen(number, place.people.bia)).requester_name == "Marta Reis"
    done = await browser.send(page, link)
    assert done.text("h1") == "Pronto"
    assert (await seen(number, place.people.bia)).requester == place.people.ana.id
    page = await (await browser_of(place.people.ana)).get(f"/tickets/{number}")
    assert happened(page)[-1] == "O ticket passou a ser de quem é dono do e-mail que veio com ele"
    used = await browser.get(link)
    assert (used.status, used.text("h1")) == (404, "Este link não vale mais")
    assert used.links()["Acompanhar uma solicitação"] == "/follow"
    assert (await follows(Browser(), number, code)).status == 422

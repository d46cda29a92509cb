"""The page of an agent's held replies: what is to be sent, and what could not be sent."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Page, browser_of
from tests.pages.desk.test_held import LATER, TUESDAY, at, sent, worked
from tests.pages.reading import said
from web.database import fetch
from web.tickets.actions import assignment, replies
from web.tickets.record.ticket import find_ticket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def listed(by) -> Page:
    return await (await browser_of(by)).get("/desk/held")


def shown(page: Page) -> list[str]:
    return [" · ".join(each) for each in zip(page.texts("main h2"), page.texts("main section > p"), strict=True)]


async def press(by, number: int, noun: str, words: str) -> Page:
    browser = await browser_of(by)
    page = await browser.get("/desk/held")
    (form,) = [each for each in page.html.css(f"form[action='{at(number, noun)}']") if words in each.text()]
    values = {each.attributes["name"]: each.attributes["value"] for each in form.css("input")}
    return await browser.get((await browser.post(at(number, noun), values)).location)


async def test_what_somebody_left_for_later_is_found_in_one_place_and_only_by_them(people):
    one, other = await cast.ticket(people.ana, "Boletos"), await cast.ticket(people.ana, "Senha")
    await sent(people.bia, other, body="Na quarta.", when=(TUESDAY + timedelta(days=1)).isoformat())
    await sent(people.bia, one, body="Na terça.", **LATER)
    await sent(people.davi, one, body="De outro.", **LATER)
    page = await listed(people.bia)
    assert shown(page) == [
        f"#{one} Boletos · Sua resposta será enviada amanhã, 9h.",
        f"#{other} Senha · Sua resposta será enviada qua., 25/11, 9h.",
    ]
    assert page.texts("main .message__body") == ["Na terça.", "Na quarta."]
    assert page.links()[f"#{one} Boletos"] == f"/desk/tickets/{one}#held"
    assert "/desk/held" in (await (await browser_of(people.bia)).get("/desk")).links().values()


async def test_one_is_taken_back_from_there(people):
    number = await cast.ticket(people.ana)
    await sent(people.bia, number, body="Amanhã eu digo.", **LATER)
    page = await press(people.bia, number, "recalls", "Desfazer envio")
    assert page.element("reply").text() == "Amanhã eu digo."
    assert (await listed(people.bia)).texts("main h2") == ["Nada ficou para depois"]


@pytest.mark.parametrize("noun", ["discard", "dispatches"])
async def test_one_that_did_not_go_is_thrown_away_or_sent_all_the_same(people, noun):
    number = await cast.ticket(people.ana, "Boletos")
    await sent(people.bia, number, body="Amanhã eu digo.", **LATER)
    await replies.reply(await find_ticket(number, by=people.ana), "Achei.", by=people.ana, at=NOW)
    await worked(TUESDAY)
    assert shown(await listed(people.bia)) == [
        f"#{number} Boletos · Sua resposta não foi enviada: chegou outra mensagem depois dela."
    ]
    page = await press(people.bia, number, noun, "Descartar" if noun == "discard" else "Enviar assim mesmo")
    assert said(page)[2:] == ([] if noun == "discard" else ["Amanhã eu digo."])
    assert (await listed(people.bia)).texts("main h2") == ["Nada ficou para depois"]


async def test_a_ticket_that_is_out_of_sight_by_now_is_not_named(people):
    number = await cast.ticket(people.ana, "Boletos")
    await sent(people.bia, number, body="Amanhã eu digo.", **LATER)
    (reserved,) = await fetch("SELECT id FROM team WHERE is_confidential")
    ticket = await find_ticket(number, by=people.lia)
    await assignment.assign(ticket, team=reserved["id"], person=None, by=people.lia, at=NOW)
    assert (await listed(people.bia)).texts("main h2") == ["Nada ficou para depois"]

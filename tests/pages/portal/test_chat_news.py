"""Live updates of an open chat: lines, who writes, questions; no text before it is sent."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.chatting import FIRST, chat_of, turned_on
from tests.client import Browser, Page, browser_of
from tests.pages.reading import said, statements
from web.database import dialect
from web.notifications import announcing
from web.tickets.actions import assignment, replies, resolution
from web.tickets.lists import presence
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


async def opened(people: cast.Cast) -> tuple[int, Browser, str]:
    """Ana's chat in her browser, and the address that her page polls."""
    await turned_on(people)
    number = await chat_of(people.ana)
    page = await (await browser_of(people.ana)).get(f"/chat/{number}")
    return number, await browser_of(people.ana, htmx=True), asked_by(page, "news")


def asked_by(page: Page, name: str) -> str:
    return page.element(name).attributes["data-hx-get"] or ""


async def test_what_the_desk_says_stands_there_and_nothing_is_sent_twice(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    assert (await ana.get(at)).status == 204
    await replies.reply(await cast.seen(number, people.bia), "Bom dia!", by=people.bia, at=NOW)
    block = await ana.get(at)
    assert (said(block), block.text(".next")) == (["Bom dia!"], "Com Bia, da equipe Financeiro.")
    assert (await ana.get(asked_by(block, "news"))).status == 204


async def test_a_solution_asks_for_sim_or_nao_in_the_open_page(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    done = await cast.seen(number, people.bia)
    await resolution.solve(done, message=NewMessage("Enviei de novo."), by=people.bia, at=NOW)
    block = await ana.get(at)
    assert block.form(f"/chat/{number}/confirmation").attributes["data-hx-target"] == f"#ticket-{number}"


async def test_each_side_is_told_that_the_other_writes_and_never_what(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    bia, desk = await browser_of(people.bia), f"/desk/tickets/{number}"
    page = await bia.get(desk)
    told = await browser_of(people.bia, htmx=True)
    assert "Ana Prado está com a conversa aberta." in page.words
    typed = {"_token": page.values(f"{desk}/replies")["_token"], "body": "Segredo do rascunho"}
    await bia.post(f"{desk}/unsent", {**typed, "noun": "notes"})
    assert (await ana.get(at)).status == 204
    await bia.post(f"{desk}/unsent", {**typed, "noun": "replies"})
    block = await ana.get(at)
    assert "Bia Nunes está escrevendo…" in block.words
    assert "Segredo" not in block.response.text
    form = await (visitor := await browser_of(people.ana)).get(f"/chat/{number}")
    token = form.values(f"/chat/{number}/replies")["_token"]
    await visitor.post(f"/chat/{number}/unsent", {"_token": token, "writes": "1", "body": "Não leia"})
    seen = await told.get(asked_by(page, "presence"))
    assert ("Ana Prado está escrevendo…" in seen.words, "Não leia" in seen.response.text) == (True, False)
    await visitor.send(form, f"/chat/{number}/replies", body="Alô?")
    seen = await told.get(asked_by(page, "presence"))
    assert ("está escrevendo" in seen.words.replace("Bia", ""), said(seen)) == (False, ["Alô?"])


async def test_a_line_and_the_news_of_one_take_few_statements_and_no_hours_of_the_desk(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    for line in ("Bom dia!", "Qual boleto?"):
        await replies.reply(await cast.seen(number, people.bia), line, by=people.bia, at=NOW)
    with statements() as of_news:
        block = await ana.get(at)
    assert (said(block), len(of_news)) == (["Bom dia!", "Qual boleto?"], 5)
    page = await ana.get(f"/chat/{number}")
    with statements() as of_line:
        await ana.send(page, f"/chat/{number}/replies", body="O de dezembro.")
    assert len(of_line) == dialect(sqlite=14, postgres=12)


async def test_lines_that_the_desk_reads_in_the_open_page_are_no_news_on_its_bell(database, storage):
    people = await cast.enrol()
    number, _, _ = await opened(people)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    await announcing.announce(NOW)
    bia, told = await browser_of(people.bia), await browser_of(people.bia, htmx=True)
    page = await bia.get(f"/desk/tickets/{number}")
    later = NOW + timedelta(minutes=2)
    await replies.reply(await cast.seen(number, people.ana), "Alô?", by=people.ana, at=later)
    await announcing.announce(later)
    assert (await bia.get("/desk")).text(".bell__count") == "1"
    assert said(await told.get(asked_by(page, "presence"))) == ["Alô?"]
    assert (await bia.get("/desk")).texts(".bell__count") == []


async def test_two_who_write_at_once_are_named_in_one_sentence(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    for agent in (people.bia, people.davi):
        browser, desk = await browser_of(agent), f"/desk/tickets/{number}"
        token = (await browser.get(desk)).values(f"{desk}/replies")["_token"]
        await browser.post(f"{desk}/unsent", {"_token": token, "noun": "replies", "body": "Um momento"})
    assert "Bia Nunes e Davi Reis estão escrevendo…" in (await ana.get(at)).words


async def test_who_comes_back_meanwhile_by_another_process_has_not_left(database, storage):
    people = await cast.enrol()
    number, ana, at = await opened(people)
    bia, desk = await browser_of(people.bia), f"/desk/tickets/{number}"
    token = (await bia.get(desk)).values(f"{desk}/replies")["_token"]
    await bia.post(f"{desk}/unsent", {"_token": token, "noun": "replies", "body": "Um momento"})
    await presence.leave(number, people.bia.id, since=NOW - timedelta(seconds=1))
    assert "Bia Nunes está escrevendo…" in (block := await ana.get(at)).words
    await presence.leave(number, people.bia.id, since=NOW)
    assert "está escrevendo" not in (await ana.get(asked_by(block, "news"))).words


async def test_an_answer_goes_out_although_its_customer_has_said_more_meanwhile(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    bia, at = await browser_of(people.bia), f"/desk/tickets/{number}"
    page = await bia.get(at)
    await replies.reply(await cast.seen(number, people.ana), "Alô?", by=people.ana, at=NOW)
    after = await bia.send(page, f"{at}/replies", body="Bom dia!")
    assert said(after)[-3:] == [FIRST, "Alô?", "Bom dia!"]
    await replies.reply(await cast.seen(number, people.lia), "Eu cuido.", by=people.lia, at=NOW)
    assert (await bia.send(page, f"{at}/replies", body="Já vejo.")).status == 409


async def test_no_stranger_is_told_anything_of_it(database, storage):
    people = await cast.enrol()
    number, _, at = await opened(people)
    caio = await browser_of(people.caio, htmx=True)
    assert [(await caio.get(path)).status for path in (at, f"/chat/{number}")] == [404, 404]


@pytest.mark.parametrize("base", ["chat", "tickets"])
async def test_the_status_that_an_open_page_shows_changes_with_the_news(database, storage, base):
    people = await cast.enrol()
    await turned_on(people)
    number = await chat_of(people.ana)
    page = await (await browser_of(people.ana)).get(f"/{base}/{number}")
    name = "news" if base == "chat" else f"news-{number}"
    ana, at = await browser_of(people.ana, htmx=True), asked_by(page, name)
    assert (page.text(f"#chip-{number}"), (await ana.get(at)).status) == ("Novo", 204)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    block = await ana.get(at)
    chip = block.element(f"chip-{number}")
    assert (block.text(f"#chip-{number}"), chip.attributes["data-hx-swap-oob"]) == ("Aberto", "true")
    assert (await ana.get(asked_by(block, name))).status == 204

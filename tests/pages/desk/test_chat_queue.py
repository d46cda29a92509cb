"""The chat queue: order, offers to agents, and alerts by sound."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.chatting import chat_of, turned_on
from tests.client import Browser, Page, browser_of
from tests.pages.reading import asked, refusals, titles
from web.tickets.actions import assignment, replies, resolution
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

CHATS = "/desk?view=chats"
SETTINGS = "/desk/settings/chat"
LATER = NOW + timedelta(minutes=5)


async def limited(admin: Browser, ceiling: str) -> Page:
    return await admin.send(await admin.get(SETTINGS), SETTINGS, ceiling=ceiling)


async def test_an_open_list_of_chats_says_that_a_chat_is_new(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    await chat_of(people.rui, "A carteirinha veio sem foto.")
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get(CHATS)
    await chat_of(people.ana, at=LATER + timedelta(minutes=1))
    assert (await asked(bia, page, "arrived")).texts("p") == ["1 novo. Mostrar"]
    links = (await asked(bia, page, "navigation")).texts("#navigation a")
    assert [each for each in links if each.startswith("Conversas agora")] == ["Conversas agora 2"]


async def test_past_the_ceiling_chats_wait_in_the_queue_and_it_says_so(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    await limited(await browser_of(people.admin), "1")
    mine, other = await chat_of(people.ana), await chat_of(people.rui, "A carteirinha veio sem foto.")
    bia, lia = await browser_of(people.bia), await browser_of(people.lia)
    assert len(titles(await bia.get(CHATS))) == 2
    await assignment.take(await cast.seen(mine, people.bia), by=people.bia, at=NOW)
    queue = await bia.get(CHATS)
    assert len(titles(queue)) == 1
    assert "Você já atende 1 conversa, o limite de cada atendente." in queue.words
    assert titles(await bia.get("/desk")) == titles(queue)
    assert len(titles(await bia.get("/desk?view=unassigned"))) == 1
    assert (len(titles(await lia.get(CHATS))), "o limite de cada" in (await lia.get(CHATS)).words) == (2, False)
    await assignment.assign(await cast.seen(other, people.lia), team=None, person=people.bia.id, by=people.lia, at=NOW)
    assert len(titles(await bia.get(CHATS))) == 2  # a colleague may ask for more


async def test_once_a_chat_has_ended_the_next_one_is_offered(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    await limited(await browser_of(people.admin), "1")
    mine = await chat_of(people.ana)
    await chat_of(people.rui, "A carteirinha veio sem foto.")
    await assignment.take(await cast.seen(mine, people.bia), by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    assert len(titles(await bia.get(CHATS))) == 1
    await resolution.solve(
        await cast.seen(mine, people.bia), method="communicated", message=NewMessage("Pronto."), by=people.bia, at=NOW
    )
    assert titles(await bia.get(CHATS)) == ["A carteirinha veio sem foto."]


@pytest.mark.parametrize("typed", ["0", "51", "muitas"])
async def test_a_ceiling_that_is_none_is_refused_and_kept_as_typed(typed, database, storage):
    people = await cast.enrol()
    await turned_on(people)
    refused = await limited(await browser_of(people.admin), typed)
    assert (refused.status, refusals(refused)) == (422, {"ceiling": "Escreva um número de 1 a 50, ou deixe em branco."})
    assert refused.values(SETTINGS)["ceiling"] == typed


async def test_a_ceiling_is_told_in_the_log_of_settings(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    admin = await browser_of(people.admin)
    assert (await limited(admin, "3")).values(SETTINGS)["ceiling"] == "3"
    assert "conversas por atendente" in (await admin.get("/desk/settings/log")).words


async def test_who_chose_a_sound_is_called_when_a_chat_waits_for_them(database, storage):
    people = await cast.enrol()
    await turned_on(people)
    bia = await browser_of(people.bia, at=LATER)
    assert (await bia.get("/desk")).html.css("#calling") == []
    page = await bia.send(await bia.get("/account"), "/account/alerts", sound="", chat_sound="clear")
    assert page.element("calling").attributes["data-alerts"] == "clear"
    page = await asked(bia, page, "calling")
    assert page.element("calling").attributes["data-unread"] == "0"
    assert (await asked(bia, page, "calling")).status == 204
    number = await chat_of(people.ana, at=LATER)
    page = await asked(bia, page, "calling")
    assert page.element("calling").attributes["data-unread"] == "1"
    await replies.reply(await cast.seen(number, people.lia), "Bom dia!", by=people.lia, at=LATER)
    assert (await asked(bia, page, "calling")).element("calling").attributes["data-unread"] == "0"


async def test_a_sound_that_there_is_not_is_refused_and_requesters_are_offered_none(database, storage):
    people = await cast.enrol()
    bia, ana = await browser_of(people.bia), await browser_of(people.ana)
    refused = await bia.send(await bia.get("/account"), "/account/alerts", chat_sound="trombone")
    assert refusals(refused) == {"chat_sound": "Escolha uma das opções da lista."}
    assert "Som das conversas" not in (await ana.get("/account")).words

"""Chats and mail: no mail to people who have the chat open, replies to those who left, a transcript at the end."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.chatting import FIRST, begun, number_in, turned_on
from tests.client import Browser, Page, browser_of
from tests.mail.correspondence import ANA, BIA
from tests.mail.post_office import PostOffice, text_of, worked
from tests.pages.reading import messages, said
from web.clock import set_now
from web.database import fetch_column
from web.tickets.actions import replies, resolution
from web.tickets.lists import presence
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


async def chatting(people: cast.Cast) -> tuple[Browser, Page, int]:
    await turned_on(people)
    ana = await browser_of(people.ana)
    page = await begun(ana)
    return ana, page, number_in(page)


async def said_by_bia(people: cast.Cast, number: int, text: str, *, minutes: float) -> None:
    at = NOW + timedelta(minutes=minutes)
    set_now(at)
    await replies.reply(await cast.seen(number, people.bia), text, by=people.bia, at=at)


async def test_who_has_the_chat_open_is_not_written_to_and_who_left_gets_the_answer(people, office: PostOffice):
    _, _, number = await chatting(people)
    await said_by_bia(people, number, "Bom dia! Já vejo.", minutes=0)
    await worked(office, NOW)
    assert office.to(ANA) == []
    await said_by_bia(people, number, "Enviei de novo.", minutes=5)
    await worked(office, NOW + timedelta(minutes=6))
    [letter] = office.to(ANA)
    assert "Enviei de novo." in text_of(letter)
    assert f"http://127.0.0.1:8000/chat/{number}" in text_of(letter)


async def test_who_left_a_moment_ago_gets_the_answer_too(people, office: PostOffice):
    _, _, number = await chatting(people)
    await presence.leave(number, people.ana.id, since=NOW + timedelta(seconds=20))
    await said_by_bia(people, number, "Enviei de novo.", minutes=0.5)
    await worked(office, NOW + timedelta(minutes=1))
    assert ["Enviei de novo." in text_of(each) for each in office.to(ANA)] == [True]


async def test_an_answer_is_sent_once_it_is_certain_that_its_customer_had_left(people, office: PostOffice):
    _, _, number = await chatting(people)
    await said_by_bia(people, number, "Enviei de novo.", minutes=0.1)
    await worked(office, NOW + timedelta(seconds=7))
    assert office.to(ANA) == []
    await presence.leave(number, people.ana.id, since=NOW + timedelta(seconds=5))
    await worked(office, NOW + timedelta(seconds=8))
    assert ["Enviei de novo." in text_of(each) for each in office.to(ANA)] == [True]


async def test_who_comes_back_at_once_reads_the_answer_and_gets_no_mail(people, office: PostOffice):
    ana, _, number = await chatting(people)
    await said_by_bia(people, number, "Enviei de novo.", minutes=0.1)
    await worked(office, NOW + timedelta(seconds=7))
    page = await ana.get(f"/chat/{number}")
    await worked(office, NOW + timedelta(seconds=40))
    assert (said(page), page.texts(".bell__count"), office.to(ANA)) == ([FIRST, "Enviei de novo."], [], [])


async def test_who_has_the_chat_open_but_no_connection_gets_the_answer(people, office: PostOffice):
    ana, _, number = await chatting(people)
    await said_by_bia(people, number, "Enviei de novo.", minutes=0.1)
    await presence.stay([(people.ana.id, number)], at=NOW + timedelta(seconds=20))
    await worked(office, NOW + timedelta(seconds=30))
    assert ["Enviei de novo." in text_of(each) for each in office.to(ANA)] == [True]
    assert (await ana.get("/")).text(".bell__count") == "1"
    assert (await ana.get(f"/chat/{number}")).texts(".bell__count") == []


async def test_lines_of_a_chat_are_not_mailed_to_a_whole_queue(people, office: PostOffice):
    ana, page, number = await chatting(people)
    await ana.send(page, f"/chat/{number}/replies", body="Alô?")
    await worked(office, NOW + timedelta(minutes=2))
    assert (await messages(number), office.to(BIA)) == ([FIRST, "Alô?"], [])
    counted = "SELECT count(*) AS n FROM notice WHERE person = {} AND occasion = 'new_in_queue'"
    assert await fetch_column(int, counted, people.bia.id) == [1]


async def test_at_the_end_the_whole_conversation_goes_out_once_without_notes(people, office: PostOffice):
    ana, page, number = await chatting(people)
    await ana.send(page, f"/chat/{number}/replies", body="Segue.", files=[("boleto.pdf", b"%PDF-1.4")])
    await replies.note(await cast.seen(number, people.bia), "Cliente antiga.", by=people.bia, at=NOW)
    ticket = await cast.seen(number, people.bia)
    await resolution.solve(ticket, message=NewMessage("Enviei de novo."), by=people.bia, at=NOW)
    await ana.send(await ana.get(f"/chat/{number}"), f"/chat/{number}/confirmation")
    await worked(office, NOW + timedelta(minutes=2))
    [letter] = office.to(ANA)
    for text in (text_of(letter), letter.get_body(("html",)).get_content()):
        found = [text.find(each) for each in (FIRST, "Segue.", "(boleto.pdf)", "Enviei de novo.", f"/chat/{number}")]
        assert (-1 not in found, found) == (True, sorted(found))
        assert "Cliente antiga." not in text
    assert "A conversa terminou." in text_of(letter)


@pytest.mark.parametrize("is_rated", [False, True])
async def test_the_whole_conversation_asks_for_a_rating_only_until_there_is_one(people, office: PostOffice, is_rated):
    ana, _, number = await chatting(people)
    ticket = await cast.seen(number, people.bia)
    await resolution.solve(ticket, message=NewMessage("Enviei de novo."), by=people.bia, at=NOW)
    page = await ana.send(await ana.get(f"/chat/{number}"), f"/chat/{number}/confirmation")
    if is_rated:
        await ana.send(page, f"/chat/{number}/rating", service="5", quality="4")
    await worked(office, NOW + timedelta(minutes=2))
    [letter] = office.to(ANA)
    assert ("Avalie o atendimento" in text_of(letter), "/answers/" in text_of(letter)) == (not is_rated, not is_rated)

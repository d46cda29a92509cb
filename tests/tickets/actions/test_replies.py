"""Replies, notes and thanks: what each leaves behind, with files or without."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.tickets.factories import file, new
from tests.tickets.record.traces import event, left_by_block, message
from web.database import fetch
from web.errors import Invalid, NotFromHere
from web.tickets.actions import replies, waits
from web.tickets.life.states import Wait
from web.tickets.record.attachments import pending_files

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_note_is_internal_and_moves_nothing_that_people_see(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await replies.note(sheet, "Ver com o N2.", by=people.bia, at=LATER)
    assert left.row == {}
    assert left.events == [event("note", people.bia, LATER, audience="internal", says="Ver com o N2.")]
    assert left.messages == [message(people.bia, LATER, "Ver com o N2.", kind="note")]


async def test_an_agents_reply_answers_and_moves_nothing(people):
    sheet = await new(people, "open")
    await waits.wait(sheet, Wait.REQUESTER, days=3, by=people.bia, at=NOW)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Lembrando da pergunta.", by=people.bia, at=LATER)
    assert left.row == {"is_answered": True, "answered_at": LATER, "updated_at": LATER}
    assert left.events == [event("reply", people.bia, LATER, says="Lembrando da pergunta.")]


async def test_a_requesters_reply_ends_the_wait_for_them_in_the_same_event(people):
    sheet = await new(people, "waiting_requester")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "É 11.222.333/0001-81.", by=people.ana, at=LATER)
    assert left.row == {"status": "open", "wait": None, "updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="É 11.222.333/0001-81.", from_="waiting", to="open")]
    assert left.messages == [message(people.ana, LATER, "É 11.222.333/0001-81.")]


async def test_a_reply_that_is_refused_does_not_end_the_wait(people):
    sheet = await new(people, "waiting_requester")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid):
            await replies.reply(sheet, "Segue.", files=(999_999,), by=people.ana, at=LATER)
    assert left.nothing


async def test_an_agent_who_asked_ends_the_wait_for_them_by_replying(people):
    number = await cast.ticket(people.davi)
    sheet = await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.davi)
    async with left_by_block(number) as left:
        await replies.reply(sheet, "É o CNPJ da matriz.", by=people.davi, at=LATER)
    assert left.row == {"status": "open", "wait": None, "updated_at": LATER}


async def test_an_agent_who_asked_does_not_take_their_own_ticket_by_replying(people):
    number = await cast.ticket(people.davi)
    async with left_by_block(number) as left:
        await replies.reply(await cast.seen(number, people.davi), "Mais um detalhe.", by=people.davi, at=LATER)
    assert left.row == {"updated_at": LATER}


@pytest.mark.parametrize("state", ["waiting_team", "waiting_until", "waiting_children", "waiting_case"])
async def test_a_requesters_reply_does_not_end_a_wait_for_others(people, state):
    sheet = await new(people, state)
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Alguma novidade?", by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="Alguma novidade?")]


@pytest.mark.parametrize("preset", ["central", "processo", "guiche"])
async def test_a_requesters_reply_reopens_where_the_workflow_says_so(people, preset):
    await lead_settings.live_by(preset)
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Voltou a acontecer.", by=people.ana, at=LATER)
    assert left.row == {"status": "open", "resolution": None, "resolved_at": None, "updated_at": LATER}
    assert left.events == [event("reply", people.ana, LATER, says="Voltou a acontecer.", from_="resolved", to="open")]


@pytest.mark.parametrize("preset", ["expresso", "aprovacao", "avaliacao"])
async def test_a_requesters_reply_on_a_resolved_ticket_is_refused_elsewhere(people, preset):
    await lead_settings.live_by(preset)
    sheet = await new(people, "resolved")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(NotFromHere):
            await replies.reply(sheet, "Voltou a acontecer.", by=people.ana, at=LATER)
    assert left.nothing


async def test_nobody_replies_on_a_closed_ticket(people):
    sheet = await new(people, "closed")
    async with left_by_block(sheet.number) as left:
        for who in (people.ana, people.bia):
            with pytest.raises(NotFromHere):
                await replies.reply(sheet, "Ainda?", by=who, at=LATER)
    assert left.nothing


async def test_files_go_with_the_message_they_were_sent_for(people):
    sheet, mine = await new(people), await file(people.ana, "boleto.pdf")
    async with left_by_block(sheet.number) as left:
        await replies.reply(sheet, "Segue.", files=(mine, mine), by=people.ana, at=LATER)
    assert left.events == [
        event("reply", people.ana, LATER, says="Segue.", files=[{"id": mine, "name": "boleto.pdf", "size": 2}])
    ]
    assert await pending_files(people.ana, [mine]) == []


@pytest.mark.parametrize("whose", ["another's", "spent", "unknown"])
async def test_a_file_that_is_not_theirs_to_give_is_refused_and_stays_where_it_was(people, whose):
    sheet, mine, foreign = await new(people), await file(people.ana, "a.txt"), await file(people.caio, "b.txt")
    await replies.reply(sheet, "Segue.", files=(mine,), by=people.ana, at=NOW)
    before = await fetch("SELECT id, message, person FROM attachment ORDER BY id")
    given = {"another's": foreign, "spent": mine, "unknown": 999_999}[whose]
    unsent = await file(people.ana, "c.txt")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "Segue outro.", files=(unsent, given), by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("files", "not_yours")
    assert left.nothing
    after = [{"id": unsent, "message": None, "person": people.ana.id}]
    assert await fetch("SELECT id, message, person FROM attachment ORDER BY id") == [*before, *after]


async def test_thanks_are_a_message_that_moves_nothing(people):
    sheet = await resolved(people)
    async with left_by_block(sheet.number) as left:
        await replies.thank(sheet, "Muito obrigada!", by=people.ana, at=LATER)
    assert left.row == {"updated_at": LATER}
    assert left.events == [event("thanks", people.ana, LATER, says="Muito obrigada!")]
    assert left.messages == [message(people.ana, LATER, "Muito obrigada!")]


async def resolved(people, preset="guiche"):
    await lead_settings.live_by(preset)
    return await cast.brought_to(await cast.ticket(people.ana), "resolved", by=people.bia, asker=people.ana)


async def seen(sheet, by):
    return await cast.seen(sheet.number, by)

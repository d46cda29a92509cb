"""What holds for every move: refusals leave nothing, one-time keys, the order of the history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.tickets.factories import new, together
from tests.tickets.record.traces import copied, count, event, events_of, left_by_block, messages_of
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted
from web.tickets.actions import assignment, cancellation, participants, replies, resolution, waits
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_stranger_does_nothing_and_leaves_nothing(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        for attempt in (
            replies.reply(sheet, "Oi", by=people.caio, at=LATER),
            replies.note(sheet, "Oi", by=people.caio, at=LATER),
            participants.add(sheet, ["caio@horizonte.example"], by=people.caio, at=LATER),
            assignment.take(sheet, by=people.caio, at=LATER),
            cancellation.cancel(sheet, reason="", by=people.caio, at=LATER),
        ):
            with pytest.raises(NotPermitted):
                await attempt
    assert left.nothing
    assert await copied(sheet.number) == []


async def test_a_message_that_is_too_long_leaves_nothing(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await replies.reply(sheet, "a" * 100_001, by=people.ana, at=LATER)
    assert (refused.value.field, refused.value.code) == ("body", "too_long")
    assert left.nothing


async def test_a_move_is_checked_against_the_ticket_as_it_is_and_not_as_it_was_seen(people):
    sheet = await new(people, "open")
    await cancellation.cancel(sheet, reason="Desisti.", by=people.ana, at=NOW)
    async with left_by_block(sheet.number) as left:
        with pytest.raises(NotFromHere):
            await waits.ask(sheet, "Qual é o CNPJ?", by=people.bia, at=LATER)
    assert left.nothing


async def test_rights_are_those_of_the_ticket_as_it_is(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    sheet = await cast.seen(number, people.rui)
    await participants.remove(await cast.seen(number, people.ana), people.rui.id, by=people.ana, at=NOW)
    async with left_by_block(number) as left:
        with pytest.raises(NotPermitted):
            await replies.reply(sheet, "Ainda em cópia?", by=people.rui, at=LATER)
    assert left.nothing


async def test_a_ticket_that_is_gone_is_not_found(people):
    sheet = replace(await new(people), number=1)
    with pytest.raises(NotFound):
        await replies.reply(sheet, "Oi", by=people.ana, at=LATER)


async def test_the_same_key_twice_makes_one_event_and_gives_the_same_answer(people):
    sheet = await new(people)
    async with left_by_block(sheet.number) as left:
        first = await replies.reply(sheet, "Oi", by=people.ana, at=NOW, key="a-form-sent-once")
        second = await replies.reply(sheet, "Oi de novo", by=people.ana, at=LATER, key="a-form-sent-once")
    assert (first.is_repeat, second) == (False, replace(first, is_repeat=True))
    assert left.events == [event("reply", people.ana, NOW, says="Oi")]


async def test_the_same_key_answers_even_where_the_move_would_no_longer_be_allowed(people):
    sheet = await new(people, "resolved")
    first = await resolution.confirm(sheet, by=people.ana, at=NOW, key="a-form-sent-once")
    assert await resolution.confirm(sheet, by=people.ana, at=LATER, key="a-form-sent-once") == replace(
        first, is_repeat=True
    )


async def test_a_key_is_its_owners_alone(people):
    sheet = await new(people)
    first = await replies.reply(sheet, "Oi", by=people.ana, at=NOW, key="a-form-sent-once")
    second = await replies.reply(sheet, "Olá", by=people.bia, at=LATER, key="a-form-sent-once")
    assert (first.is_repeat, second.is_repeat, first.event == second.event) == (False, False, False)


async def test_a_refused_form_may_be_sent_again_with_its_key(people):
    sheet = await new(people)
    with pytest.raises(Invalid):
        await replies.reply(sheet, "", by=people.ana, at=NOW, key="a-form-sent-once")
    made = await replies.reply(sheet, "Agora sim.", by=people.ana, at=LATER, key="a-form-sent-once")
    assert not made.is_repeat


@pytest.mark.parametrize("kind", ["reply", "ticket", "draft"])
async def test_f20_twenty_equal_forms_at_once_make_one_event_and_twenty_equal_answers(people, kind):
    category, topic = await cast.subject()
    wanted, sheet = Request("Boletos", "Errados", category, topic), await new(people)
    before = await count("event")

    def send():
        if kind == "reply":
            return replies.reply(sheet, "Oi", by=people.ana, at=LATER, key="a-form-sent-once")
        action = submission.open_ticket if kind == "ticket" else drafts.draft
        return action(wanted, by=people.ana, at=LATER, key="a-form-sent-once")

    made = await together(*(send() for _ in range(20)))
    assert len({(each.ticket, each.event) for each in made}) == 1
    assert sorted(each.is_repeat for each in made) == [False] + [True] * 19
    assert await count("event") == before + 1


async def test_f24_replies_at_once_are_all_kept(people):
    sheet = await new(people, "open")
    said = [f"Mensagem {n}" for n in range(12)]
    await together(*(replies.reply(sheet, body, by=people.ana, at=LATER) for body in said))
    assert sorted(each["body"] for each in await messages_of(sheet.number)) == sorted(
        ["Os boletos vieram com o valor de outubro.", *said]
    )


async def test_the_history_of_a_life_is_told_in_order(people):
    sheet = await new(people)
    await assignment.take(sheet, by=people.bia, at=NOW)
    await waits.ask(sheet, "Qual?", by=people.bia, at=NOW)
    await replies.reply(sheet, "Este.", by=people.ana, at=NOW)
    await resolution.solve(sheet, message=NewMessage("Feito."), by=people.bia, at=NOW)
    await resolution.object_to(sheet, "Não.", by=people.ana, at=NOW)
    await resolution.solve(sheet, message=NewMessage("Agora sim."), by=people.bia, at=NOW)
    await resolution.confirm(sheet, by=people.ana, at=NOW)
    assert [
        (each["kind"], each["data"].get("from"), each["data"].get("to")) for each in await events_of(sheet.number)
    ] == [
        ("submission", "draft", "new"),
        ("take", "new", "open"),
        ("question", "open", "waiting"),
        ("reply", "waiting", "open"),
        ("solution", "open", "resolved"),
        ("objection", "resolved", "open"),
        ("solution", "open", "resolved"),
        ("confirmation", "resolved", "closed"),
    ]

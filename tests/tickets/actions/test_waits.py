"""Questions and waits: what each leaves behind, and how work resumes."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.tickets.factories import new
from tests.tickets.record.traces import event, left_by_block, message
from web.errors import Invalid
from web.tickets.actions import waits
from web.tickets.life.states import Wait

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=2)


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def test_a_question_waits_for_the_requester(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await waits.ask(sheet, "Qual é o CNPJ?", by=people.bia, at=LATER)
    assert left.row == {
        "status": "waiting",
        "wait": "requester",
        "is_answered": True,
        "answered_at": LATER,
        "updated_at": LATER,
    }
    assert left.events == [
        event("question", people.bia, LATER, says="Qual é o CNPJ?", from_="open", to="waiting", wait="requester")
    ]
    assert left.messages == [message(people.bia, LATER, "Qual é o CNPJ?")]


async def test_a_wait_says_what_for(people):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        await waits.wait(sheet, Wait.TEAM, by=people.bia, at=LATER)
    assert left.row == {"status": "waiting", "wait": "team", "updated_at": LATER}
    assert left.events == [event("wait", people.bia, LATER, wait="team", from_="open", to="waiting")]


async def test_a_wait_until_a_date_keeps_the_date_in_the_row_and_in_the_history(people):
    sheet, friday = await new(people, "open"), NOW + timedelta(days=4)
    async with left_by_block(sheet.number) as left:
        await waits.wait(sheet, Wait.UNTIL, until=friday, by=people.bia, at=LATER)
    assert left.row == {"status": "waiting", "wait": "until", "wait_until": friday, "updated_at": LATER}
    assert set(left.events[0]["data"]) == {"wait", "until", "from", "to"}


@pytest.mark.parametrize("until", [None, NOW, LATER])
async def test_a_wait_until_a_date_needs_one_to_come(people, until):
    sheet = await new(people, "open")
    async with left_by_block(sheet.number) as left:
        with pytest.raises(Invalid) as refused:
            await waits.wait(sheet, Wait.UNTIL, until=until, by=people.bia, at=LATER)
    assert (refused.value.field, refused.value.code) == ("until", "not_in_future")
    assert left.nothing


async def test_work_resumes_where_it_was_held(people):
    sheet = await new(people, "waiting_until")
    async with left_by_block(sheet.number) as left:
        await waits.resume(sheet, by=people.bia, at=LATER)
    assert left.row == {"status": "open", "wait": None, "wait_until": None, "updated_at": LATER}
    assert left.events == [event("resumption", people.bia, LATER, from_="waiting", to="open")]

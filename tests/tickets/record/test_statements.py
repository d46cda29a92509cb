"""The number of statements of each write, with those of its transaction."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import statements
from tests.tickets.sla import hours
from web.database import dialect
from web.tickets.actions import replies, resolution, waits
from web.tickets.life.states import Resolution
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts, submission
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

BEGIN_AND_COMMIT = 2
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def people(database):
    """With promises, which every write looks at."""
    await hours.target("first_response", 2)
    await hours.target("resolution", 16)
    return await cast.enrol()


async def made_by(action: Awaitable[MoveResult]) -> int:
    with statements() as made:
        assert not (await action).is_repeat
    return len(made) + BEGIN_AND_COMMIT


def joined(statements: int, *, saved: int = 2) -> int:
    """PostgreSQL writes a ticket, its words and its events in one statement, which saves two or one."""
    return dialect(sqlite=statements, postgres=statements - saved)


async def test_a_requesters_reply(people):
    sheet = await cast.seen(await cast.ticket(people.ana), people.ana)
    assert await made_by(replies.reply(sheet, "São 28 famílias.", by=people.ana, at=LATER, key="reply")) == joined(8)


async def test_an_agents_first_reply_which_takes_the_ticket_too(people):
    sheet = await cast.seen(await cast.ticket(people.ana), people.bia)
    assert await made_by(replies.reply(sheet, "Vou ver.", by=people.bia, at=LATER, key="reply")) == joined(8)


async def test_a_reply_that_ends_a_wait(people):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    sheet = await cast.seen(number, people.ana)
    assert await made_by(replies.reply(sheet, "É este.", by=people.ana, at=LATER, key="reply")) == joined(8)


async def test_a_note_a_question_and_a_solution(people):
    number = await cast.ticket(people.ana)
    sheet = await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    turn = {"by": people.bia, "at": LATER}
    assert await made_by(replies.note(sheet, "Ver com o N2.", **turn, key="note")) == joined(7, saved=1)
    assert await made_by(waits.ask(sheet, "Qual é o CNPJ?", **turn, key="question")) == joined(8)
    said = NewMessage("Emitidos de novo.")
    solved = resolution.resolve(sheet, Resolution.COMMUNICATED, message=said, **turn, key="solution")
    assert await made_by(solved) == joined(8)


async def test_sim_and_no(people):
    for say, most in (("sim", 7), ("não", 8)):
        number = await cast.ticket(people.ana, say)
        await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
        sheet, turn = await cast.seen(number, people.ana), {"by": people.ana, "at": LATER, "key": say}
        answer = resolution.confirm(sheet, **turn) if say == "sim" else resolution.object_to(sheet, "Não.", **turn)
        assert await made_by(answer) == joined(most)


async def test_however_much_was_said_before_a_reply_makes_as_many(people):
    number = await cast.ticket(people.ana)
    for each in range(5):
        sheet = await cast.seen(number, people.ana)
        made = await made_by(replies.reply(sheet, f"{each}", by=people.ana, at=LATER, key=f"reply-{each}"))
        assert made == joined(8)


async def test_a_new_ticket_and_a_draft(people):
    category, topic = await cast.subject()
    wanted = Request("Boletos", "Vieram com outubro.", category, topic)
    turn = {"by": people.ana, "at": NOW}
    assert await made_by(submission.open_ticket(wanted, **turn, key="new")) == 10
    assert await made_by(drafts.draft(replace(wanted, title="Outro"), **turn, key="draft")) == 9

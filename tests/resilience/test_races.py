"""People and timers at the same instant: one legal state, both in the history."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from contextvars import Context
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import brought
from tests.tickets.life.states import at
from tests.tickets.record.traces import events_of, row
from web.database import fetch
from web.errors import DeskError, NotFromHere
from web.pages.desk.ticket.sending import send_held
from web.tickets.actions import merges, replies, resolution, timers, waits
from web.tickets.actions.held_replies import scheduling, sending
from web.tickets.record import conversation
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

RACES = 20


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def at_once(*racing: Awaitable[object]) -> list[object]:
    """Runs them concurrently, each in a context of its own as requests are. Returns the results and refusals."""

    async def run(one: Awaitable[object]) -> object:
        try:
            return await one
        except DeskError as refused:
            return refused

    loop = asyncio.get_running_loop()
    return await asyncio.gather(*(loop.create_task(run(each), context=Context()) for each in racing))


async def ended(number: int, known: int) -> tuple[str, ...]:
    """The events after the first `known`, and the final status."""
    return (*[each["kind"] for each in (await events_of(number))[known:]], (await row(number))["status"])


async def test_f25_the_requester_answers_while_the_agent_resolves(people):
    ends = Counter()
    for _ in range(RACES):
        number = await brought(people, "central", "waiting_requester")
        ana, bia = await cast.seen(number, people.ana), await cast.seen(number, people.bia)
        solved, answered = await at_once(
            resolution.solve(bia, message=NewMessage("Resolvido."), by=people.bia, at=NOW),
            replies.reply(ana, "É este.", by=people.ana, at=NOW),
        )
        assert not isinstance(solved, DeskError)
        assert not isinstance(answered, DeskError)
        ends[await ended(number, 3)] += 1
    assert set(ends) <= {("solution", "reply", "open"), ("reply", "solution", "resolved")}


async def test_f25_sim_while_time_closes_closes_once(people):
    instant, ends = at("30/11 12:00"), Counter()
    for _ in range(RACES):
        number = await brought(people, "guiche", "resolved")
        sheet = await cast.seen(number, people.ana)
        said, _ = await at_once(resolution.confirm(sheet, by=people.ana, at=instant), timers.run_due(instant))
        end = await ended(number, 3)
        assert isinstance(said, NotFromHere) == (end == ("closing", "closed"))
        ends[end] += 1
    assert set(ends) <= {("confirmation", "closed"), ("closing", "closed")}


async def test_f25_a_reply_while_the_silence_rings_is_never_lost(people):
    instant, ends = at("02/12 18:00"), Counter()
    for _ in range(RACES):
        number = await brought(people, "central", "waiting_requester")
        await timers.run_due(at("30/11 12:00"))
        sheet = await cast.seen(number, people.ana)
        said, _ = await at_once(replies.reply(sheet, "É este.", by=people.ana, at=instant), timers.run_due(instant))
        assert not isinstance(said, DeskError)
        ends[await ended(number, 4)] += 1
    assert set(ends) <= {("reply", "open"), ("solution", "reply", "open")}


@pytest.mark.parametrize(("preset", "due"), [("central", "30/11 12:00"), ("processo", "30/11 18:00")])
async def test_f25_a_reply_while_time_closes_reopens_or_is_refused_and_never_closed_over(people, preset, due):
    ends = Counter()
    for _ in range(RACES):
        number = await brought(people, preset, "resolved")
        sheet = await cast.seen(number, people.ana)
        said, _ = await at_once(replies.reply(sheet, "Voltou.", by=people.ana, at=at(due)), timers.run_due(at(due)))
        end = await ended(number, 3)
        assert isinstance(said, NotFromHere) == (end == ("closing", "closed"))
        ends[end] += 1
    assert set(ends) <= {("reply", "open"), ("closing", "closed")}


async def test_f25_a_reply_while_merging_is_seen_in_the_other_ticket_or_refused(people):
    ends = Counter()
    for _ in range(RACES):
        number = await brought(people, "processo", "open")
        other = await cast.ticket(people.ana, "O outro")
        ana, bia = await cast.seen(number, people.ana), await cast.seen(number, people.bia)
        merged, said = await at_once(
            merges.merge(bia, other, by=people.bia, at=NOW), replies.reply(ana, "É o boleto 7.", by=people.ana, at=NOW)
        )
        assert not isinstance(merged, DeskError)
        end = await ended(number, 2)
        assert isinstance(said, NotFromHere) == (end == ("merge", "closed"))
        there, _ = await conversation.entries(await cast.seen(other, people.bia), by=people.bia, with_merged=True)
        assert ("É o boleto 7." in [each.body for each in there]) == (not isinstance(said, NotFromHere))
        ends[end] += 1
    assert set(ends) <= {("merge", "closed"), ("reply", "merge", "closed")}


async def test_f25_a_reply_taken_back_while_two_workers_send_it_is_either_sent_once_or_back(people):
    ends = Counter()
    for _ in range(RACES):
        number = await brought(people, "guiche", "open")
        sheet, due = await cast.seen(number, people.bia), NOW + scheduling.MOMENT
        reply = partial(replies.reply, sheet, "Segue o boleto.", by=people.bia, at=NOW)
        left = {"files": (), "due": due, "rehearse": reply, "by": people.bia, "at": NOW, "key": None}
        await scheduling.hold(sheet, "replies", {"body": ["Segue o boleto."]}, **left)
        (held,) = await fetch("SELECT id FROM held_reply")
        _, back, _ = await at_once(
            sending.run_due(due, make=send_held),
            scheduling.take_back(sheet, held["id"], by=people.bia, at=due),
            sending.run_due(due, make=send_held),
        )
        end = await ended(number, 2)
        assert (back is None) == (end == ("reply", "open"))
        assert await fetch("SELECT id FROM held_reply") == []
        ends[end] += 1
    assert set(ends) <= {("reply", "open"), ("open",)}


async def test_f25_a_reply_that_goes_while_the_requester_writes_is_sent_before_or_kept_back(people):
    ends = Counter()
    for _ in range(RACES):
        number = await brought(people, "guiche", "open")
        sheet, due = await cast.seen(number, people.bia), NOW + scheduling.MOMENT
        reply = partial(replies.reply, sheet, "Segue o boleto.", by=people.bia, at=NOW)
        left = {"files": (), "due": due, "rehearse": reply, "by": people.bia, "at": NOW, "key": None}
        await scheduling.hold(sheet, "replies", {"body": ["Segue o boleto."]}, **left)
        ana = await cast.seen(number, people.ana)
        await at_once(sending.run_due(due, make=send_held), replies.reply(ana, "Achei.", by=people.ana, at=due))
        await sending.run_due(due, make=send_held)
        ends[await ended(number, 2)] += 1
    assert set(ends) <= {("reply", "reply", "open"), ("reply", "holdback", "open")}


async def test_f26_two_workers_and_an_agent_resume_a_wait_once(people):
    instant, ends = at("26/11 9:00"), Counter()
    for _ in range(RACES):
        number = await brought(people, "processo", "waiting_until")
        sheet = await cast.seen(number, people.bia)
        await at_once(timers.run_due(instant), waits.resume(sheet, by=people.bia, at=instant), timers.run_due(instant))
        ends[await ended(number, 3)] += 1
    assert set(ends) == {("resumption", "open")}

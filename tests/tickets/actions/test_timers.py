"""Timers in the database: each fires once, in order, dated by its own instant."""

import asyncio
import logging
from contextvars import Context
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import brought
from tests.pages.reading import statements
from tests.tickets.life.states import at, told
from tests.tickets.life.table import PRESETS
from tests.tickets.record.traces import event, events_of, left_by_block, row
from tests.tickets.sla import hours
from web.business_time.durations import Unit
from web.database import fetch
from web.errors import NotFromHere
from web.people import accounts, actors
from web.people.permissions import SYSTEM, Role
from web.tickets.actions import replies, resolution, timers, waits
from web.tickets.actions.properties import classification
from web.tickets.life.consequences import Change
from web.tickets.life.moves import BREACH, DUE_SOON, REMINDER, WAIT
from web.tickets.life.states import Priority, Status, Wait
from web.tickets.record import transition
from web.tickets.record.messages import NewMessage
from web.tickets.sla import impact, settings, settings_queries, stored_deadlines
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.settings_rules import ClosureInput, TargetInput
from web.tickets.sla.targets import Promise

pytestmark = pytest.mark.anyio

YEARS = NOW + timedelta(days=800)


@pytest.fixture
async def people(database):
    return await cast.enrol()


def rang(kind: str, timer: str, due: datetime, *, audience: str = "public", **data):
    """The event of a timer that fired at its own instant."""
    return event(kind, SYSTEM, due, audience=audience, timer=timer, due=due.isoformat(), **data)


async def promise(people, amount: int, *, at: datetime) -> None:
    """Changes the only target to so many business hours."""
    (kept,) = await settings_queries.targets()
    wanted = TargetInput(Promise(kept.promise), amount, Unit.BUSINESS_HOURS, kept.calendar)
    await impact.apply_change(partial(settings.promise, wanted, number=kept.id), by=people.lia, at=at)


async def kinds(number: int) -> list[str]:
    return [each["kind"] for each in await events_of(number)]


# Silence


@pytest.mark.parametrize("preset", ["central", "guiche"])
async def test_silence_is_warned_of_a_day_of_hours_before_and_then_resolves(people, preset):
    number = await brought(people, preset, "waiting_requester")
    assert await timers.run_due(at("30/11 11:59:59")) == 0
    async with left_by_block(number) as left:
        assert await timers.run_due(at("02/12 17:59:59")) == 1
    assert left.events == [rang("reminder", "silence_warning", at("30/11 12:00"))]
    assert left.row == {"updated_at": at("30/11 12:00")}

    async with left_by_block(number) as left:
        assert await timers.run_due(at("02/12 18:00")) == 1
    assert left.events == [
        rang("solution", "silence", at("02/12 18:00"), method="no_answer", from_="waiting", to="resolved")
    ]
    assert left.row == {
        "status": "resolved",
        "wait": None,
        "resolution": "no_answer",
        "resolved_at": at("02/12 18:00"),
        "updated_at": at("02/12 18:00"),
    }
    kept = await row(number)
    assert (kept["lapses_to"], kept["lapses_at"]) == ("closed", at("10/12 12:00"))


async def test_silence_resolves_without_a_warning_where_the_preset_has_none(people):
    number = await brought(people, "expresso", "waiting_requester")
    async with left_by_block(number) as left:
        assert await timers.run_due(YEARS) == 1
    assert left.events == [
        rang("solution", "silence", at("02/12 18:00"), method="no_answer", from_="waiting", to="resolved")
    ]
    assert (await row(number))["wakes_at"] is None


@pytest.mark.parametrize("preset", ["aprovacao", "avaliacao", "processo"])
async def test_silence_lasts_for_ever_where_the_preset_sets_no_end(people, preset):
    number = await brought(people, preset, "waiting_requester")
    async with left_by_block(number) as left:
        assert await timers.run_due(YEARS) == 0
    assert left.nothing


@pytest.mark.parametrize("preset", PRESETS)
async def test_p15_once_the_days_of_a_question_are_over_work_resumes(people, preset):
    number = await brought(people, preset, "open")
    await hours.asked(number, days=3, by=people.bia, at=NOW)
    async with left_by_block(number) as left:
        assert await timers.run_due(at("26/11 18:00")) == 1
    assert left.events == [rang("resumption", "silence", at("26/11 18:00"), from_="waiting", to="open")]
    assert left.row == {"status": "open", "wait": None, "updated_at": at("26/11 18:00")}


@pytest.mark.parametrize("preset", PRESETS)
async def test_p16_or_it_is_closed_if_whoever_asked_said_so(people, preset):
    number = await brought(people, preset, "open")
    await hours.asked(number, days=3, closes=True, by=people.bia, at=NOW)
    async with left_by_block(number) as left:
        assert await timers.run_due(YEARS) == 1
    assert left.events == [
        rang("closing", "silence", at("26/11 18:00"), method="no_answer", from_="waiting", to="closed")
    ]
    assert left.row == {
        "status": "closed",
        "wait": None,
        "resolution": "no_answer",
        "closed_at": at("26/11 18:00"),
        "updated_at": at("26/11 18:00"),
    }


# Follow-up


@pytest.mark.parametrize("preset", PRESETS)
async def test_p13_work_resumes_at_the_very_instant_that_was_chosen(people, preset):
    number = await brought(people, preset, "open")
    until = at("28/11 7:30")  # a Saturday
    await waits.wait(await cast.seen(number, people.bia), Wait.UNTIL, until=until, by=people.bia, at=NOW)
    assert await timers.run_due(until - timedelta(seconds=1)) == 0
    async with left_by_block(number) as left:
        assert await timers.run_due(until) == 1
    assert left.events == [rang("resumption", "follow_up", until, from_="waiting", to="open")]
    assert left.row == {"status": "open", "wait": None, "wait_until": None, "updated_at": until}


async def test_a_wait_left_by_hand_comes_back_no_second_time(people):
    number = await brought(people, "processo", "waiting_until")
    await waits.resume(await cast.seen(number, people.bia), by=people.bia, at=NOW)
    assert await timers.run_due(YEARS) == 0


# Closing


@pytest.mark.parametrize(
    ("preset", "due"),
    [
        ("central", "30/11 12:00"),
        ("guiche", "30/11 12:00"),
        ("processo", "30/11 18:00"),
        ("avaliacao", "02/12 18:00"),  # never rated
    ],
)
async def test_what_is_resolved_closes_by_itself(people, preset, due):
    number = await brought(people, preset, "resolved")
    assert await timers.run_due(at(due) - timedelta(seconds=1)) == 0
    async with left_by_block(number) as left:
        assert await timers.run_due(at(due)) == 1
    assert left.events == [rang("closing", "closing", at(due), from_="resolved", to="closed")]
    assert left.row == {"status": "closed", "closed_at": at(due), "updated_at": at(due)}


@pytest.mark.parametrize("preset", ["expresso", "aprovacao"])
async def test_what_is_resolved_stays_so_where_it_is_the_last_word_or_waits_for_sim(people, preset):
    number = await brought(people, preset, "resolved")
    assert (await timers.run_due(YEARS), (await row(number))["status"]) == (0, "resolved")


async def test_reopened_it_does_not_close_and_solved_again_it_has_all_the_time_again(people):
    number = await brought(people, "central", "resolved")
    await replies.reply(await cast.seen(number, people.ana), "Ainda não.", by=people.ana, at=at("30/11 11:59"))
    assert await timers.run_due(at("30/11 12:00")) == 0
    await resolution.solve(await cast.seen(number, people.bia), by=people.bia, at=at("30/11 12:00"))
    assert await timers.run_due(YEARS) == 1
    assert (await row(number))["closed_at"] == at("07/12 15:00")


# Promises


async def test_a_promise_is_said_to_be_due_soon_and_then_to_be_broken_to_the_desk_alone(people):
    await hours.target("resolution", 8)
    number = await brought(people, "guiche", "open")
    assert told((await row(number))["due_at"]) == "23/11 17:00"
    async with left_by_block(number) as left:
        assert await timers.run_due(at("23/11 17:00")) == 2
    about = {"audience": "internal", "promise": "resolution"}
    assert left.events == [
        rang("due_soon", "due_soon:resolution", at("23/11 15:00"), **about),
        rang("breach", "breach:resolution", at("23/11 17:00"), **about),
    ]
    assert left.row == {}
    assert (await row(number))["wakes_at"] is None


async def test_both_promises_of_a_ticket_ring_each_for_itself(people):
    await hours.target("first_response", 2)
    await hours.target("resolution", 4)
    number = await brought(people, "central", "new")
    await timers.run_due(at("23/11 18:00"))
    assert [each["data"]["timer"] for each in (await events_of(number))[1:]] == [
        "due_soon:first_response",
        "breach:first_response",
        "due_soon:resolution",
        "breach:resolution",
    ]


async def test_a_promise_that_was_kept_is_not_broken(people):
    await hours.target("first_response", 2)
    await hours.target("resolution", 4)
    number = await brought(people, "central", "new")
    await replies.reply(await cast.seen(number, people.bia), "Já vejo.", by=people.bia, at=at("23/11 9:30"))
    await resolution.solve(await cast.seen(number, people.bia), by=people.bia, at=at("23/11 10:00"))
    await timers.run_due(at("23/11 18:00"))
    kept = await row(number)
    assert await kinds(number) == ["submission", "take", "reply", "solution"]
    assert (kept["outcome"], kept["answer_seconds"], kept["solve_seconds"]) == ("on_time", 1800, 3600)


async def test_v19_a_promise_paused_by_a_question_breaks_only_once_its_time_has_run(people):
    await hours.target("resolution", 4)
    number = await brought(people, "aprovacao", "waiting_requester")
    assert (await row(number))["solve_left"] == 4 * 3600
    assert await timers.run_due(at("24/11 18:00")) == 0
    await replies.reply(await cast.seen(number, people.ana), "É este.", by=people.ana, at=at("25/11 9:00"))
    assert told((await row(number))["solve_due"]) == "25/11 13:00"
    await timers.run_due(at("25/11 18:00"))
    assert (await kinds(number))[-2:] == ["due_soon", "breach"]


# Once, late, in order


async def test_rule_10_ringing_again_rings_nothing_again(people):
    await hours.target("resolution", 8)
    number = await brought(people, "central", "waiting_requester")
    assert await timers.run_due(YEARS) == 3
    async with left_by_block(number) as left:
        assert [await timers.run_due(YEARS + timedelta(days=day)) for day in range(3)] == [0, 0, 0]
    assert left.nothing


async def test_rule_10_workers_side_by_side_ring_each_timer_once(people):
    await hours.target("resolution", 80)
    numbers = [await brought(people, "central", "waiting_requester") for _ in range(5)]
    loop = asyncio.get_running_loop()
    workers = [loop.create_task(timers.run_due(YEARS), context=Context()) for _ in range(4)]
    assert sum(await asyncio.gather(*workers)) == 3 * len(numbers)
    for number in numbers:
        assert (await kinds(number))[-3:] == ["reminder", "solution", "closing"]


async def test_f27_after_an_outage_all_that_fell_due_rings_in_order_dated_by_its_own_instant(people):
    number = await brought(people, "central", "waiting_requester")
    async with left_by_block(number) as left:
        assert await timers.run_due(at("20/12 3:00")) == 3
    assert left.events == [
        rang("reminder", "silence_warning", at("30/11 12:00")),
        rang("solution", "silence", at("02/12 18:00"), method="no_answer", from_="waiting", to="resolved"),
        rang("closing", "closing", at("10/12 12:00"), from_="resolved", to="closed"),
    ]
    kept = await row(number)
    assert (kept["resolved_at"], kept["closed_at"]) == (at("02/12 18:00"), at("10/12 12:00"))


async def test_f27_what_is_resolved_late_is_closed_no_sooner_than_its_whole_window_after(people):
    """The outage ends between the two."""
    number = await brought(people, "central", "waiting_requester")
    assert await timers.run_due(at("10/12 11:59:59")) == 2
    assert (await row(number))["status"] == "resolved"


async def test_f27_who_answered_during_the_outage_is_not_closed(people):
    number = await brought(people, "central", "waiting_requester")
    await replies.reply(await cast.seen(number, people.ana), "Respondi.", by=people.ana, at=at("05/12 10:00"))
    assert await timers.run_due(YEARS) == 0
    assert (await row(number))["status"] == "open"


async def test_f27_nothing_is_dated_before_what_happened_meanwhile(people):
    """A note written after the silence was over, and before any worker noticed."""
    number = await brought(people, "central", "waiting_requester")
    await replies.note(await cast.seen(number, people.bia), "Liguei.", by=people.bia, at=at("04/12 10:00"))
    await timers.run_due(at("04/12 11:00"))
    told_at = [each["at"] for each in await events_of(number)]
    assert told_at == sorted(told_at)
    assert (await row(number))["resolved_at"] == at("04/12 10:00")
    assert told((await row(number))["lapses_at"]) == "11/12 13:00"


@pytest.mark.parametrize("away", [timedelta(hours=-1), timedelta(days=-366)])
async def test_f28_a_clock_that_is_behind_rings_nothing_early(people, away):
    number = await brought(people, "central", "waiting_requester")
    assert await timers.run_due(at("30/11 12:00") + away) == 0
    assert (await row(number))["wakes_at"] == at("30/11 12:00")


async def test_f28_a_due_instant_follows_from_events_and_not_from_when_a_worker_looked(people):
    seen = []
    for looked in ("02/12 18:00", "03/12 4:00", "31/12 23:59"):
        number = await brought(people, "central", "waiting_requester")
        await timers.run_due(at(looked))
        seen.append((await row(number))["resolved_at"])
    assert seen == [at("02/12 18:00")] * 3


# An answer in time


@pytest.mark.parametrize("preset", ["expresso", "central", "guiche"])
async def test_rule_11_an_answer_ends_the_wait_and_its_timer_in_one_move(people, preset):
    number = await brought(people, preset, "waiting_requester")
    async with left_by_block(number) as left:
        await replies.reply(await cast.seen(number, people.ana), "É este.", by=people.ana, at=at("02/12 17:59"))
    assert [each["data"] for each in left.events] == [{"from": "waiting", "to": "open"}]
    kept = await row(number)
    assert (kept["wakes_at"], kept["lapses_at"], kept["lapses_to"]) == (None, None, None)
    assert await timers.run_due(at("02/12 18:00")) == 0


async def test_rule_11_an_answer_after_the_silence_was_over_reopens_what_was_resolved(people):
    number = await brought(people, "central", "waiting_requester")
    await timers.run_due(at("02/12 18:00"))
    await replies.reply(await cast.seen(number, people.ana), "É este.", by=people.ana, at=at("02/12 18:00"))
    assert (await kinds(number))[-2:] == ["solution", "reply"]
    assert (await row(number))["status"] == "open"


@pytest.mark.parametrize("_", range(5))
async def test_rule_11_f25_answer_and_silence_at_once_leave_both_in_the_history_or_the_answer_alone(people, _):
    number = await brought(people, "central", "waiting_requester")
    await timers.run_due(at("30/11 12:00"))
    sheet = await cast.seen(number, people.ana)
    loop = asyncio.get_running_loop()
    both = [
        replies.reply(sheet, "É este.", by=people.ana, at=at("02/12 18:00")),
        timers.run_due(at("02/12 18:00")),
    ]
    await asyncio.gather(*(loop.create_task(each, context=Context()) for each in both))
    assert (await row(number))["status"] == "open"
    assert (await kinds(number))[4:] in (["reply"], ["solution", "reply"])


# What is over


async def test_rule_12_a_closed_ticket_wakes_nobody(people):
    await hours.target("resolution", 1)
    for ends in ("closed", "resolved"):
        number = await brought(people, "expresso", ends)
        assert (await row(number))["wakes_at"] is None
        await replies.note(await cast.seen(number, people.bia), "Arquivado.", by=people.bia, at=NOW)
    assert await timers.run_due(YEARS) == 0


async def test_rule_14_how_a_closed_tickets_time_was_judged_is_never_judged_again(people):
    await hours.target("resolution", 8)
    number = await brought(people, "aprovacao", "open")
    sheet = await cast.seen(number, people.bia)
    await resolution.solve(sheet, message=NewMessage("Pronto."), by=people.bia, at=at("23/11 12:00"))
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=at("24/11 9:00"))
    before = await row(number)
    assert (before["outcome"], before["solve_seconds"]) == ("on_time", 3 * 60 * 60)
    await promise(people, 1, at=at("24/11 9:00"))
    async with left_by_block(number) as left:
        await replies.note(await cast.seen(number, people.bia), "Arquivado.", by=people.bia, at=at("25/11 9:00"))
    assert left.row == {}
    assert derived(await row(number)) == derived(before)


async def test_rule_14_a_promise_made_later_does_not_judge_what_is_closed(people):
    number = await brought(people, "central", "closed")
    await hours.target("resolution", 1)
    await replies.note(await cast.seen(number, people.bia), "Arquivado.", by=people.bia, at=at("25/11 9:00"))
    kept = await row(number)
    assert (kept["outcome"], kept["solve_seconds"]) == (None, None)


async def test_rule_14_a_breach_stays_in_the_history_when_the_promise_is_made_longer(people):
    await hours.target("resolution", 2)
    number = await brought(people, "guiche", "open")
    await timers.run_due(at("23/11 12:00"))
    await promise(people, 40, at=at("23/11 13:00"))
    await replies.note(await cast.seen(number, people.bia), "Prazo novo.", by=people.bia, at=at("23/11 13:00"))
    assert [each["at"] for each in await events_of(number) if each["kind"] == "breach"] == [at("23/11 11:00")]
    assert told((await row(number))["solve_due"]) == "27/11 13:00"


# The cache


@pytest.mark.parametrize(
    "state", ["new", "open", "waiting_requester", "waiting_team", "waiting_until", "resolved", "closed"]
)
@pytest.mark.parametrize("preset", ["central", "avaliacao"])
async def test_rule_01_columns_that_were_lost_are_built_again_from_the_events(people, preset, state):
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    number = await brought(people, preset, state)
    before = derived(await row(number))
    await fetch(f"UPDATE ticket SET {', '.join(f'{name} = NULL' for name in before)} WHERE id = {{}}", number)
    await stored_deadlines.refresh(number)
    assert derived(await row(number)) == before
    life, of, _ = await stored_deadlines.load(number)
    assert asdict(deadlines_of(life, of)) == before


async def test_rule_04_only_a_public_message_of_the_desk_is_a_first_response(people):
    await hours.target("first_response", 4)
    number = await brought(people, "central", "open")
    due = (await row(number))["answer_due"]
    await replies.note(await cast.seen(number, people.bia), "Cliente novo.", by=people.bia, at=NOW)
    await replies.reply(await cast.seen(number, people.ana), "Alguma novidade?", by=people.ana, at=NOW)
    await waits.wait(await cast.seen(number, people.bia), Wait.TEAM, by=people.bia, at=NOW)
    assert (await row(number))["answer_due"] == due == at("23/11 13:00")
    await replies.reply(await cast.seen(number, people.bia), "Estamos vendo.", by=people.bia, at=at("23/11 10:30"))
    kept = await row(number)
    assert (kept["answer_due"], kept["answer_seconds"]) == (None, 90 * 60)


async def test_rule_04_what_time_says_is_no_response(people):
    await hours.target("first_response", 400)
    number = await brought(people, "central", "open")
    sheet = await cast.seen(number, people.bia)
    silently = {"change": Change(wait=Wait.REQUESTER), "data": {"wait": Wait.REQUESTER}}
    await transition.apply(WAIT, sheet, to=Status.WAITING, **silently, by=people.bia, at=NOW)
    await timers.run_due(at("30/11 12:00"))
    assert (await kinds(number))[-1] == "reminder"
    assert (await row(number))["answer_seconds"] is None


async def test_rule_04_a_robots_message_is_one(people):
    robot = await actors.of_person(await accounts.create("Robô", [], role=Role.AGENT, is_robot=True, at=NOW))
    await hours.target("first_response", 4)
    number = await brought(people, "central", "new")
    await replies.reply(await cast.seen(number, robot), "Recebido.", by=robot, at=at("23/11 9:20"))
    assert (await row(number))["answer_seconds"] == 20 * 60


async def test_rule_04_an_agent_who_asks_does_not_answer_themselves(people):
    await hours.target("first_response", 4)
    number = await cast.ticket(people.bia)
    await replies.reply(await cast.seen(number, people.bia), "Mais um detalhe.", by=people.bia, at=NOW)
    assert (await row(number))["answer_due"] == at("23/11 13:00")


# Other terms


async def test_rule_06_a_new_priority_is_reckoned_from_the_start_and_told_with_both_deadlines(people):
    await hours.target("resolution", 8)
    await hours.target("resolution", 2, priority="urgent")
    number = await brought(people, "guiche", "open")
    sheet = await cast.seen(number, people.bia)
    async with left_by_block(number) as left:
        about = {"priority": Priority.URGENT, "category": sheet.category, "topic": sheet.topic}
        await classification.classify(sheet, **about, by=people.bia, at=at("23/11 10:00"))
    old, new = at("23/11 17:00"), at("23/11 11:00")
    assert left.events[1:] == [
        event(
            "deadline",
            SYSTEM,
            at("23/11 10:00"),
            audience="internal",
            why="classification",
            old={"solve_due": old.isoformat()},
            new={"solve_due": new.isoformat()},
        )
    ]
    kept = await row(number)
    assert (kept["solve_due"], kept["due_at"], kept["wakes_at"]) == (new, new, at("23/11 10:30"))


async def test_rule_06_f30_a_holiday_that_came_to_be_known_moves_open_tickets_and_says_why(people):
    await hours.target("resolution", 12)
    number, closed = await brought(people, "central", "open"), await brought(people, "central", "closed")
    holiday = ClosureInput("Aniversário da cidade", date(2026, 11, 24), date(2026, 11, 24))
    async with left_by_block(closed) as untouched, left_by_block(number) as left:
        await impact.apply_change(partial(settings.close, holiday, calendar=1), by=people.lia, at=NOW)
        await timers.run_due(NOW)
    old, new = at("24/11 12:00"), at("25/11 12:00")
    assert left.events == [
        event(
            "deadline",
            SYSTEM,
            NOW,
            audience="internal",
            why="calendar",
            old={"solve_due": old.isoformat()},
            new={"solve_due": new.isoformat()},
        )
    ]
    assert ((await row(number))["solve_due"], untouched.nothing) == (new, True)


async def test_rule_05_each_cycle_is_in_the_history_and_the_clock_goes_on(people):
    await hours.target("resolution", 8)
    number = await brought(people, "central", "open")
    for solved, reopened in (("23/11 11:00", "23/11 16:00"), ("24/11 10:00", "24/11 17:00")):
        await resolution.solve(await cast.seen(number, people.bia), by=people.bia, at=at(solved))
        await replies.reply(await cast.seen(number, people.ana), f"Não: {solved}", by=people.ana, at=at(reopened))
    life, _, _ = await stored_deadlines.load(number)
    # 2 h, then 2 h on the 23rd and 1 h on the 24th: 3 of 8 are left at 17h.
    assert (life.reopenings, told((await row(number))["solve_due"])) == (2, "25/11 11:00")


# A ticket that can't be dealt with


async def test_a_ticket_that_fails_is_tried_again_later_and_keeps_no_other_from_ringing(people, caplog):
    broken, other = await brought(people, "central", "waiting_requester"), await brought(people, "central", "resolved")
    await fetch("UPDATE event SET data = 'broken' WHERE ticket = {} AND kind = 'question'", broken)
    instant = at("30/11 12:00")
    with caplog.at_level(logging.ERROR, "guiche.timers"):
        assert await timers.run_due(instant) == 1
    assert caplog.messages == [f"ticket {broken} could not be woken"]
    assert (await row(other))["status"] == "closed"
    assert (await row(broken))["wakes_at"] == instant + timedelta(minutes=10)


async def test_time_alone_rings(people):
    number = await brought(people, "central", "resolved")
    for move in (REMINDER, DUE_SOON, BREACH):
        life = await cast.seen(number, people.bia)
        assert not move.is_open(life, people.bia)
        with pytest.raises(NotFromHere):
            move.check(life, SYSTEM)


# An idle worker


async def test_an_idle_worker_asks_one_question_that_an_index_answers(people):
    await brought(people, "central", "waiting_requester")
    with statements() as made:
        assert await timers.run_due(NOW) == 0
    (asked,) = made
    assert asked == "SELECT id FROM ticket WHERE wakes_at <= $1 ORDER BY wakes_at LIMIT 400"


def derived(of: dict) -> dict:
    return {name: of[name] for name in Deadlines.__dataclass_fields__}

"""Generated tickets are like those that the moves leave, and as varied as those of a busy desk.

`GUICHE_TEST_TICKETS=100000` looks at so many instead of 2,000.
"""

import json
import os
import re
from collections import Counter
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.demo.replay import untrue_columns
from tests.emptying import empty
from tests.presets import started_under
from web.clock import now, set_now
from web.database import fetch
from web.demo.generator import bulk
from web.demo.generator.ticket_generator import QUIET
from web.errors import BadSetting
from web.people import accounts
from web.settings import PRESETS
from web.tickets.actions.timers import run_due
from web.tickets.life.moves import MOVES
from web.tickets.life.states import Status

pytestmark = pytest.mark.anyio
SAME = pytest.mark.anywhere
"""What is invented is the same over either database, which the others show to take it."""

TICKETS = int(os.environ.get("GUICHE_TEST_TICKETS", "2000"))
ENDS = re.compile(r"[.!?](?=\s|$)")


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    set_now(NOW)


async def generated(tickets: int, *, overdue: int = 0) -> None:
    await bulk.invent(tickets=tickets, organizations=3, people=12, messages=4, seed=1, overdue=overdue)


async def test_the_columns_of_generated_tickets_are_what_their_events_say(database):
    """The database has checked each row by itself as it came in."""
    await generated(TICKETS)
    assert await untrue_columns() == []
    rows = await fetch("SELECT status, count(*) AS many FROM ticket GROUP BY status")
    assert ({row["status"] for row in rows}, sum(row["many"] for row in rows)) == (set(Status), TICKETS)


@SAME
@pytest.mark.parametrize("preset", [each for each in PRESETS if each != "guiche"])
async def test_so_are_those_of_every_other_preset(database, preset):
    with started_under(preset):
        await generated(120)
    assert await untrue_columns() == []


@SAME
@pytest.mark.parametrize("preset", PRESETS)
async def test_every_event_is_a_move_from_where_the_ticket_stood(database, preset):
    with started_under(preset):
        await generated(200)
    arrows = {
        (move.noun, source, target) for move in MOVES for source in move.sources for target in move.targets or {source}
    }
    stands: dict[int, str] = {}
    wrong = []
    for row in await fetch("SELECT ticket, kind, data FROM event WHERE kind <> 'draft' ORDER BY ticket, id"):
        told = json.loads(row["data"])
        source = stands.get(row["ticket"], "draft")
        target = stands[row["ticket"]] = told.get("to", source)
        if told.get("from", source) != source or (row["kind"], source, target) not in arrows:
            wrong.append((row, source, target))
    assert wrong == []


@SAME
async def test_takes_name_their_assignee_and_waits_what_they_wait_for(database):
    await generated(400)
    rows = await fetch(
        "SELECT kind, actor, ticket, data FROM event WHERE kind IN ('take', 'question', 'wait', 'split')"
    )
    told = [(row, json.loads(row["data"])) for row in rows]
    assert {told["assignee"] == row["actor"] for row, told in told if row["kind"] == "take"} == {True}
    assert {told["wait"] for row, told in told if row["kind"] == "question"} == {"requester"}
    handed = {(told["ticket"], row["ticket"]) for row, told in told if told.get("wait") == "team"}
    split = {(part, row["ticket"]) for row, told in told if row["kind"] == "split" for part in told["parts"]}
    links = await fetch("SELECT ticket, other, kind FROM link")
    assert handed == {(row["ticket"], row["other"]) for row in links if row["kind"] == "team"} != set()
    assert split == {(row["ticket"], row["other"]) for row in links if row["kind"] == "split"}


@SAME
async def test_a_quarter_is_open_a_tenth_waits_and_the_rest_is_over(database):
    await generated(1500)
    shares = Counter()
    for row in await fetch("SELECT status, count(*) AS many FROM ticket GROUP BY status"):
        shares[GROUPS[row["status"]]] += row["many"] / 15
    assert shares["open"] == pytest.approx(25, abs=3)
    assert shares["waiting"] == pytest.approx(10, abs=3)
    assert shares["over"] == pytest.approx(65, abs=3)


GROUPS = {
    **dict.fromkeys(("draft", "approval", "new", "open"), "open"),
    "waiting": "waiting",
    **dict.fromkeys(("resolved", "closed"), "over"),
}


@SAME
async def test_most_deadlines_were_met_and_some_were_not(database):
    await generated(1000)
    rows = await fetch("SELECT outcome, count(*) AS many FROM ticket WHERE outcome IS NOT NULL GROUP BY outcome")
    judged = {row["outcome"]: row["many"] for row in rows}
    assert 0.05 < judged["late"] / (judged["late"] + judged["on_time"]) < 0.25
    (open_work,) = await fetch(
        "SELECT count(*) AS many, count(CASE WHEN due_at < {} THEN 1 END) AS late FROM ticket "
        "WHERE status IN ('new', 'open')",
        NOW,
    )
    assert 0.03 < open_work["late"] / open_work["many"] < 0.3


@SAME
@pytest.mark.parametrize("preset", PRESETS)
async def test_nothing_falls_due_for_an_hour(database, preset):
    with started_under(preset):
        await generated(400)
    assert await fetch("SELECT id FROM ticket WHERE wakes_at <= {}", NOW + QUIET) == []
    assert await fetch("SELECT id FROM event WHERE at > {}", NOW) == []


@pytest.mark.parametrize("preset", PRESETS)
async def test_as_many_are_left_due_as_were_asked_for(database, preset):
    with started_under(preset):
        await generated(300, overdue=40)
        due = "SELECT id FROM ticket WHERE wakes_at <= {}"
        assert len(await fetch(due, NOW)) == 40
        assert await run_due(NOW) >= 40
        assert await fetch(due, NOW) == []


@SAME
async def test_messages_have_two_to_five_sentences(database):
    await generated(200)
    bodies = [
        row["body"]
        for row in await fetch(
            "SELECT message.body FROM message JOIN event ON event.message = message.id WHERE event.kind <> 'release'"
        )
    ]
    assert {len(ENDS.findall(body)) for body in bodies} == {2, 3, 4, 5}
    assert [body for body in bodies if "{" in body] == []


@SAME
async def test_events_follow_one_another_in_office_hours(database):
    await generated(200)
    rows = await fetch("SELECT ticket, at FROM event WHERE actor <> 1 ORDER BY ticket, id")
    by_ticket = {
        number: [row["at"] for row in rows if row["ticket"] == number] for number in {row["ticket"] for row in rows}
    }
    assert [number for number, instants in by_ticket.items() if instants != sorted(instants)] == []
    local = [row["at"] - timedelta(hours=3) for row in rows]
    assert {at.weekday() < 5 and 9 <= at.hour + at.minute / 60 <= 18 for at in local} == {True}


async def test_the_same_seed_generates_the_same_tickets(database):
    lives = []
    for _ in range(2):
        await empty()
        await bulk.invent(tickets=40, organizations=2, people=8, messages=3, seed=7)
        lives.append(await fetch("SELECT title, status, priority, updated_at FROM ticket ORDER BY id"))
        lives.append(await fetch("SELECT body, at FROM message ORDER BY id"))
    assert len(lives[0]) == 40
    assert lives[:2] == lives[2:]


async def test_generated_tickets_are_not_added_to_a_database_that_is_somebodys(database):
    await accounts.create("Marta Lopes", ["marta@escola.example"], at=now())
    with pytest.raises(BadSetting):
        await generated(10)
    assert await fetch("SELECT id FROM ticket") == []

"""Two agents and a requester on one ticket, in hundreds of orders: no update is lost (f24)."""

import asyncio
import json
import random
from contextvars import Context
from dataclasses import dataclass, field

import pytest

from tests import cast
from tests.cast import NOW
from web.database import fetch
from web.demo.cast import Cast
from web.errors import Invalid, NotFromHere, Overtaken
from web.people.permissions import Actor
from web.tickets.actions import assignment, merges, replies, resolution, waits
from web.tickets.actions.properties import classification
from web.tickets.life.states import Priority, Resolution, Wait
from web.tickets.record.events import MoveResult
from web.tickets.record.locking import unless_overtaken
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails

pytestmark = pytest.mark.anyio

ROUNDS, INTERLEAVINGS = 25, 20


@dataclass
class Screen:
    """What somebody has before them: the ticket, and the last event they saw."""

    who: Actor
    sheet: TicketDetails
    last: int


@dataclass
class Ledger:
    """What the ticket acknowledged, and whom it refused."""

    said: list[str] = field(default_factory=list)
    made: list[int] = field(default_factory=list)
    refused: int = 0


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_f24_two_agents_and_a_requester_lose_no_update(database, seed):
    chance = random.Random(seed)
    people = await cast.enrol()
    other = await cast.ticket(people.ana, "Outro")
    number = await cast.ticket(people.ana)
    ledger = Ledger()
    for step in range(INTERLEAVINGS):
        screens = [await _looks(who, number) for who in (people.bia, people.davi, people.ana)]
        chance.shuffle(screens)
        tasks = [
            asyncio.create_task(
                _acts(screen, f"{seed}-{step}-{place}", other, chance.random(), ledger), context=Context()
            )
            for place, screen in enumerate(screens)
        ]
        await asyncio.gather(*tasks)
    await _nothing_is_lost(number, ledger, people)


async def _acts(screen: Screen, words: str, other: int, dice: float, ledger: Ledger) -> None:
    """One move of somebody who may look at an old page; refused, they look again and say it once more."""
    try:
        made = await _move(screen, words, other, dice)
    except (Overtaken, NotFromHere, Invalid):
        ledger.refused += 1
        return
    ledger.made.append(made.event)
    rows = await fetch(
        "SELECT message.body FROM event JOIN message ON message.id = event.message WHERE event.id = {}", made.event
    )
    ledger.said += [row["body"] for row in rows]


async def _move(screen: Screen, words: str, other: int, dice: float) -> MoveResult:
    by, sheet = screen.who, screen.sheet
    if not by.is_agent:
        return await replies.reply(sheet, words, by=by, at=NOW, key=f"key-{words}")
    turn = {"by": by, "at": NOW, "key": f"key-{words}"}
    moves = (
        lambda: replies.reply(sheet, words, **turn),
        lambda: replies.note(sheet, words, **turn),
        lambda: assignment.take(sheet, **turn),
        lambda: assignment.assign(sheet, team=None, person=by.id, **turn),
        lambda: classification.classify(
            sheet, priority=Priority.HIGH, category=sheet.category, topic=sheet.topic, **turn
        ),
        lambda: waits.ask(sheet, words, **turn),
        lambda: waits.resume(sheet, **turn),
        lambda: resolution.resolve(sheet, Resolution.COMMUNICATED, message=NewMessage(words), **turn),
        lambda: merges.merge(sheet, other, **turn),
        lambda: merges.unmerge(sheet, **turn),
        lambda: waits.wait(sheet, Wait.REQUESTER, days=2, **turn),
    )
    async with unless_overtaken(sheet, screen.last, by=by):
        return await moves[int(dice * len(moves))]()


async def _looks(who: Actor, number: int) -> Screen:
    rows = await fetch("SELECT max(id) AS id FROM event WHERE ticket = {}", number)
    return Screen(who, await cast.seen(number, who), rows[0]["id"])


async def _nothing_is_lost(number: int, ledger: Ledger, people: Cast) -> None:
    events = await fetch("SELECT id, kind, actor, data FROM event WHERE ticket = {} ORDER BY id", number)
    bodies = [row["body"] for row in await fetch("SELECT body FROM message WHERE ticket = {} ORDER BY id", number)]
    assert sorted(bodies[1:]) == sorted(ledger.said)
    assert set(ledger.made) <= {row["id"] for row in events}
    assert len(set(ledger.made)) == len(ledger.made) > 0
    status = "new"
    for row in events:
        data = json.loads(row["data"])
        if row["kind"] != "submission" and "from" in data:
            assert data["from"] == status, (row, status)
        status = data.get("to", status)
    (ticket,) = await fetch("SELECT status, wait, resolution FROM ticket WHERE id = {}", number)
    assert ticket["status"] == status
    assert (ticket["wait"] is not None) == (status == "waiting")
    assert (ticket["resolution"] is not None) == (status in ("resolved", "closed"))

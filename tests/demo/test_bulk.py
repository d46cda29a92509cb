"""Invented tickets are like those that the moves leave: their columns follow from their events."""

from dataclasses import asdict

import pytest

from tests.emptying import empty
from web.database import fetch
from web.demo import bulk
from web.tickets.life.states import Status
from web.tickets.sla import due_dates
from web.tickets.sla.deadlines import deadlines_of

pytestmark = pytest.mark.anyio


async def test_the_columns_of_invented_tickets_are_what_their_events_say(database):
    await bulk.invent(tickets=150, organizations=3, people=12, messages=4, seed=1)
    rows = await fetch("SELECT * FROM ticket WHERE status <> 'draft' ORDER BY id")
    wrong = []
    for row in rows:
        life, terms, _ = await due_dates.load(row["id"])
        told = {"status": life.now.status, "wait": life.now.wait, **asdict(deadlines_of(life, terms))}
        wrong += [(row["id"], name, row[name], value) for name, value in told.items() if row[name] != value]
    assert wrong == []
    assert {row["status"] for row in rows} >= {Status.OPEN, Status.WAITING, Status.CLOSED}


async def test_the_same_seed_invents_the_same_tickets(database):
    tales = []
    for _ in range(2):
        await empty()
        await bulk.invent(tickets=40, organizations=2, people=8, messages=3, seed=7)
        tales.append(await fetch("SELECT title, status, priority, updated_at FROM ticket ORDER BY id"))
    assert len(tales[0]) == 40
    assert tales[0] == tales[1]

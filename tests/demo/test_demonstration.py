"""The demonstration under every preset: complete, credible, and legal under its workflow."""

from dataclasses import asdict
from datetime import datetime

import pytest

from tests.cast import NOW
from tests.client import Browser, browser_of, portal
from tests.emptying import kept
from tests.pages.reading import filtered, titles
from tests.presets import started_under
from web.database import fetch, transaction
from web.demo import demonstration
from web.people import accounts
from web.settings import PRESETS
from web.tickets.life.states import state_of
from web.tickets.life.workflows import workflow
from web.tickets.sla import stored_deadlines
from web.tickets.sla.deadlines import deadlines_of

OVER_BOTH = ("guiche", "processo")
"""Presets that run on both databases. The others differ in words only, and the tests of the first start write them."""
EACH = [pytest.param(each, marks=[] if each in OVER_BOTH else [pytest.mark.anywhere]) for each in PRESETS]

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("preset", EACH)]

IN_AURORA = "organization = (SELECT id FROM organization WHERE name = 'Colégio Aurora')"


@pytest.fixture
async def ana(preset, database, storage):
    """Ana's browser in a demonstration that ends now."""
    with started_under(preset):
        await kept(f"demonstration of {preset}", written)
        person = await accounts.find("ana@aurora.example")
        yield await browser_of(person.id)


async def written() -> None:
    async with transaction():
        await demonstration.write(None, storage=portal().state.storage, end=NOW)


async def test_anas_organization_has_tickets_in_every_state_of_the_workflow(ana: Browser, preset):
    rows = await fetch(f"SELECT status, wait, assignee, workflow FROM ticket WHERE {IN_AURORA} OR status = 'draft'")
    assert {row["workflow"] for row in rows} == {preset}
    assert {state_of(row["status"], row["wait"], row["assignee"]) for row in rows} == set(workflow(preset).labels)
    assert len(rows) >= 10


async def test_ana_finds_tickets_under_every_word_of_the_status_filter(ana: Browser):
    page = await ana.get("/tickets")
    found = {
        status: [
            title
            for scope in ("Minhas solicitações", "Solicitações da organização")
            for title in titles(await filtered(ana, page, scope=scope, status=status))
        ]
        for status in page.options("status")
    }
    assert [status for status, under_it in found.items() if not under_it] == []


async def test_nothing_is_due_and_nothing_lies_ahead(ana: Browser):
    assert await fetch("SELECT id FROM ticket WHERE wakes_at <= {}", NOW) == []
    assert await fetch("SELECT id FROM event WHERE at > {}", NOW) == []
    assert await fetch("SELECT id FROM event WHERE announced_at IS NULL") == []


async def test_tickets_are_numbered_as_they_were_opened_and_told_in_the_order_of_time(ana: Browser):
    opened = [row["created_at"] for row in await fetch("SELECT created_at FROM ticket ORDER BY id")]
    assert opened == sorted(opened)
    by_ticket: dict[int, list[datetime]] = {}
    for row in await fetch("SELECT ticket, at FROM event ORDER BY id"):
        by_ticket.setdefault(row["ticket"], []).append(row["at"])
    assert [number for number, instants in by_ticket.items() if instants != sorted(instants)] == []


async def test_the_columns_of_its_tickets_are_what_their_events_say(ana: Browser):
    wrong = []
    for row in await fetch("SELECT * FROM ticket WHERE status NOT IN ('draft', 'closed')"):
        timeline, policy, _ = await stored_deadlines.load(row["id"])
        told = {"status": timeline.now.status, **asdict(deadlines_of(timeline, policy))}
        wrong += [(row["title"], name, row[name], value) for name, value in told.items() if row[name] != value]
    assert wrong == []


async def test_some_deadlines_were_met_and_some_were_not(ana: Browser):
    rows = await fetch(f"SELECT DISTINCT outcome FROM ticket WHERE outcome IS NOT NULL AND {IN_AURORA}")
    assert {row["outcome"] for row in rows} == {"on_time", "late"}


async def test_both_halves_of_a_telephone_call_stand_in_the_list(ana: Browser, preset):
    page = await filtered(ana, await ana.get("/tickets"), "tela notas branco")
    labels = workflow(preset).labels
    assert titles(page) == ["Tela de notas fica em branco"] * 2
    assert set(page.texts(".row .chip")) == {labels["new"], labels["resolved"]}

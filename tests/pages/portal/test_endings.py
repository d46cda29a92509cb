"""Tickets that ended without a solution, for requesters and agents."""

from dataclasses import replace
from functools import partial

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import chips
from tests.tickets.life.states import at
from tests.tickets.life.table import PRESETS
from tests.tickets.sla import hours
from web.database import fetch
from web.tickets.life.workflow_rules import input_of
from web.tickets.life.workflows import workflow
from web.tickets.settings import workflows
from web.tickets.sla import impact

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("preset", PRESETS)
async def test_what_its_author_cancelled_reads_cancelado_everywhere(database, storage, preset):
    people = await cast.enrol()
    wanted, (category, _) = input_of(workflow(preset), preset), await cast.subject()
    change = partial(workflows.save_workflow, replace(wanted, may_cancel=True), of=category)
    await impact.apply_change(change, by=people.lia, at=NOW)
    await workflows.renew()
    number = await cast.unsolved(people, "cancelled")
    other = await cast.ticket(people.rui, "Outro")
    rui, bia = await browser_of(people.rui), await browser_of(people.bia)
    assert (await rui.get(f"/tickets/{number}")).text(".head__sub .chip") == "Cancelado"
    assert chips(await rui.get("/tickets?scope=mine"))["Fim: cancelled"] == "Cancelado"
    assert (await bia.get(f"/desk/tickets/{number}")).text(".head__sub .chip") == "Cancelado"
    listed = await bia.get("/desk?view=all&status=closed")
    assert listed.texts(".line .chip") == ["Cancelado"]
    assert (await bia.get(f"/desk/tickets/{other}")).texts(".mini .quiet") == ["Cancelado"]


@pytest.mark.parametrize("ending", ["cancelled", "merged", "refused", "spam"])
async def test_nothing_promised_is_judged_and_what_was_answered_before_stays_answered(database, ending):
    people = await cast.enrol()
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    number = await cast.unsolved(people, ending, at=at("30/11 9:00"))
    (kept,) = await fetch(
        "SELECT outcome, answer_seconds, solve_seconds, answer_due, solve_due, due_at, wakes_at FROM ticket "
        "WHERE id = {}",
        number,
    )
    assert set(kept.values()) == {None}


async def test_a_ticket_taken_out_of_a_merge_is_judged_again(database):
    people = await cast.enrol()
    await hours.target("resolution", 8)
    number = await cast.unsolved(people, "merged", at=at("23/11 10:00"))
    bia = await browser_of(people.bia, at=at("23/11 11:00"))
    page = await bia.get(f"/desk/tickets/{number}")
    page = await bia.send(page, f"/desk/tickets/{number}/unmerge")
    assert page.text(".line__due") == "vence ter., 24/11, 9h"

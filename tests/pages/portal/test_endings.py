"""Tickets that ended without a solution, for requesters and agents."""

import pytest

from tests import cast, lead_settings
from tests.client import browser_of
from tests.pages.reading import chips
from tests.tickets.life.states import at
from tests.tickets.life.table import PRESETS
from tests.tickets.sla import hours
from web.database import fetch

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("preset", PRESETS)
async def test_what_its_author_cancelled_reads_cancelado_everywhere(database, storage, preset):
    people = await cast.enrol()
    await lead_settings.live_by("guiche")
    number = await cast.unsolved(people, "cancelled")
    other = await cast.ticket(people.rui, "Outro")
    await fetch("UPDATE ticket SET workflow = {}", preset)
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

"""What the portal "processo" promises of robots beside people (facts P)."""

import pytest

from tests import cast
from tests.api.robots import robot, team
from tests.client import browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import chips, events, said
from web.database import fetch
from web.tickets.actions import assignment

pytestmark = pytest.mark.anyio

TITLE = "Boletos com o valor errado"


async def test_p07_a_ticket_is_a_fazer_until_a_robot_picks_it(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    ana = await browser_of(people.ana)
    assert chips(await ana.get("/tickets?scope=mine")) == {TITLE: "A Fazer"}
    one = await robot("Robô de boletos")
    await one.post(f"/queues/{await team()}/claims")
    assert chips(await ana.get("/tickets?scope=mine")) == {TITLE: "Em andamento"}
    assert await fetch("SELECT assignee FROM ticket WHERE id = {}", number) == [{"assignee": one.actor.id}]


async def test_p07_a_ticket_is_a_fazer_until_a_person_picks_it(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=cast.NOW)
    ana = await browser_of(people.ana)
    assert chips(await ana.get("/tickets?scope=mine")) == {TITLE: "Em andamento"}
    assert (await (await robot()).post(f"/queues/{await team()}/claims")).status_code == 204


async def test_p10_what_a_robot_rejects_is_a_fazer_again_and_says_why_to_the_desk_alone(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    one = await robot("Robô de boletos")
    await one.post(f"/queues/{await team()}/claims")
    await one.post(f"/tickets/{number}/release", {"body": "O convênio não responde."})
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    assert chips(await ana.get("/tickets?scope=mine")) == {TITLE: "A Fazer"}
    opening = "Os boletos vieram com o valor de outubro."
    assert said(await ana.get(f"/tickets/{number}")) == [opening]
    assert said(await bia.get(f"/tickets/{number}")) == [opening, "O convênio não responde."]
    assert await events(number) == ["submission", "take", "release"]


async def test_p10_what_a_robot_rejects_waits_for_a_human(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    queue = await team()
    one, other = await robot("Um"), await robot("Outro")
    await one.post(f"/queues/{queue}/claims")
    await one.post(f"/tickets/{number}/release", {"body": "O convênio não responde."})
    for each in (one, other):
        assert (await each.post(f"/queues/{queue}/claims")).status_code == 204
        assert (await each.get(f"/queues/{queue}/tickets")).json() == {"tickets": [], "next": None}
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=cast.NOW)
    assert await fetch("SELECT status, assignee FROM ticket") == [{"status": "open", "assignee": people.bia.id}]

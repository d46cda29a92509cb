"""Queues by the API: what a robot reads, and that each ticket is claimed once."""

import asyncio
from datetime import timedelta

import pytest

from tests import cast
from tests.api.robots import problem, robot, team
from tests.cast import NOW
from tests.lead_settings import confide
from tests.pages.reading import events, many_like
from web.database import fetch, fetch_column
from web.tickets.actions import replies

pytestmark = pytest.mark.anyio

ROW = {
    "title": "Boletos com o valor errado",
    "status": "new",
    "wait": None,
    "wait_until": None,
    "priority": "normal",
    "category": "Cobrança",
    "organization": "Colégio Aurora",
    "requester": "Ana Prado",
    "created_at": "2026-11-23T12:00:00Z",
    "updated_at": "2026-11-23T12:00:00Z",
}


async def test_a_robot_sees_the_queues_but_not_the_confidential_one(database, storage):
    await cast.enrol()
    rows = (await (await robot()).get("/queues")).json()["queues"]
    assert [(row["name"], row["tier"]) for row in rows] == [("Atendimento", 1), ("Financeiro", 1), ("Integrações", 2)]
    first = rows[0]
    assert first == {
        "id": first["id"],
        "name": "Atendimento",
        "tier": 1,
        "tickets": f"/api/v1/queues/{first['id']}/tickets",
        "claims": f"/api/v1/queues/{first['id']}/claims",
    }


async def test_a_robot_sees_what_waits_in_a_queue(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    answer = await (await robot()).get(f"/queues/{await team()}/tickets")
    assert answer.json() == {
        "tickets": [{"number": number, **ROW, "address": f"/api/v1/tickets/{number}"}],
        "next": None,
    }


async def test_a_queue_shows_the_most_pressing_first_and_of_those_the_oldest(database, storage):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, each) for each in ("Um", "Dois", "Três", "Quatro")]
    for number, priority in zip(numbers, ("low", "urgent", "normal", "urgent"), strict=True):
        await cast.set_priority(number, priority, by=people.bia)
    rows = (await (await robot()).get(f"/queues/{await team()}/tickets")).json()["tickets"]
    assert [row["title"] for row in rows] == ["Dois", "Quatro", "Três", "Um"]


async def test_a_queue_is_paged_from_one_address_to_the_next(database, storage):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana), 109)
    first, *rest = await fetch_column(int, "SELECT id FROM ticket ORDER BY id DESC")
    await cast.set_priority(first, "high", by=people.bia)
    queue = [first, *reversed(rest)]
    one = await robot()
    path: str | None = f"/queues/{await team()}/tickets"
    pages = []
    while path is not None:
        page = (await one.get(path.removeprefix("/api/v1"))).json()
        pages.append([row["number"] for row in page["tickets"]])
        path = page["next"]
    assert pages == [queue[:50], queue[50:100], queue[100:]]


@pytest.mark.parametrize("after", ["1", "x-1", "1-", "12-3", "1-1; DROP", "-1-1"])
async def test_an_address_of_a_page_that_we_did_not_give_is_refused(database, storage, after):
    await cast.enrol()
    one = await robot()
    for path in (f"/queues/{await team()}/tickets", "/tickets"):
        assert problem(await one.get(f"{path}?after={after}")) == (422, "invalid", {"after": "malformed"})


async def test_a_robot_claims_the_next_ticket_and_holds_it(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    one = await robot()
    answer = await one.post(f"/queues/{await team()}/claims")
    (event,) = await fetch("SELECT id, actor FROM event WHERE kind = 'take'")
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/tickets/{number}"
    assert answer.json() == {
        "id": event["id"],
        "ticket": number,
        "kind": "take",
        "at": answer.json()["at"],
        "actor": {"id": one.actor.id, "name": "Robô de boletos"},
        "is_ours": True,
        "team": None,
        "is_note": False,
        "is_resolution": False,
        "body": None,
        "files": [],
        "details": {"from": "new", "to": "open"},
    }
    (row,) = await fetch("SELECT status, assignee FROM ticket")
    assert (row, event["actor"]) == ({"status": "open", "assignee": one.actor.id}, one.actor.id)
    assert [row["number"] for row in (await one.get("/tickets")).json()["tickets"]] == [number]
    assert (await one.get(f"/queues/{await team()}/tickets")).json()["tickets"] == []


async def test_a_robot_finds_nothing_to_claim_in_an_empty_queue(database, storage):
    await cast.enrol()
    answer = await (await robot()).post(f"/queues/{await team()}/claims")
    assert (answer.status_code, answer.content) == (204, b"")


async def test_a_robot_claims_nothing_that_somebody_holds_or_that_is_over(database, storage):
    people = await cast.enrol()
    for state in ("open", "waiting_until", "resolved", "closed"):
        await cast.brought_to(await cast.ticket(people.ana, state), state, by=people.bia, asker=people.ana)
    assert (await (await robot()).post(f"/queues/{await team()}/claims")).status_code == 204


@pytest.mark.parametrize("path", ["/queues/{}/tickets", "/queues/{}/claims"])
async def test_a_queue_that_the_robot_may_not_see_is_as_if_it_did_not_exist(database, storage, path):
    people = await cast.enrol()
    await confide("Financeiro", by=people.lia)
    one = await robot()
    ask = one.post if path.endswith("claims") else one.get
    hidden, absent = await ask(path.format(await team())), await ask(path.format(999999))
    assert problem(hidden) == (404, "not_found", {})
    assert hidden.text == absent.text


async def test_what_a_robot_waits_for_comes_back_to_its_own_list(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    one = await robot()
    await one.post(f"/queues/{await team()}/claims")
    await one.post(f"/tickets/{number}/questions", {"body": "Qual é o CNPJ da nota?"})
    assert [(row["status"], row["wait"]) for row in (await one.get("/tickets")).json()["tickets"]] == [
        ("waiting", "requester")
    ]
    await replies.reply(
        await cast.seen(number, people.ana), "11.222.333/0001-81", by=people.ana, at=NOW + timedelta(hours=1)
    )
    assert [(row["status"], row["wait"]) for row in (await one.get("/tickets")).json()["tickets"]] == [("open", None)]


@pytest.mark.parametrize("tickets", [24, 5])
async def test_eight_robots_race_for_a_queue_and_each_ticket_goes_to_one(database, storage, tickets):
    people = await cast.enrol()
    numbers = {await cast.ticket(people.ana, f"Ticket {each}") for each in range(tickets)}
    robots = [await robot(f"Robô {each}") for each in range(8)]
    queue = await team()

    async def work(one):
        mine = []
        while (answer := await one.post(f"/queues/{queue}/claims")).status_code == 201:
            mine.append(answer.json()["ticket"])
        assert answer.status_code == 204
        return mine

    claimed = await asyncio.gather(*map(work, robots))
    assert sorted(number for mine in claimed for number in mine) == sorted(numbers)
    held = {row["id"]: row["assignee"] for row in await fetch("SELECT id, assignee FROM ticket")}
    assert held == {number: one.actor.id for one, mine in zip(robots, claimed, strict=True) for number in mine}
    assert {number: await events(number) for number in numbers} == {each: ["submission", "take"] for each in numbers}


async def test_one_claim_sent_many_times_takes_one_ticket(database, storage):
    people = await cast.enrol()
    for each in range(5):
        await cast.ticket(people.ana, f"Ticket {each}")
    one, queue = await robot(), await team()
    answers = await asyncio.gather(
        *(one.post(f"/queues/{queue}/claims", idempotency_key="turno-1-ticket-1") for _ in range(20))
    )
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert answers[0].status_code == 201
    assert await fetch("SELECT count(*) AS n FROM ticket WHERE assignee IS NOT NULL") == [{"n": 1}]

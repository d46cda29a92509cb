"""New tickets by the API: requester, category, fields, and refusals."""

import pytest

from tests import cast
from tests.api.robots import problem, robot
from tests.tickets.fields.factories import field
from web.tickets.fields.field import Asks
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def test_a_robot_finds_the_categories_with_their_topics_and_fields():
    people = await cast.enrol()
    store = await field(people.lia, "Loja", Kind.CHOICE, options=("Norte", "Sul"), agent_submission=Asks.REQUIRED)
    about, topic = await cast.subject()
    found = {each["name"]: each for each in (await (await robot()).get("/categories")).json()["categories"]}
    assert found["Cobrança"]["id"] == about
    assert {"id": topic, "name": "Boletos"} in found["Cobrança"]["topics"]
    assert found["Cobrança"]["fields"] == [
        {
            "id": store.id,
            "label": "Loja",
            "help": "",
            "kind": "choice",
            "options": ["Norte", "Sul"],
            "topic": None,
            "is_required": True,
        }
    ]


async def test_a_robot_opens_a_ticket_for_somebody_once():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido", agent_submission=Asks.REQUIRED)
    about, topic = await cast.subject()
    one = await robot()
    wanted = {
        "title": "Boleto  de novembro",
        "description": "Veio em dobro.",
        "category": about,
        "topic": topic,
        "requester": "ana@aurora.example",
        "priority": "high",
        "fields": {str(order.id): ["PED-1"]},
    }
    opened = await one.post("/tickets", wanted, Idempotency_Key="erp-2026-0001")
    assert (opened.status_code, opened.json()["kind"]) == (201, "submission")
    again = await one.post("/tickets", wanted, Idempotency_Key="erp-2026-0001")
    assert (again.status_code, again.json()) == (201, opened.json())
    other = await one.post("/tickets", wanted | {"title": "Outro"}, Idempotency_Key="erp-2026-0001")
    assert problem(other) == (422, "invalid", {"Idempotency-Key": "in_use"})
    ticket = (await one.get(opened.headers["location"].removeprefix("/api/v1"))).json()
    told = ("title", "status", "priority", "channel", "category", "topic", "organization")
    assert [ticket[name] for name in told] == [
        *("Boleto de novembro", "new", "high", "api", "Cobrança", "Boletos", "Colégio Aurora")
    ]
    assert ticket["requester"]["name"] == "Ana Prado"
    assert [each["values"] for each in ticket["fields"].values()] == [["PED-1"]]
    assert [(each["actor"]["name"], each["body"]) for each in ticket["conversation"]] == [
        ("Robô de boletos", "Veio em dobro.")
    ]


async def test_a_robot_asks_for_itself_where_it_names_nobody():
    await cast.enrol()
    about, _ = await cast.subject()
    one = await robot()
    opened = await one.post("/tickets", {"title": "Disco cheio", "description": "95%", "category": about})
    found = (await one.get(opened.headers["location"].removeprefix("/api/v1"))).json()
    assert (found["requester"]["name"], found["organization"]) == ("Robô de boletos", None)


async def test_a_ticket_is_refused_with_what_is_wrong_in_it():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido", agent_submission=Asks.REQUIRED)
    about, _ = await cast.subject()
    one = await robot()
    whole = {"title": "Boleto", "description": "Veio em dobro.", "category": about, "fields": {str(order.id): ["1"]}}

    async def wrong(**changed):
        return problem(await one.post("/tickets", whole | changed))[2]

    assert await wrong(title=" ", fields={}) == {"title": "missing", order.name: "missing"}
    assert await wrong(category=2**31 - 1) == {"category": "unknown"}
    assert await wrong(topic=999) == {"topic": "not_of_category"}
    assert await wrong(requester="ninguem@lugar.example") == {"requester": "unknown_person"}
    assert await wrong(organization="12ABC34501DE35") == {"organization": "not_a_member"}
    assert await wrong(files=[999]) == {"files": "not_yours"}
    assert await wrong(fields={"999": ["x"]}) == {"fields.999": "unknown"}
    assert await wrong(status="closed") == {"status": "unknown"}
    assert (await one.get("/tickets")).json()["tickets"] == []

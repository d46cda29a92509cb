"""Fields of categories as robots read and fill them."""

import pytest

from tests import cast
from tests.api.robots import problem, robot, team
from tests.pages.fields.test_desk import opened
from tests.tickets.fields.factories import field
from web.tickets.fields.field import Asks
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def test_a_robot_reads_fills_and_resolves_with_fields_and_is_refused_as_people_are():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido")
    cost = await field(people.lia, "Valor", Kind.MONEY, requester_submission=Asks.NO, agent_resolution=Asks.REQUIRED)
    number = await opened(people, {order: "PED-1"})
    one = await robot()
    await one.post(f"/queues/{await team()}/claims")
    at = f"/tickets/{number}"
    assert (await one.get(at)).json()["fields"] == {
        str(order.id): {"label": "Número do pedido", "kind": "text", "values": ["PED-1"]}
    }
    refused = await one.post(f"{at}/fields", {"fields": {str(cost.id): ["muito"]}})
    assert problem(refused) == (422, "invalid", {cost.name: "not_money"})
    assert problem(await one.post(f"{at}/fields", {"fields": {"999": ["x"]}}))[2] == {"fields.999": "unknown"}
    done = await one.post(f"{at}/fields", {"fields": {str(order.id): ["PED\u202e-2\x00"]}})
    assert (done.status_code, done.json()["kind"]) == (201, "fields")
    refused = await one.post(f"{at}/solution", {"body": "Pago."})
    assert problem(refused) == (422, "invalid", {cost.name: "missing_field"})
    done = await one.post(f"{at}/solution", {"body": "Pago.", "fields": {str(cost.id): ["30,5"]}})
    assert done.status_code == 201
    found = (await one.get(at)).json()["fields"]
    assert [each["values"] for each in found.values()] == [["PED-2"], ["30.50"]]

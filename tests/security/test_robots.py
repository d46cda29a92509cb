"""Attacks by robots: the rights matrix, fields, scopes, and what is stored of a key."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.api.robots import Robot, client, problem, robot
from tests.cast import NOW
from tests.security.routes import api_routes
from tests.security.world import PNG, UNKNOWN, WORDS, World, built, everything, leaks
from web.database import fetch
from web.people import keys
from web.people.permissions import Scope
from web.tickets.actions.ownership import departures

pytestmark = pytest.mark.anyio

WHO = ("nobody", "cookie", "gone", "reader", "writer", "both")
"""No key; an agent's browser; a disabled robot; keys to read, to write, and for both."""

BODIES: dict[str, dict[str, Any]] = {
    "replies": {"body": "Outra coisa"},
    "notes": {"body": "Outra coisa"},
    "questions": {"body": "Outra coisa"},
    "waits": {"wait": "requester", "days": 3},
    "solution": {"body": "Outra coisa"},
    "release": {"body": "Outra coisa"},
    "fields": {},
    "correction": {"requester": "rui@aurora.example"},
}

READ = "401 401 401 200 403 200"
SEEN = {
    #         nobody cookie gone reader writer both
    "ours": READ,
    "ruis": READ,
    "theirs": READ,
    "secret": "401 401 401 404 403 404",
    "draft": "401 401 401 404 403 404",
    "unknown": "401 401 401 404 403 404",
}
DONE = {
    "ours": "401 401 401 403 201 201",
    "secret": "401 401 401 403 404 404",
    "draft": "401 401 401 403 404 404",
    "unknown": "401 401 401 403 404 404",
}
ONCE = DONE | {"ours": "401 401 401 403 201 409"}
"""The second request finds the ticket in another state."""

MATRIX: dict[str, dict[str, str]] = {
    "GET /api/v1/queues": {"-": READ},
    "GET /api/v1/tickets": {"-": READ},
    "GET /api/v1/categories": {"-": READ},
    "POST /api/v1/tickets": {"-": "401 401 401 403 422 422"},
    "GET /api/v1/queues/{team:int}/tickets": {
        "Financeiro": READ,
        "Ouvidoria": "401 401 401 404 403 404",
        "unknown": "401 401 401 404 403 404",
    },
    "POST /api/v1/queues/{team:int}/claims": {
        "Financeiro": "401 401 401 403 201 201",
        "Ouvidoria": "401 401 401 403 404 404",
        "unknown": "401 401 401 403 404 404",
    },
    "GET /api/v1/tickets/{number:int}": SEEN,
    "POST /api/v1/tickets/{number:int}/replies": DONE,
    "POST /api/v1/tickets/{number:int}/notes": DONE,
    "POST /api/v1/tickets/{number:int}/questions": ONCE,
    "POST /api/v1/tickets/{number:int}/waits": ONCE,
    "POST /api/v1/tickets/{number:int}/solution": ONCE,
    "POST /api/v1/tickets/{number:int}/release": DONE,
    "POST /api/v1/tickets/{number:int}/fields": DONE | {"ours": "401 401 401 403 422 422"},
    "POST /api/v1/tickets/{number:int}/correction": DONE | {"ours": "401 401 401 403 201 422"},
    "POST /api/v1/attachments": {"-": "401 401 401 403 201 201"},
    "GET /api/v1/attachments/{number:int}": {
        **SEEN,
        "note": READ,
        "pending": "401 401 401 404 403 404",
    },
}


def test_a13_every_address_of_the_api_has_its_row():
    assert set(MATRIX) == set(api_routes()) - {
        "GET /api/v1/openapi.json",
        "GET /api/v1/openapi.json/openapi.json",
    }


@pytest.mark.parametrize("route", MATRIX)
async def test_a13_every_robot_gets_what_it_may_and_no_more(route, database, storage):
    world = await built()
    wanted = {thing: list(map(int, statuses.split())) for thing, statuses in MATRIX[route].items()}
    asking = [await _asking(who, world) for who in WHO]
    found = {}
    for thing in wanted:
        answers = [await _ask(each, route, await _path(route, thing, world)) for each in asking]
        found[thing] = [answer.status_code for answer in answers]
        for answer in answers:
            assert leaks(answer.text, to="davi") == [], (route, thing)
            if answer.status_code == 404:
                absent = await _ask(asking[-1], route, await _path(route, "unknown", world))
                assert answer.text == absent.text
            if answer.status_code == 200 and thing in WORDS:
                assert WORDS[thing] in answer.text
    assert found == wanted


async def test_a15_a_ticket_tells_these_fields_and_no_others(database, storage):
    world = await built()
    one = await robot()
    told = (await one.get(f"/tickets/{world.tickets['ours']}")).json()
    assert set(told) == {
        "number",
        "title",
        "status",
        "wait",
        "wait_until",
        "resolution",
        "priority",
        "channel",
        "category",
        "topic",
        "requester",
        "organization",
        "team",
        "assignee",
        "created_at",
        "submitted_at",
        "updated_at",
        "resolved_at",
        "closed_at",
        "conversation",
        "earlier",
        "fields",
    }
    fields = [
        "id",
        "ticket",
        "kind",
        "at",
        "actor",
        "is_ours",
        "team",
        "is_note",
        "is_resolution",
        "body",
        "files",
        "details",
    ]
    assert {frozenset(each) for each in told["conversation"]} == {frozenset([*fields, "details"])}
    assert set(told["requester"]) == set(told["team"]) == {"id", "name"}
    assert re.findall(r"[\w.]+@[\w.]+|\d{14}", json.dumps(told)) == [], "neither addresses nor CNPJ"
    row = (await one.get("/tickets")).json()
    assert set(row) == {"tickets", "next"}


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if route.startswith("POST")))
async def test_a23_a_field_that_is_not_asked_for_is_refused_and_changes_nothing(route, database, storage):
    world = await built()
    noun = route.rpartition("/")[2]
    if noun not in BODIES:
        return
    one = await robot()
    before = await everything()
    path = (await _path(route, "ours", world)).removeprefix("/api/v1")
    for name, value in {
        "author": world.ana.id,
        "by": world.ana.id,
        "at": "2020-01-01T00:00:00Z",
        "status": "closed",
        "priority": "urgent",
        "requester": world.caio.id,
        "is_internal": False,
        "organization": world.organizations["horizonte"],
        "assignee": world.bia.id,
    }.items():
        if name in ("requester", "organization") and noun == "correction":
            continue  # which it asks for
        answer = await one.post(path, {**BODIES[noun], name: value})
        assert problem(answer) == (422, "invalid", {name: "unknown"})
    assert _but_what_every_request_notes(await everything()) == _but_what_every_request_notes(before)


async def test_a26_a_key_to_read_writes_nothing(database, storage):
    world = await built()
    reader = await robot(scopes=[Scope.READ])
    before = await everything()
    for noun, body in BODIES.items():
        answer = await reader.post(f"/tickets/{world.tickets['ours']}/{noun}", body)
        assert problem(answer) == (403, "out_of_scope", {})
    assert problem(await reader.post("/tickets", {})) == (403, "out_of_scope", {})
    assert problem(await reader.send("/attachments?name=a.png", PNG)) == (403, "out_of_scope", {})
    assert _but_what_every_request_notes(await everything()) == _but_what_every_request_notes(before)


async def test_a26_a_robot_speaks_for_nobody_but_itself(database, storage):
    world = await built()
    one = await robot()
    headers = {"on_behalf_of": str(world.ana.id), "x_on_behalf_of": "ana@aurora.example", "x_user": "ana"}
    told = await one.post(f"/tickets/{world.tickets['ours']}/replies", {"body": "Oi"}, **headers, x_remote_user="bia")
    assert told.json()["actor"] == {"id": one.actor.id, "name": one.actor.name}
    assert await fetch("SELECT actor FROM event ORDER BY id DESC LIMIT 1") == [{"actor": one.actor.id}]
    assert await fetch("SELECT author FROM message ORDER BY id DESC LIMIT 1") == [{"author": one.actor.id}]


async def test_a26_the_key_of_a_disabled_robot_is_dead_at_the_next_request(database, storage):
    world = await built()
    one = await robot()
    path = f"/tickets/{world.tickets['ours']}"
    assert (await one.get(path)).status_code == 200
    await departures.deactivate(one.actor.id, at=NOW)
    assert problem(await one.get(path)) == (401, "key_unknown", {})
    assert problem(await one.post(f"{path}/notes", {"body": "Oi"})) == (401, "key_unknown", {})


async def test_a26_the_key_of_who_is_no_robot_any_more_is_dead(database, storage):
    await built()
    one = await robot()
    # no door leads here
    await fetch("UPDATE person SET is_robot = false WHERE id = {}", one.actor.id)
    assert problem(await one.get("/queues")) == (401, "key_unknown", {})


async def test_a33_a_thousand_keys_are_long_and_all_different(database, storage):
    await built()
    issued = [(await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW))[1] for _ in range(1000)]
    assert len(set(issued)) == 1000
    assert {len(key) for key in issued} == {len("guiche_") + 43}, "256 bits"


async def test_a33_what_the_database_keeps_of_a_key_opens_nothing(database, storage):
    await built()
    one = await robot()
    (row,) = await fetch("SELECT * FROM api_key")
    assert one.token not in str(await everything())
    for kept in (row["token_hash"], f"guiche_{row['token_hash']}", str(row["id"])):
        answer = await Robot(client({"Authorization": f"Bearer {kept}"})).get("/queues")
        assert problem(answer) == (401, "key_unknown", {})


@pytest.mark.parametrize(
    "odd", ["null", "%00", "*", "guiche_", "x" * 7000, "[]", "' OR 1=1 --", "é".encode().decode("latin-1")]
)
async def test_a32_an_odd_key_opens_nothing(odd, database, storage):
    await built()
    asking = client({"Authorization": f"Bearer {odd}".encode("latin-1")})
    assert problem(await Robot(asking).get("/queues")) == (401, "key_unknown", {})


async def test_a53_a_number_past_the_end_is_not_found(database, storage):
    await built()
    one = await robot()
    for number in (0, 2**31 - 1, 2**31, 2**63, 10**30):
        for route in api_routes():
            method, _, address = route.partition(" ")
            if ":int}" not in address:
                continue
            path = re.sub(r"\{\w+:int\}", str(number), address)
            answer = await _ask(one, f"{method} {address}", path)
            assert problem(answer) == (404, "not_found", {}), (route, number)


async def _asking(who: str, world: World) -> Robot:
    match who:
        case "nobody":
            return Robot(client())
        case "cookie":
            return Robot((await world.browser("bia")).client)
        case "gone":
            one = await robot("Robô desligado")
            assert one.actor is not None
            await departures.deactivate(one.actor.id, at=NOW)
            return one
        case "reader":
            return await robot(scopes=[Scope.READ])
        case "writer":
            return await robot(scopes=[Scope.WRITE])
    return await robot()


async def _path(route: str, thing: str, world: World) -> str:
    address = route.partition(" ")[2]
    if "{team:int}" in address:
        rows = await fetch("SELECT id FROM team WHERE name = {}", thing)
        return address.replace("{team:int}", str(rows[0]["id"] if rows else UNKNOWN))
    things = world.files if "attachments" in address else world.tickets
    return address.replace("{number:int}", str(things.get(thing, UNKNOWN)))


async def _ask(one: Robot, route: str, path: str) -> httpx.Response:
    if route.startswith("GET"):
        return await one.client.get(path)
    if path.endswith("/attachments"):
        return await one.client.post(path, params={"name": "foto.png"}, content=PNG)
    return await one.client.post(path, json=BODIES.get(path.rpartition("/")[2], {}))


def _but_what_every_request_notes(rows: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in rows.items() if name not in ("bucket", "api_key")}

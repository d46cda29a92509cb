"""Authentication of robots: keys, scopes, and the body of each refusal."""

from datetime import timedelta

import httpx
import pytest

from tests import cast
from tests.api.robots import Robot, client, problem, robot
from tests.cast import NOW
from tests.client import browser_of
from web.clock import set_now
from web.database import fetch
from web.people import keys
from web.people.permissions import Scope

pytestmark = pytest.mark.anyio


async def test_nobody_gets_in_without_a_key(database, storage):
    await cast.enrol()
    answer = await Robot(client()).get("/queues")
    assert problem(answer) == (401, "key_missing", {})
    assert answer.headers["www-authenticate"] == 'Bearer realm="Guiche"'


@pytest.mark.parametrize("shown", ["Bearer", "Bearer ", "Basic Ym90OmJvdA==", "guiche_abc"])
async def test_what_is_no_bearer_key_counts_as_none(database, storage, shown):
    await cast.enrol()
    assert problem(await Robot(client({"Authorization": shown})).get("/queues"))[:2] == (401, "key_missing")


async def test_a_key_nobody_gave_opens_nothing(database, storage):
    await cast.enrol()
    answer = await Robot(client({"Authorization": "Bearer guiche_inventada"})).get("/queues")
    assert problem(answer) == (401, "key_unknown", {})
    assert answer.headers["www-authenticate"] == 'Bearer realm="Guiche", error="invalid_token"'


async def test_a_revoked_key_opens_nothing_any_more(database, storage):
    await cast.enrol()
    one = await robot()
    assert (await one.get("/queues")).status_code == 200
    await keys.revoke(one.key, at=NOW)
    assert problem(await one.get("/queues")) == (401, "key_unknown", {})


async def test_a_key_is_over_when_its_days_are(database, storage):
    await cast.enrol()
    one = await robot(lasts=timedelta(days=30))
    assert (await one.get("/queues")).status_code == 200
    set_now(NOW + timedelta(days=31))
    assert problem(await one.get("/queues")) == (401, "key_unknown", {})


async def test_a_robot_keeps_working_with_its_new_key_while_the_old_one_is_revoked(database, storage):
    await cast.enrol()
    old, new = await robot(), await robot()
    assert (old.actor.id, old.token == new.token) == (new.actor.id, False)
    await keys.revoke(old.key, at=NOW)
    assert ((await old.get("/queues")).status_code, (await new.get("/queues")).status_code) == (401, 200)


async def test_the_use_of_a_key_is_noted(database, storage):
    await cast.enrol()
    one = await robot()
    assert await fetch("SELECT used_at FROM api_key") == [{"used_at": None}]
    await one.get("/queues")
    (row,) = await fetch("SELECT used_at FROM api_key")
    assert NOW <= row["used_at"] < NOW + timedelta(minutes=1)


async def test_a_cookie_counts_for_nothing_and_none_is_given(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    answer = await bia.client.get("/api/v1/queues")
    assert problem(answer) == (401, "key_missing", {})
    one = await robot()
    let_in = await bia.client.get("/api/v1/queues", headers={"Authorization": f"Bearer {one.token}"})
    assert (let_in.status_code, "set-cookie" in let_in.headers) == (200, False)
    assert await fetch("SELECT person FROM session") == [{"person": people.bia.id}]


async def test_a_key_opens_no_page(database, storage):
    await cast.enrol()
    one = await robot()
    answer = await one.client.get("/tickets")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Ftickets")


async def test_too_many_requests_are_told_how_long_to_wait(database, storage, still_clock):
    await cast.enrol()
    one, other = await robot(), await robot("Outro")
    *answers, refused = [await one.get("/queues") for _ in range(121)]
    assert {answer.status_code for answer in answers} == {200}
    assert problem(refused) == (429, "throttled", {})
    assert refused.headers["retry-after"] == "1"
    assert (await other.get("/queues")).status_code == 200


@pytest.mark.parametrize("path", ["/nada", "/tickets/1/nada", "/openapi.json/nada", "/openapi.json/openapi.json"])
async def test_an_address_that_does_not_exist_is_a_problem_too(database, storage, path):
    await cast.enrol()
    assert problem(await (await robot()).get(path)) == (404, "not_found", {})


async def test_a_method_that_an_address_does_not_take_is_told_with_those_it_does(database, storage):
    await cast.enrol()
    answer = await (await robot()).client.delete("/api/v1/queues")
    assert problem(answer) == (405, "wrong_method", {})
    assert set(answer.headers["allow"].split(", ")) == {"GET", "OPTIONS"}


async def test_options_asks_for_a_key_and_tells_nothing_of_what_exists(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    assert problem(await client().options("/api/v1/queues")) == (401, "key_missing", {})
    one = await robot()
    answers = [await one.client.options(f"/api/v1/tickets/{each}") for each in (number, 999999)]
    assert [(each.status_code, set(each.headers["allow"].split(", "))) for each in answers] == [
        (204, {"GET", "OPTIONS"})
    ] * 2


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_body_that_is_not_json_is_refused(database, storage, kind):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    answer = await (await robot()).send(f"/tickets/{number}/notes", b'{"body": "oi"}', content_type=kind)
    assert problem(answer) == (415, "unsupported", {})


@pytest.mark.parametrize("body", [b"{", b"nada", b'{"body": "oi"} e mais', b"\xff\xfe", b"[" * 100_000])
async def test_a_body_that_is_broken_json_is_refused(database, storage, body):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    answer = await (await robot()).send(f"/tickets/{number}/notes", body, content_type="application/json")
    assert problem(answer)[:2] == (400, "malformed")


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"oi"', b"5"])
async def test_a_body_that_is_no_object_is_refused(database, storage, body):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    answer = await (await robot()).send(f"/tickets/{number}/notes", body, content_type="application/json")
    assert problem(answer)[:2] == (422, "invalid")


async def test_a_body_past_a_megabyte_is_refused(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    answer = await (await robot()).post(f"/tickets/{number}/notes", {"body": "x" * 1_000_001})
    assert problem(answer) == (413, "too_large", {})


async def test_a_fault_of_ours_is_told_by_a_name_that_stands_in_the_log(database, storage, monkeypatch, caplog):
    await cast.enrol()
    one = await robot()
    await fetch("UPDATE api_key SET scopes = 'nada:nada'")
    answer = await one.get("/queues")
    assert problem(answer) == (500, "broken", {})
    assert answer.json()["instance"] in caplog.text


async def test_what_a_key_is_not_good_for_is_refused(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    writer = await robot(scopes=[Scope.WRITE])
    answer: httpx.Response = await writer.get(f"/tickets/{number}")
    assert problem(answer) == (403, "out_of_scope", {})
    assert answer.headers["www-authenticate"] == 'Bearer realm="Guiche", error="insufficient_scope"'

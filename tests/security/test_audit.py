"""The audit log: a line for each security event, whatever was typed, and no secret."""

import json
import logging
from typing import Any

import pytest

from tests.api.robots import robot
from tests.cast import NOW
from tests.client import Browser
from tests.security.world import UNKNOWN, World, built, cookie, link, token_of, without
from web.people import keys
from web.people.one_time_links import Purpose
from web.people.permissions import Role, Scope

pytestmark = pytest.mark.anyio

PASSWORD = "capivara lilás no telhado"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="guiche.audit")
    return caplog


@pytest.fixture
async def world(database: None, storage: object, log: pytest.LogCaptureFixture) -> World:
    made = await built(password=PASSWORD)
    log.clear()
    return made


def told(log: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The new entries of the audit log."""
    lines = [record.getMessage() for record in log.records if record.name == "guiche.audit"]
    log.clear()
    assert [line for line in lines if len(line.splitlines()) != 1] == []
    return [json.loads(line) for line in lines]


async def test_a_sign_in_and_a_failure_are_told(world: World, log: pytest.LogCaptureFixture) -> None:
    visitor = Browser()
    for name, password in (("ana@aurora.example", "não é esta"), ("x\r\ny", "nada"), ("ana@aurora.example", PASSWORD)):
        values = {"_token": await token_of(visitor), "identifier": name, "password": password}
        await visitor.post("/sign-in", values)
    assert told(log) == [
        {"event": "sign_in_failed", "person": world.ana.id, "network": "127.0.0.1"},
        {"event": "sign_in_failed", "person": None, "network": "127.0.0.1"},
        {"event": "sign_in", "person": world.ana.id, "network": "127.0.0.1"},
    ]


async def test_a_link_asked_for_and_used_is_told_and_never_shown(world: World, log: pytest.LogCaptureFixture) -> None:
    visitor = Browser()
    token = await token_of(visitor)
    await visitor.post("/sign-in/link", {"_token": token, "identifier": "ana@aurora.example"})
    path = await link("ana@aurora.example", Purpose.SIGN_IN, world.ana)
    await visitor.post(path, {"_token": token})
    assert told(log) == [
        {"event": "link_asked", "person": None, "purpose": "sign_in", "network": "127.0.0.1"},
        {"event": "link_used", "person": world.ana.id, "purpose": "sign_in"},
    ]


async def test_grants_and_their_end_are_told(world: World, log: pytest.LogCaptureFixture) -> None:
    ana = await world.browser("ana")
    action = f"/organization/members/{world.memberships['rui']}"
    values = {"_token": await token_of(ana), "sees": "organization", "approves": "1"}
    await ana.post(action, values)
    await ana.post(f"{action}/removal", values)
    about = {"person": world.ana.id, "to": world.rui.id}
    assert told(log) == [
        {"event": "grant", **about, "sees": "organization", "approves": True, "manages": False},
        {"event": "revocation", **about, "organization": world.organizations["aurora"]},
    ]


async def test_roles_and_keys_are_told_without_the_key(world: World, log: pytest.LogCaptureFixture) -> None:
    number, key = await keys.issue("Robô", name="Testes", scopes=[Scope.READ], lasts=None, at=NOW)
    await keys.revoke(number, at=NOW)
    said = told(log)
    assert [(line["event"], line.get("role")) for line in said] == [
        ("role", Role.AGENT),
        ("key_made", None),
        ("key_revoked", None),
    ]
    assert key not in json.dumps(said)


async def test_a_changed_setting_is_told_and_a_refused_one_is_not(world: World, log: pytest.LogCaptureFixture) -> None:
    lia = await world.browser("lia")
    page = await lia.get("/desk/settings/canned")
    await lia.send(page, "/desk/settings/canned", name="", body="")
    assert told(log) == []
    await lia.send(page, "/desk/settings/canned", name="Saudação", body="Olá!")
    assert told(log) == [
        {"event": "setting", "person": world.lia.id, "method": "POST", "path": "/desk/settings/canned"}
    ]


async def test_what_is_denied_is_told_of_people_and_robots(world: World, log: pytest.LogCaptureFixture) -> None:
    caio, one = await world.browser("caio"), await robot()
    told(log)
    hidden = world.tickets["secret"]
    for path in (f"/tickets/{hidden}", f"/tickets/{UNKNOWN}", "/desk"):
        await caio.get(path)
    await one.get(f"/tickets/{hidden}")
    assert one.actor is not None
    assert [(line["event"], line["person"], line["path"]) for line in told(log)] == [
        ("denied", world.caio.id, f"/tickets/{hidden}"),
        ("denied", world.caio.id, f"/tickets/{UNKNOWN}"),
        ("denied", world.caio.id, "/desk"),
        ("denied", one.actor.id, f"/api/v1/tickets/{hidden}"),
    ]


async def test_exports_and_downloads_by_agents_are_told_and_downloads_by_customers_are_not(
    world: World, log: pytest.LogCaptureFixture
) -> None:
    lia, ana = await world.browser("lia"), await world.browser("ana")
    await lia.client.get("/desk/reports/volume.csv")
    await lia.client.get("/desk/tickets.csv")
    await ana.client.get("/tickets.csv")
    await lia.client.get(world.attachment("ours"))
    await ana.client.get(world.attachment("ours"))
    assert [(line["event"], line["path"]) for line in told(log)] == [
        ("export", "/desk/reports/volume.csv"),
        ("export", "/desk/tickets.csv"),
        ("export", "/tickets.csv"),
        ("download", world.attachment("ours")),
    ]


async def test_a74_no_token_is_in_any_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Not of a link that is dead, nor where everything breaks."""
    caplog.set_level(logging.INFO)
    ana = await world.browser("ana")
    path = await link("ana@aurora.example", Purpose.PASSWORD, world.ana)
    form = await token_of(ana)
    await ana.get(f"{path}x")
    async with without("one_time_link"):
        assert (await ana.get(path)).status in (500, 503)
    values = {"_token": form, "current": "não é esta", "password": "três palavras", "again": "três palavras"}
    await ana.post("/account/password", values)
    secrets = [path.removeprefix("/claim/"), form, cookie(ana) or "", "não é esta", "três palavras"]
    ours = "\n".join(caplog.handler.format(each) for each in caplog.records if each.name.startswith("guiche"))
    assert ours.count("/claim/{token}") == 2
    assert [secret for secret in secrets if secret in ours] == []


async def test_a74_what_was_typed_stays_on_one_line(world: World, log: pytest.LogCaptureFixture) -> None:
    ana = await world.browser("ana")
    await ana.client.get(f"/attachments/{UNKNOWN}/a%0d%0aevil%1b[31m")
    (line,) = told(log)
    assert line["path"] == f"/attachments/{UNKNOWN}/a\r\nevil\x1b[31m"

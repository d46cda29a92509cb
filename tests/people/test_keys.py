"""API keys: their robot, scopes, expiry and revocation."""

import json
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.infrastructure.subprocesses import environment, run
from web.commands.runner import operator
from web.database import fetch
from web.errors import NotFound
from web.people import accounts, actors, keys
from web.people.directory import deactivation
from web.people.permissions import Key, Role, Scope
from web.settings_log.listing import LogFilter, changes
from web.settings_log.recording import Kind

pytestmark = pytest.mark.anyio


async def test_a_key_makes_a_robot_that_is_an_agent_and_signs_in_nowhere(database):
    number, token = await keys.issue("Robô", name="servidor 2", scopes=[Scope.READ], lasts=None, at=NOW)
    found = await actors.behind_key(token, NOW)
    assert found is not None
    robot, key = found
    assert (robot.name, robot.role, robot.is_robot) == ("Robô", Role.AGENT, True)
    assert key == Key(number, frozenset({Scope.READ}), None)
    assert await fetch("SELECT name, password FROM person WHERE id = {}", robot.id) == [
        {"name": "Robô", "password": None}
    ]
    assert await accounts.identities(robot.id) == []


async def test_a_second_key_is_of_the_same_robot(database):
    tokens = [(await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW))[1] for _ in range(2)]
    robots = [(await actors.behind_key(token, NOW))[0].id for token in tokens]
    assert robots[0] == robots[1]


async def test_a_key_is_good_to_its_last_second(database):
    _, token = await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=timedelta(days=1), at=NOW)
    assert await actors.behind_key(token, NOW + timedelta(days=1, seconds=-1)) is not None
    assert await actors.behind_key(token, NOW + timedelta(days=1)) is None


async def test_a_key_is_revoked_once(database):
    number, token = await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW)
    await keys.revoke(number, at=NOW)
    assert await actors.behind_key(token, NOW) is None
    for gone in (number, 999):
        with pytest.raises(NotFound):
            await keys.revoke(gone, at=NOW)


async def test_the_use_of_a_key_is_written_down_once_a_minute(database):
    _, token = await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW)
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        at = NOW + timedelta(seconds=seconds)
        _, key = await actors.behind_key(token, at)
        await keys.note_used(key, at=at)
        assert await fetch("SELECT used_at FROM api_key") == [{"used_at": NOW + timedelta(seconds=noted)}]


@pytest.mark.anywhere
def test_an_operator_makes_a_key_and_revokes_it(tmp_path):
    here = environment(tmp_path)
    assert run(["web", "migrate"], here) == (0, "", "")
    status, out, log = run(["web", "key", "Robô de boletos", "--scope", "tickets:read"], here)
    assert (status, out.startswith("1\tguiche_"), events(log)) == (0, True, ["role", "key_made"])
    status, out, log = run(["web", "revoke", "1"], here)
    assert (status, out, events(log)) == (0, "1\n", ["key_revoked"])
    said = "guichê: key: not_found: Não há nada com este nome ou número.\n"
    assert run(["web", "revoke", "1"], here) == (2, "", said)


def events(log: str) -> list[str]:
    """The events of the audit log."""
    return [json.loads(line.partition(" guiche.audit INFO ")[2])["event"] for line in log.splitlines()]


async def test_the_keys_of_a_robot_that_goes_are_in_the_log_of_settings(database):
    number, token = await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW)
    robot, _ = await actors.behind_key(token, NOW)
    await deactivation.deactivate(robot.id, by=operator(), at=NOW)
    told = [(each.kind, each.subject, each.name, each.after) for each in await changes(LogFilter(kind=Kind.KEY))]
    assert told[0] == ("key", number, "Robô", '{"is_revoked": true}')
    assert [each.revoked_by for each in await keys.listed(NOW)] == ["Guichê"]


async def test_several_keys_are_in_the_log_in_their_order_wherever_the_database_has_put_them(database):
    made = [await keys.issue("Robô", name="", scopes=[Scope.READ], lasts=None, at=NOW) for _ in range(3)]
    robot, first = await actors.behind_key(made[0][1], NOW)
    await keys.note_used(first, at=NOW)
    await deactivation.deactivate(robot.id, by=operator(), at=NOW)
    revoked = [each for each in await changes(LogFilter(kind=Kind.KEY)) if each.before]
    assert [each.subject for each in revoked] == [number for number, _ in made][::-1]

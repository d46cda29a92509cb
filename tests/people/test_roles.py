"""Roles and access: given by administrators, never to oneself, never taken from the last administrator."""

import asyncio

import pytest

from tests import cast
from tests.cast import NOW
from web.commands.runner import operator
from web.errors import Invalid, NotPermitted, Overtaken
from web.people import actors, sessions
from web.people.agents import roles as people_roles
from web.people.directory import deactivation
from web.people.permissions import Role
from web.settings_log.listing import LogFilter, changes, latest
from web.settings_log.recording import Kind
from web.tickets.settings import roles
from web.tickets.settings.roles import RoleInput

pytestmark = pytest.mark.anyio


async def session(person) -> str:
    return await sessions.start(person.id, network="10.0.0.1", browser="Firefox", at=NOW)


async def teams(person) -> dict[str, int]:
    return {each.name: each.id for each in await roles.choices(person.id, by=person)}


@pytest.mark.parametrize("role", [Role.REQUESTER, Role.LEAD, Role.ADMIN])
async def test_a30_a_new_role_ends_every_session(role, people):
    token = await session(people.davi)
    await people_roles.give_role(people.davi.id, role, by=people.admin, at=NOW)
    assert (await actors.of_person(people.davi.id)).role is role
    assert await actors.behind_session(token, NOW) is None


async def test_a70_roles_and_access_are_the_administrators_to_give_and_never_ones_own(people):
    for by in (people.ana, people.bia, people.lia):
        with pytest.raises(NotPermitted):
            await people_roles.give_role(people.rui.id, Role.ADMIN, by=by, at=NOW)
        with pytest.raises(NotPermitted):
            await roles.assign(people.rui.id, RoleInput(Role.ADMIN, frozenset()), by=by, at=NOW)
    for change in (
        people_roles.give_role(people.admin.id, Role.AGENT, by=people.admin, at=NOW),
        roles.assign(people.admin.id, RoleInput(Role.ADMIN, frozenset()), by=people.admin, at=NOW),
        deactivation.deactivate(people.admin.id, by=people.admin, at=NOW),
        deactivation.deactivate(people.davi.id, by=people.lia, at=NOW),
        deactivation.deactivate(people.ana.id, by=people.rui, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            await change
    assert (await actors.of_person(people.rui.id)).role is Role.REQUESTER


async def test_the_last_administrator_stays_and_can_go_once_there_is_another(people):
    for change in (
        deactivation.deactivate(people.admin.id, by=operator(), at=NOW),
        people_roles.give_role(people.admin.id, Role.LEAD, by=operator(), at=NOW),
    ):
        with pytest.raises(Invalid) as refused:
            await change
        assert refused.value.fields == {"role": "last_admin"}
    await people_roles.give_role(people.lia.id, Role.ADMIN, by=people.admin, at=NOW)
    lia = await cast.fresh(people.lia)
    await deactivation.deactivate(people.admin.id, by=lia, at=NOW)
    assert await actors.of_person(people.admin.id) is None


async def test_teams_are_given_and_taken_and_what_was_held_in_one_returns(people):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    known = await teams(people.bia)
    wanted = RoleInput(Role.LEAD, frozenset({known["Atendimento"], known["Integrações"]}))
    assert await roles.assign(people.bia.id, wanted, by=people.admin, at=NOW) == 1
    bia = await cast.fresh(people.bia)
    assert (bia.role, bia.teams) == (Role.LEAD, wanted.teams)
    assert (await cast.seen(number, people.lia)).assignee is None
    told = [(each.kind, each.name) for each in await changes(LogFilter())]
    assert told == [
        ("person", "Bia Nunes"),
        ("team", "Financeiro"),
        ("person", "Bia Nunes"),
        ("team", "Integrações"),
        ("person", "Bia Nunes"),
    ]


async def test_a_confidential_team_is_not_an_administrators_to_give(people):
    known = await teams(people.lia)
    with pytest.raises(Invalid) as refused:
        await roles.assign(
            people.davi.id, RoleInput(Role.AGENT, frozenset({known["Ouvidoria"]})), by=people.admin, at=NOW
        )
    assert refused.value.fields == {"teams": "unknown"}
    wanted = RoleInput(Role.LEAD, frozenset({known["Atendimento"]}))
    await roles.assign(people.lia.id, wanted, by=people.admin, at=NOW)
    assert (await cast.fresh(people.lia)).teams == {known["Atendimento"], known["Ouvidoria"]}


async def test_the_second_of_two_administrators_is_told(people):
    seen = await latest(Kind.PERSON, people.davi.id)
    await people_roles.give_role(people.davi.id, Role.LEAD, by=people.admin, at=NOW)
    with pytest.raises(Overtaken):
        await roles.assign(people.davi.id, RoleInput(Role.AGENT, frozenset()), seen=seen, by=people.admin, at=NOW)


async def test_a29_who_comes_back_is_let_in_anew_in_the_same_role(people):
    token = await session(people.davi)
    await deactivation.deactivate(people.davi.id, by=people.admin, at=NOW)
    await deactivation.reactivate(people.davi.id, by=people.admin, at=NOW)
    assert await cast.fresh(people.davi) == people.davi
    assert await actors.behind_session(token, NOW) is None
    told = [(each.before, each.after) for each in await changes(LogFilter())]
    assert told == [('{"is_active": false}', '{"is_active": true}'), ('{"is_active": true}', '{"is_active": false}')]


async def test_two_last_administrators_do_not_both_leave_at_once(people):
    await people_roles.give_role(people.lia.id, Role.ADMIN, by=people.admin, at=NOW)
    lia = await cast.fresh(people.lia)
    tried = await asyncio.gather(
        deactivation.deactivate(people.admin.id, by=lia, at=NOW),
        deactivation.deactivate(people.lia.id, by=people.admin, at=NOW),
        return_exceptions=True,
    )
    assert sorted(str(each) for each in tried) == ["None", "role: last_admin"]

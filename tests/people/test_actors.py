"""An actor follows from memberships, branches and teams at this moment."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import team
from tests.pages.reading import statements
from web.commands.runner import operator
from web.database import fetch
from web.demo import catalog
from web.people import accounts, actors, memberships, sessions
from web.people.directory import deactivation
from web.people.onboarding import joining
from web.people.permissions import Actor, Role, Sees

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ana(database):
    return await accounts.create("Ana Prado", ["ana@aurora.example"], at=NOW)


async def test_a_person_of_nothing_has_no_rights(ana):
    assert await actors.of_person(ana) == Actor(id=ana, name="Ana Prado")


@pytest.mark.parametrize(
    ("sees", "opened"),
    [
        (Sees.OWN, set()),
        (Sees.ORGANIZATION, {"Aurora Sul"}),
        (Sees.GROUP, {"Aurora", "Aurora Sul", "Aurora Norte"}),
    ],
)
async def test_sight_goes_as_far_as_the_grant(schools, ana, sees, opened):
    await memberships.add(ana, schools["Aurora Sul"], sees=sees, approves=True, manages=True, at=NOW)
    only = frozenset({schools["Aurora Sul"]})
    assert await actors.of_person(ana) == Actor(
        id=ana,
        name="Ana Prado",
        organizations={schools["Aurora Sul"]: "Aurora Sul"},
        sees=frozenset(schools[name] for name in opened),
        approves=only,
        manages=only,
    )


async def test_several_memberships_add_up_each_with_its_own_rights(schools, ana):
    await memberships.add(ana, schools["Aurora"], sees=Sees.GROUP, at=NOW)
    await memberships.add(ana, schools["Aurora Sul"], sees=Sees.OWN, approves=True, at=NOW)
    await memberships.add(ana, schools["Horizonte"], sees=Sees.OWN, manages=True, at=NOW)
    found = await actors.of_person(ana)
    assert found == Actor(
        id=ana,
        name="Ana Prado",
        organizations={schools[name]: name for name in ("Aurora", "Aurora Sul", "Horizonte")},
        sees=frozenset(schools[name] for name in ("Aurora", "Aurora Sul", "Aurora Norte")),
        approves=frozenset({schools["Aurora Sul"]}),
        manages=frozenset({schools["Horizonte"]}),
    )


async def test_a69_a_membership_that_nobody_confirmed_gives_nothing(schools, ana):
    await memberships.add(ana, schools["Aurora"], sees=Sees.GROUP, approves=True, manages=True, at=NOW)
    number = await memberships.number_of(ana, schools["Aurora"])
    await memberships.end(await memberships.membership(number), by=operator(), at=NOW)
    await joining.request(ana, schools["Aurora"], at=NOW)
    assert await actors.of_person(ana) == Actor(id=ana, name="Ana Prado")


async def test_an_agent_belongs_to_their_teams_and_is_shut_out_of_the_confidential_ones_of_others(database):
    people = await cast.enrol()
    teams = {row["name"]: row["id"] for row in await fetch("SELECT id, name FROM team")}
    assert people.bia == Actor(
        id=people.bia.id,
        name="Bia Nunes",
        role=Role.AGENT,
        teams=frozenset({teams["Atendimento"], teams["Financeiro"]}),
        shut_out=frozenset({teams["Ouvidoria"]}),
    )
    assert (people.lia.is_agent, people.lia.is_lead, people.bia.is_lead, people.ana.is_agent) == (
        True,
        True,
        False,
        False,
    )


async def test_memberships_and_teams_do_not_multiply_each_other(schools):
    bia = await accounts.create("Bia Nunes", ["bia@guiche.example"], role=Role.AGENT, at=NOW)
    for name in ("Aurora", "Horizonte"):
        await memberships.add(bia, schools[name], sees=Sees.GROUP, at=NOW)
    await catalog.add_teams({"Um": [bia], "Dois": [bia]})
    found = await actors.of_person(bia)
    assert found.teams == {await team("Um"), await team("Dois")}
    assert found.sees == frozenset(schools.values())


async def test_who_is_put_away_or_was_never_there_is_nobody(ana):
    await deactivation.deactivate(ana, by=operator(), at=NOW)
    assert (await actors.of_person(ana), await actors.of_person(999_999)) == (None, None)
    assert await accounts.find("ana@aurora.example") is None


async def test_the_person_behind_a_cookie_is_loaded_with_their_rights_in_one_query(schools, ana):
    await memberships.add(ana, schools["Aurora"], sees=Sees.GROUP, at=NOW)
    token = await sessions.start(ana, network="10.0.0.1", browser="Firefox", at=NOW)
    with statements() as asked:
        person, _, seen = await actors.behind_session(token, NOW)
    assert (person, seen, len(asked)) == (await actors.of_person(ana), NOW, 1)

"""An actor is put together from memberships, branches and teams, as they are at this moment."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.pages.reading import statements
from web.database import fetch
from web.people import actions, cnpj, queries
from web.people.permissions import Actor, Role, Sees

pytestmark = pytest.mark.anyio

HEAD_OFFICE, BRANCHES = "112223330001", ("112223330002", "112223330003")


@pytest.fixture
async def schools(database):
    """Aurora with two branches, and Horizonte; ids by name."""
    made = {}
    for name, base in (
        ("Aurora", HEAD_OFFICE),
        ("Aurora Sul", BRANCHES[0]),
        ("Aurora Norte", BRANCHES[1]),
        ("Horizonte", "12ABC34501DE"),
    ):
        made[name] = await actions.found_organization(name, base + cnpj.check_digits(base))
    return made


@pytest.fixture
async def ana(database):
    return await actions.enrol("Ana Prado", ["ana@aurora.example"], at=NOW)


async def test_a_person_of_nothing_has_no_rights(ana):
    assert await queries.actor(ana) == Actor(id=ana, name="Ana Prado")


@pytest.mark.parametrize(
    ("sees", "opened"),
    [
        (Sees.OWN, set()),
        (Sees.ORGANIZATION, {"Aurora Sul"}),
        (Sees.GROUP, {"Aurora", "Aurora Sul", "Aurora Norte"}),
    ],
)
async def test_sight_goes_as_far_as_the_grant(schools, ana, sees, opened):
    await actions.enlist(ana, schools["Aurora Sul"], sees=sees, approves=True, manages=True, at=NOW)
    only = frozenset({schools["Aurora Sul"]})
    assert await queries.actor(ana) == Actor(
        id=ana,
        name="Ana Prado",
        organizations={schools["Aurora Sul"]: "Aurora Sul"},
        sees=frozenset(schools[name] for name in opened),
        approves=only,
        manages=only,
    )


async def test_several_memberships_add_up_each_with_its_own_rights(schools, ana):
    await actions.enlist(ana, schools["Aurora"], sees=Sees.GROUP, at=NOW)
    await actions.enlist(ana, schools["Aurora Sul"], sees=Sees.OWN, approves=True, at=NOW)
    await actions.enlist(ana, schools["Horizonte"], sees=Sees.OWN, manages=True, at=NOW)
    found = await queries.actor(ana)
    assert found == Actor(
        id=ana,
        name="Ana Prado",
        organizations={schools[name]: name for name in ("Aurora", "Aurora Sul", "Horizonte")},
        sees=frozenset(schools[name] for name in ("Aurora", "Aurora Sul", "Aurora Norte")),
        approves=frozenset({schools["Aurora Sul"]}),
        manages=frozenset({schools["Horizonte"]}),
    )


async def test_a69_a_membership_that_nobody_confirmed_gives_nothing(schools, ana):
    await actions.enlist(ana, schools["Aurora"], sees=Sees.GROUP, approves=True, manages=True, at=NOW)
    await fetch("UPDATE membership SET confirmed_at = NULL")
    assert await queries.actor(ana) == Actor(id=ana, name="Ana Prado")


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


async def test_memberships_and_teams_do_not_multiply_each_other(schools, ana):
    for name in ("Aurora", "Horizonte"):
        await actions.enlist(ana, schools[name], sees=Sees.GROUP, at=NOW)
    teams = [
        await fetch("INSERT INTO team (name, tier, is_confidential) VALUES ({}, 1, {}) RETURNING id", n, False)
        for n in ("Um", "Dois")
    ]
    for (row,) in teams:
        await fetch("INSERT INTO team_member (team, person) VALUES ({}, {})", row["id"], ana)
    found = await queries.actor(ana)
    assert (found.teams, found.sees) == (frozenset(row["id"] for (row,) in teams), frozenset(schools.values()))


async def test_who_is_put_away_or_was_never_there_is_nobody(ana):
    await fetch("UPDATE person SET is_active = {} WHERE id = {}", False, ana)
    assert (await queries.actor(ana), await queries.actor(999_999)) == (None, None)
    assert await queries.by_identity("ana@aurora.example") is None


async def test_the_person_behind_a_cookie_is_loaded_with_their_rights_in_one_query(schools, ana):
    await actions.enlist(ana, schools["Aurora"], sees=Sees.GROUP, at=NOW)
    token = await actions.start_session(ana, network="10.0.0.1", browser="Firefox", at=NOW)
    with statements() as asked:
        person, _, seen = await queries.signed_in(token, NOW)
    assert (person, seen, len(asked)) == (await queries.actor(ana), NOW, 1)


async def test_sessions_are_listed_newest_first_and_only_those_that_last(ana):
    for hours, browser in ((0, "Firefox"), (2, "Chrome"), (-24 * 8, "w3m")):
        await actions.start_session(ana, network="10.0.0.1", browser=browser, at=NOW + timedelta(hours=hours))
    assert [row["browser"] for row in await queries.sessions(ana, NOW + timedelta(hours=3))] == ["Chrome", "Firefox"]


async def test_colleagues_are_listed_with_those_who_wait_first(schools, ana):
    rui = await actions.enrol("Rui Alves", ["rui@aurora.example"], at=NOW)
    zoe = await actions.enrol("Zoé Dias", ["zoe@aurora.example"], at=NOW)
    caio = await actions.enrol("Caio Lima", ["caio@horizonte.example"], at=NOW)
    for person, school in ((ana, "Aurora"), (rui, "Aurora"), (zoe, "Aurora"), (caio, "Horizonte")):
        await actions.enlist(person, schools[school], sees=Sees.OWN, at=NOW)
    await fetch("UPDATE membership SET confirmed_at = NULL WHERE person = {}", zoe)
    assert [row["name"] for row in await queries.colleagues(frozenset({schools["Aurora"]}))] == [
        "Zoé Dias",
        "Ana Prado",
        "Rui Alves",
    ]
    assert await queries.colleagues(frozenset()) == []

"""Memberships: confirmed, changed and ended by managers of the organization only."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.lead_settings import set_rights
from tests.people.credentials import SECRET, link
from web.database import fetch
from web.errors import NotFound, NotPermitted
from web.people import accounts, actors, memberships, one_time_links
from web.people.onboarding import joining
from web.people.one_time_links import Purpose
from web.people.permissions import Actor, Sees

pytestmark = pytest.mark.anyio


async def test_who_manages_confirms_a_colleague_and_says_what_they_may_do(people):
    nina = await asks_to_join(people)
    assert (await actors.of_person(nina)).organizations == {}
    number = await membership(nina)
    await memberships.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW)
    aurora = next(iter(people.ana.organizations))
    assert await actors.of_person(nina) == Actor(
        id=nina,
        name="Nina Sá",
        organizations={aurora: "Colégio Aurora"},
        sees=frozenset({aurora}),
        approves=frozenset({aurora}),
        manages=frozenset({aurora}),
    )


async def test_a19_rights_taken_away_are_gone_at_once(people):
    number = await membership(people.rui.id)
    await memberships.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW)
    await memberships.grant(number, sees=Sees.OWN, approves=False, manages=False, by=people.ana, at=NOW)
    assert await cast.fresh(people.rui) == people.rui


async def test_a70_nobody_changes_their_own_rights(people):
    own = await membership(people.ana.id)
    for attempt in (
        memberships.grant(own, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW),
        memberships.revoke(own, by=people.ana, at=NOW),
    ):
        with pytest.raises(NotPermitted):
            await attempt
    assert await cast.fresh(people.ana) == people.ana


async def test_a70_who_does_not_manage_finds_nobody_to_change(people):
    numbers = [await membership(who.id) for who in (people.ana, people.rui)]
    for who in (people.rui, people.caio, people.bia):
        for number in (*numbers, 999_999):
            with pytest.raises(NotFound):
                await memberships.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=who, at=NOW)
            with pytest.raises(NotFound):
                await memberships.revoke(number, by=who, at=NOW)
    assert [await cast.fresh(who) for who in (people.ana, people.rui)] == [people.ana, people.rui]


async def test_a13_who_manages_one_school_finds_nobody_of_another(people):
    theirs = await membership(people.caio.id)
    with pytest.raises(NotFound):
        await memberships.grant(theirs, sees=Sees.OWN, approves=False, manages=False, by=people.ana, at=NOW)
    with pytest.raises(NotFound):
        await memberships.revoke(theirs, by=people.ana, at=NOW)
    assert await cast.fresh(people.caio) == people.caio


async def test_sight_of_all_branches_is_given_by_who_has_it(people):
    number = await membership(people.rui.id)
    with pytest.raises(NotPermitted):
        await memberships.grant(number, sees=Sees.GROUP, approves=False, manages=False, by=people.ana, at=NOW)
    assert await cast.fresh(people.rui) == people.rui
    await set_rights(people.ana, sees=Sees.GROUP, by=people.lia)
    ana = await cast.fresh(people.ana)
    await memberships.grant(number, sees=Sees.GROUP, approves=False, manages=False, by=ana, at=NOW)
    assert (await cast.fresh(people.rui)).sees == ana.sees


async def test_a_membership_ended_leaves_nothing(people):
    await memberships.revoke(await membership(people.rui.id), by=people.ana, at=NOW)
    assert await cast.fresh(people.rui) == Actor(id=people.rui.id, name="Rui Alves")


async def test_colleagues_are_listed_with_those_who_wait_first(schools, ana):
    rui = await accounts.create("Rui Alves", ["rui@aurora.example"], at=NOW)
    zoe = await accounts.create("Zoé Dias", ["zoe@aurora.example"], at=NOW)
    caio = await accounts.create("Caio Lima", ["caio@horizonte.example"], at=NOW)
    for person, school in ((ana.id, "Aurora"), (rui, "Aurora"), (caio, "Horizonte")):
        await memberships.add(person, schools[school], sees=Sees.OWN, at=NOW)
    await joining.request(zoe, schools["Aurora"], at=NOW)
    assert [row.name for row in await memberships.colleagues(frozenset({schools["Aurora"]}))] == [
        "Zoé Dias",
        "Ana Prado",
        "Rui Alves",
    ]
    assert await memberships.colleagues(frozenset()) == []


async def membership(person: int) -> int:
    return (await fetch("SELECT id FROM membership WHERE person = {}", person))[0]["id"]


async def asks_to_join(people) -> int:
    """Nina, who gave Colégio Aurora when she signed up."""
    token = await link(Purpose.SIGN_UP, "nina@aurora.example")
    return await one_time_links.redeem(token, password=SECRET, name="Nina Sá", cnpj="11222333000181", at=NOW)

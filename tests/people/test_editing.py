"""People changed by the desk: sign-in names, name, memberships."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.people.credentials import link
from web.errors import Invalid, NotFound, NotPermitted, Overtaken
from web.people import accounts, actors, memberships, one_time_links, organizations
from web.people.directory import editing, membership_editing, profiles
from web.people.one_time_links import Purpose
from web.people.permissions import Sees
from web.settings_log.listing import LogFilter, changes, latest
from web.settings_log.recording import Kind

pytestmark = pytest.mark.anyio

NEW = "ana@casa.example"
NO_MORE = {"approves": False, "manages": False}


async def names_of(person) -> list[str]:
    return [each.value for each in await accounts.identities(person.id)]


async def identity(person, value: str) -> int:
    return next(each.id for each in (await profiles.person(person.id)).contacts if each.value == value)


async def test_a_name_and_a_zone_are_saved_and_told(people):
    await editing.revise(people.ana.id, name="Ana Braga", zone="America/Manaus", by=people.bia, at=NOW)
    ana = await cast.fresh(people.ana)
    assert (ana.name, ana.zone) == ("Ana Braga", "America/Manaus")
    (change,) = await changes(LogFilter())
    assert (change.kind, change.name, change.person_name) == ("person", "Ana Braga", "Bia Nunes")


async def test_the_second_of_two_who_save_at_once_is_told(people):
    seen = await latest(Kind.PERSON, people.ana.id)
    await editing.revise(people.ana.id, name="Ana Braga", zone=None, seen=seen, by=people.bia, at=NOW)
    with pytest.raises(Overtaken):
        await editing.revise(people.ana.id, name="Ana Lima", zone=None, seen=seen, by=people.lia, at=NOW)
    assert (await cast.fresh(people.ana)).name == "Ana Braga"


async def test_a22_nobody_changes_whom_they_may_not(people):
    for whom, by in ((people.davi, people.bia), (people.bia, people.lia), (people.ana, people.rui)):
        for change in (
            editing.revise(whom.id, name="Outro", zone=None, by=by, at=NOW),
            editing.add_login(whom.id, "outro", by=by, at=NOW),
            editing.offer(whom.id, "outro@fora.example", by=by, at=NOW),
            editing.remove(whom.id, await identity(whom, (await names_of(whom))[0]), by=by, at=NOW),
        ):
            with pytest.raises(NotPermitted):
                await change
    with pytest.raises(NotFound):
        await editing.revise(1, name="Outro", zone=None, by=people.admin, at=NOW)


async def test_a14_an_address_counts_once_its_owner_opened_the_link(people):
    offered = await editing.offer(people.ana.id, "ANA@casa.example", by=people.bia, at=NOW)
    assert (offered.address, offered.known) == (NEW, ["ana@aurora.example"])
    assert (await names_of(people.ana), await editing.waiting(people.ana.id, NOW)) == (["ana@aurora.example"], [NEW])
    assert await accounts.find(NEW) is None
    assert await one_time_links.redeem(offered.token, password=None, at=NOW) == people.ana.id
    assert (await names_of(people.ana), await editing.waiting(people.ana.id, NOW)) == (["ana@aurora.example", NEW], [])


async def test_a14_an_address_in_use_is_not_offered_and_one_taken_meanwhile_not_given(people):
    with pytest.raises(Invalid) as refused:
        await editing.offer(people.ana.id, "rui@aurora.example", by=people.bia, at=NOW)
    assert refused.value.fields == {"identity": "person_known"}
    offered = await editing.offer(people.ana.id, NEW, by=people.bia, at=NOW)
    await accounts.create("Outra Ana", [NEW], at=NOW)
    with pytest.raises(Invalid) as refused:
        await one_time_links.redeem(offered.token, password=None, at=NOW)
    assert refused.value.fields == {"address": "in_use"}
    assert await names_of(people.ana) == ["ana@aurora.example"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "missing"), ("ana@casa", "not_an_address"), ("ana@casa.example; eva@b.org", "not_an_address")],
)
async def test_what_is_no_address_is_refused(typed, code, people):
    with pytest.raises(Invalid) as refused:
        await editing.offer(people.ana.id, typed, by=people.bia, at=NOW)
    assert refused.value.fields == {"identity": code}


async def test_a_login_counts_at_once_and_both_are_found_by(people):
    await editing.add_login(people.ana.id, "AURORA-1", by=people.bia, at=NOW)
    found = await accounts.find("aurora-1")
    assert found is not None
    assert found.id == people.ana.id


async def test_the_last_way_in_stays_and_a_removed_one_opens_nothing(people):
    own = await identity(people.ana, "ana@aurora.example")
    with pytest.raises(Invalid) as refused:
        await editing.remove(people.ana.id, own, by=people.bia, at=NOW)
    assert refused.value.fields == {"identity": "last_way_in"}
    await editing.add_login(people.ana.id, "aurora-1", by=people.bia, at=NOW)
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=people.ana.id)
    await editing.remove(people.ana.id, own, by=people.bia, at=NOW)
    assert await names_of(people.ana) == ["aurora-1"]
    assert await one_time_links.find_live(token, NOW) is None
    with pytest.raises(Invalid) as refused:
        await editing.remove(people.ana.id, await identity(people.rui, "rui@aurora.example"), by=people.bia, at=NOW)
    assert refused.value.fields == {"identity": "unknown"}


async def test_an_agent_makes_members_changes_what_they_may_do_and_ends_it(people):
    horizonte = await organizations.find("Escola Horizonte")
    own = {"approves": False, "manages": False, "by": people.bia, "at": NOW}
    number = await membership_editing.join(people.ana.id, horizonte.id, sees=Sees.OWN, **own)
    assert await membership_editing.join(people.ana.id, horizonte.id, sees=Sees.ORGANIZATION, **own) == number
    ana = await cast.fresh(people.ana)
    assert [horizonte.id in some for some in (ana.organizations, ana.sees, ana.manages)] == [True, True, False]
    await membership_editing.leave(people.ana.id, number, by=people.bia, at=NOW)
    assert (await cast.fresh(people.ana)).organizations == people.ana.organizations
    with pytest.raises(NotFound):
        await membership_editing.leave(people.ana.id, number, by=people.bia, at=NOW)
    told = [(each.name, each.before is None, each.after is None) for each in await changes(LogFilter())]
    title = "Ana Prado, Escola Horizonte"
    assert told == [(title, False, True), (title, False, False), (title, True, False)]


async def test_nobody_new_comes_in_to_a_retired_organization_and_who_is_there_stays(people):
    (aurora,), (horizonte,) = people.rui.organizations, people.caio.organizations
    ended = await membership_editing.join(people.rui.id, horizonte, sees=Sees.OWN, **NO_MORE, by=people.bia, at=NOW)
    await membership_editing.leave(people.rui.id, ended, by=people.bia, at=NOW)
    for each in (aurora, horizonte):
        await organizations.set_active(each, is_active=False, by=people.lia, at=NOW)
    for who in (people.ana, people.rui):
        with pytest.raises(Invalid) as refused:
            await membership_editing.join(who.id, horizonte, sees=Sees.OWN, **NO_MORE, by=people.bia, at=NOW)
        assert refused.value.fields == {"organization": "retired_organization"}
    await membership_editing.join(people.rui.id, aurora, sees=Sees.ORGANIZATION, **NO_MORE, by=people.bia, at=NOW)
    assert (await cast.fresh(people.rui)).sees == {aurora}
    assert [each.organization for each in (await profiles.person(people.ana.id)).belongings] == [aurora]


async def test_a70_nobody_makes_themselves_a_member(people):
    (aurora,) = people.ana.organizations
    for who in (people.admin, people.bia, people.ana):
        with pytest.raises(NotPermitted):
            await membership_editing.join(who.id, aurora, sees=Sees.GROUP, approves=True, manages=True, by=who, at=NOW)
    rows = [each for each in await memberships.colleagues(frozenset({aurora})) if each.name == "Ana Prado"]
    assert [(each.sees, each.approves, each.manages) for each in rows] == [("organization", True, True)]
    assert (await actors.of_person(people.bia.id)).organizations == {}

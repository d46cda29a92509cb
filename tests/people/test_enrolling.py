"""People added by the desk: rights, refusals, and their first sign-in."""

import pytest

from tests.cast import NOW
from tests.people.credentials import OTHER, SECRET, enter
from web.errors import Invalid, NotPermitted
from web.people import accounts, actors, one_time_links
from web.people.directory import deactivation, enrolling
from web.people.directory.enrolling import NewPerson
from web.people.permissions import Role
from web.settings_log.listing import LogFilter, changes

pytestmark = pytest.mark.anyio

NINA = NewPerson("Nina Sá", "Nina@Aurora.example", "loja-12")


async def refusal(wanted: NewPerson, by) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        await enrolling.enrol(wanted, by=by, at=NOW)
    return refused.value.fields


async def test_an_agent_makes_a_requester_who_makes_their_password_by_the_link(people):
    (aurora,) = people.ana.organizations
    number = await enrolling.enrol(
        NewPerson("Nina Sá", "nina@aurora.example", organization=aurora), by=people.bia, at=NOW
    )
    invitation = await enrolling.invite(number, by=people.bia, at=NOW)
    assert (invitation.name, invitation.address) == ("Nina Sá", "nina@aurora.example")
    assert [each.verified_at for each in await accounts.identities(number)] == [None]
    assert await one_time_links.redeem(invitation.token, password=SECRET, at=NOW) == number
    assert [each.verified_at for each in await accounts.identities(number)] == [NOW]
    nina = await actors.of_person(number)
    assert (nina.role, nina.organizations, nina.sees) == (Role.REQUESTER, {aurora: "Colégio Aurora"}, frozenset())


async def test_who_has_no_address_is_handed_a_link_and_signs_in_by_their_login(people):
    number = await enrolling.enrol(NewPerson("Loja 12", login=" LOJA-12 "), by=people.bia, at=NOW)
    invitation = await enrolling.invite(number, by=people.bia, at=NOW)
    assert invitation.address == ""
    await one_time_links.redeem(invitation.token, password=OTHER, at=NOW)
    person, _ = await enter("loja-12", OTHER)
    assert person == number


async def test_everything_that_cannot_be_is_told_at_once_by_its_field(people):
    await enrolling.enrol(NINA, by=people.bia, at=NOW)
    assert await refusal(NewPerson(" ", "ana@aurora.example", "LOJA-12"), people.bia) == {
        "name": "missing",
        "identifier": "person_known",
        "login": "person_known",
    }
    assert await refusal(NewPerson("Eva"), people.bia) == {"identifier": "missing"}
    assert await refusal(NewPerson("Eva", "eva@escola"), people.bia) == {"identifier": "not_an_address"}
    assert await refusal(NewPerson("Eva", login="loja 13"), people.bia) == {"login": "not_a_login"}
    assert await refusal(NewPerson("Guichê", "eva@escola.example"), people.bia) == {"name": "reserved_name"}


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMIN, Role.SYSTEM])
async def test_a70_nobody_but_an_administrator_makes_an_agent(role, people):
    for by in (people.ana, people.bia, people.lia):
        with pytest.raises(NotPermitted):
            await enrolling.enrol(NewPerson("Nina Sá", "nina@aurora.example", role=role), by=by, at=NOW)
    with pytest.raises(NotPermitted):
        await enrolling.enrol(NewPerson("Nina Sá", "nina@aurora.example"), by=people.ana, at=NOW)
    assert not await accounts.is_known("nina@aurora.example")


async def test_who_has_no_access_is_invited_by_nobody_and_a_colleague_by_administrators(people):
    with pytest.raises(NotPermitted):
        await enrolling.invite(people.davi.id, by=people.bia, at=NOW)
    assert (await enrolling.invite(people.davi.id, by=people.admin, at=NOW)).address == "davi@guiche.example"
    await deactivation.deactivate(people.davi.id, by=people.admin, at=NOW)
    with pytest.raises(Invalid) as refused:
        await enrolling.invite(people.davi.id, by=people.admin, at=NOW)
    assert refused.value.fields == {"identifier": "inactive_person"}


async def test_the_log_tells_who_was_made(people):
    number = await enrolling.enrol(NINA, by=people.bia, at=NOW)
    (change,) = await changes(LogFilter())
    assert (change.kind, change.subject, change.name, change.before) == ("person", number, "Nina Sá", None)

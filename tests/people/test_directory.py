"""The directory: search words, order and pages."""

import itertools

import pytest

from tests import cast
from tests.cast import NOW
from web.commands.runner import operator
from web.people import accounts, memberships, organizations
from web.people.directory import deactivation, listing, membership_editing, profiles
from web.people.directory.listing import DirectoryFilter
from web.people.identifiers.cnpj import check_digits
from web.people.onboarding import joining
from web.people.organizations import OrganizationInput
from web.people.permissions import Role, Sees
from web.settings_log.listing import changers
from web.tickets.settings import teams

pytestmark = pytest.mark.anyio


LOGINS = itertools.count()


async def named(name: str, *identifiers: str, **more) -> int:
    return await accounts.create(name, list(identifiers) or [f"u{next(LOGINS)}"], at=NOW, **more)


async def found(words: str = "", **more) -> list[str]:
    return [row.name for row in (await listing.people(DirectoryFilter(words=words, **more))).rows]


async def organizations_found(words: str) -> list[str]:
    return [row.name for row in (await listing.organizations(DirectoryFilter(words=words))).rows]


async def test_people_and_organizations_have_one_order_in_every_list(database):
    wanted = ["ágata 3", "Ágata 10", "Bia"]
    members = {}
    for place, name in enumerate(reversed(wanted)):
        root = f"{22_333_444 + place}0001"
        school = await organizations.insert(name, root + check_digits(root))
        members[await named(name, f"{place}@ipe.example", role=Role.LEAD)] = school
    for somebody, school in itertools.product(members, members.values()):
        await memberships.add(somebody, school, sees=Sees.ORGANIZATION, at=NOW)
    (somebody, school), *_ = members.items()
    colleagues = await memberships.colleagues(frozenset(members.values()))
    for listed in (
        [each.name for each in await memberships.homes(somebody)],
        [each.name for each in await organizations.some(members.values())],
        [each.name for each in colleagues if each.organization == school],
        list(dict.fromkeys(each.organization_name for each in colleagues)),
        [each.name for each in await teams.candidates(None)],
        [each.name for each in await changers()],
    ):
        assert listed == wanted


async def test_people_are_listed_by_name_whatever_its_accents_and_capitals(database):
    for name in ("Zoé Dias", "ágata Lima", "Bia Nunes", "Álvaro Sá"):
        await named(name)
    assert await found() == ["ágata Lima", "Álvaro Sá", "Bia Nunes", "Zoé Dias"]


async def test_pages_of_organizations_follow_the_numbers_in_their_names(database):
    names = [f"Escola {number}" for number in range(1, listing.PAGE + 3)]
    for place, name in enumerate(reversed(names)):
        root = f"{22_333_444 + place}0001"
        await organizations.insert(name, root + check_digits(root))
    first = await listing.organizations(DirectoryFilter())
    second = await listing.organizations(DirectoryFilter(after=first.next))
    assert [row.name for row in (*first.rows, *second.rows)] == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("jose", ["José da Conceição"]),
        ("JOSÉ conceiçao", ["José da Conceição"]),
        ("conc jo", ["José da Conceição"]),
        ("j", ["José da Conceição", "Joana Reis"]),
        ("j conceicao", []),
        ("joana@norte.example", ["Joana Reis"]),
        ("norte", ["Joana Reis"]),
        ("loja12", ["Loja Centro"]),
        ("ninguem", []),
        ("!!!", []),
    ],
)
async def test_people_are_found_by_beginnings_of_words(words, names, database):
    await named("José da Conceição", "zeca@sul.example")
    await named("Joana Reis", "joana@norte.example")
    await named("Loja Centro", "loja12")
    assert sorted(await found(words)) == sorted(names)


async def test_a_new_name_is_found_and_the_old_one_is_not(database):
    people = await cast.enrol()
    await accounts.rename(people.rui, name="Ruy Barbosa")
    assert (await found("alves"), await found("barbosa")) == ([], ["Ruy Barbosa"])
    assert await found() == [
        "Ana Prado",
        "Bia Nunes",
        "Caio Lima",
        "Davi Reis",
        "Ivo Braga",
        "Lia Castro",
        "Ruy Barbosa",
    ]


async def test_an_address_typed_by_others_is_found_and_by_the_name_given_later(database):
    person = await accounts.find_or_create("eva@familia.example", at=NOW)
    assert await found("familia") == ["eva"]
    await accounts.name_newcomer(person, "Eva Souza")
    assert (await found("souza"), await found("eva")) == (["Eva Souza"], ["Eva Souza"])


async def test_kinds_narrow_the_list(database):
    await named("Ana", "ana@a.example")
    await named("Bia", "bia@a.example", role=Role.AGENT)
    await named("Robô", role=Role.AGENT, is_robot=True)
    gone = await named("Davi", "davi@a.example", role=Role.AGENT)
    await deactivation.deactivate(gone, by=operator(), at=NOW)
    assert {kind: await found(kind=kind) for kind in listing.KINDS} == {
        "requester": ["Ana"],
        "desk": ["Bia"],
        "robot": ["Robô"],
        "inactive": ["Davi"],
    }


async def test_the_people_of_an_organization_are_listed(database):
    people = await cast.enrol()
    (aurora,) = people.ana.organizations
    assert await found(organization=aurora) == ["Ana Prado", "Rui Alves"]
    assert await found("rui", organization=aurora) == ["Rui Alves"]


async def test_who_left_an_organization_is_not_among_its_people(database):
    people = await cast.enrol()
    (aurora,) = people.rui.organizations
    (membership_of_rui,) = (await profiles.person(people.rui.id)).belongings
    await membership_editing.leave(people.rui.id, membership_of_rui.id, by=people.bia, at=NOW)
    shown = await profiles.organization(aurora)
    assert (shown.member_count, [each.name for each in shown.members]) == (1, ["Ana Prado"])
    assert await found(organization=aurora) == ["Ana Prado"]


async def test_pages_follow_each_other_without_a_gap_or_a_double(database):
    names = [f"Pessoa {number:03}" for number in range(listing.PAGE * 2 + 1)]
    for name in reversed(names):
        await named(name)
    seen, after = [], None
    for _ in range(3):
        page = await listing.people(DirectoryFilter(after=after))
        assert page.total == len(names)
        seen += [row.name for row in page.rows]
        after = page.next
    assert (seen, after) == (names, None)


async def test_people_of_one_name_are_all_shown_across_pages(database):
    numbers = [await named("Maria") for _ in range(listing.PAGE + 1)]
    first = await listing.people(DirectoryFilter(words="maria"))
    second = await listing.people(DirectoryFilter(words="maria", after=first.next))
    assert [row.id for row in (*first.rows, *second.rows)] == numbers


@pytest.mark.parametrize(
    "words", ["escola", "ESCOL", "são joão", "sao", "11.222.333/0001-81", "11222333", "joao escolas"]
)
async def test_organizations_are_found_by_name_and_by_cnpj(words, database):
    await organizations.insert("Escola São João", "11222333000181")
    await organizations.insert("Colégio Aurora", "12ABC34501DE35")
    assert await organizations_found(words) == ["Escola São João"]


async def test_an_organization_says_how_many_belong_to_it(database):
    number = await organizations.insert("Escola", f"223334440001{check_digits('223334440001')}")
    await memberships.add(await named("Ana"), number, sees=Sees.OWN, at=NOW)
    await joining.request(await named("Rui"), number, at=NOW)
    assert [row.members for row in (await listing.organizations(DirectoryFilter())).rows] == [1]


async def test_a_renamed_organization_is_found_by_its_new_name_alone(database):
    people = await cast.enrol()
    number = await organizations.insert("Escola Velha", f"223334440001{check_digits('223334440001')}")
    (old,) = await organizations.kin("22333444")
    await organizations.change(number, OrganizationInput("Colégio Novo", old.cnpj), by=people.admin, at=NOW)
    assert (await organizations_found("velha"), await organizations_found("novo")) == ([], ["Colégio Novo"])

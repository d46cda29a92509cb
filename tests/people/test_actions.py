"""Signing in and out, links by e-mail, passwords, memberships: what each leaves, and whom it refuses."""

import asyncio
from contextvars import Context
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from web.database import fetch, transaction
from web.errors import Invalid, NotFound, NotPermitted, Throttled
from web.people import actions, queries
from web.people.actions import Purpose
from web.people.permissions import Actor, Sees
from web.people.throttle import Limit

pytestmark = pytest.mark.anyio

SECRET = "girafa azul dorme cedo"
OTHER = "tucano verde canta tarde"


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.fixture
async def ana(database):
    """Ana alone, with a password."""
    return await queries.actor(
        await actions.enrol("Ana Prado", ["ana@aurora.example", "aurora-ana"], password=SECRET, at=NOW)
    )


# Signing in and out


@pytest.mark.parametrize("identifier", ["ana@aurora.example", " ANA@Aurora.example ", "aurora-ana", "AURORA-ANA"])
async def test_the_right_pair_opens_a_session_for_seven_days(ana, identifier):
    person, token = await enter(identifier, SECRET)
    assert person.id == ana.id
    assert await queries.signed_in(token, NOW) == (ana, await session_of(token), NOW)
    assert await queries.signed_in(token, NOW + timedelta(days=7, seconds=-1)) is not None
    assert await queries.signed_in(token, NOW + timedelta(days=7)) is None


async def test_a33_the_database_keeps_no_token_that_signs_anybody_in(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    (kept,) = await fetch("SELECT token_hash FROM session")
    assert await queries.signed_in(kept["token_hash"], NOW) is None
    assert (len(token), token in kept["token_hash"]) == (43, False)


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("ana@aurora.example", OTHER),
        ("ana@aurora.example", ""),
        ("ana@aurora.example", SECRET.upper()),
        ("ninguem@aurora.example", SECRET),
        ("", ""),
        ("guichê", "nobody's password"),
        ("ana@aurora.example' OR '1'='1", SECRET),
    ],
)
async def test_a34_a_wrong_pair_is_refused_in_one_way_only(ana, identifier, password):
    with pytest.raises(Invalid) as refused:
        await enter(identifier, password)
    assert (refused.value.field, refused.value.code) == ("identifier", "unknown_pair")
    assert await fetch("SELECT id FROM session") == []


async def test_who_has_no_password_and_who_is_gone_do_not_get_in(ana):
    await actions.enrol("Rui Alves", ["rui@aurora.example"], at=NOW)
    await fetch("UPDATE person SET is_active = {} WHERE id = {}", False, ana.id)
    for identifier, password in (("rui@aurora.example", ""), ("ana@aurora.example", SECRET)):
        with pytest.raises(Invalid) as refused:
            await enter(identifier, password)
        assert refused.value.code == "unknown_pair"


async def test_a59_guesses_from_one_network_leave_the_owner_free_elsewhere(ana, monkeypatch):
    monkeypatch.setattr(actions, "GUESSES_HERE", Limit("sign-in-here", tries=2, seconds=30))
    for _ in range(2):
        with pytest.raises(Invalid):
            await enter("ana@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("ana@aurora.example", SECRET)
    person, _ = await enter("ana@aurora.example", SECRET, network="10.0.0.2")
    assert person.id == ana.id


async def test_a34_guesses_at_a_name_that_does_not_exist_are_slowed_as_well(ana, monkeypatch):
    monkeypatch.setattr(actions, "GUESSES_HERE", Limit("sign-in-here", tries=1, seconds=30))
    with pytest.raises(Invalid):
        await enter("ninguem@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("ninguem@aurora.example", OTHER)


async def test_a59_ones_own_success_does_not_pay_for_guesses_at_others(ana, monkeypatch):
    monkeypatch.setattr(actions, "GUESSES_FROM_ONE", Limit("sign-in-network", tries=3, seconds=30))
    for name in ("um", "dois"):
        with pytest.raises(Invalid):
            await enter(f"{name}@aurora.example", OTHER)
    await enter("ana@aurora.example", SECRET)
    with pytest.raises(Invalid):
        await enter("tres@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("quatro@aurora.example", OTHER)


async def test_a_school_behind_one_address_signs_in_all_morning(ana, monkeypatch):
    monkeypatch.setattr(actions, "GUESSES_FROM_ONE", Limit("sign-in-network", tries=3, seconds=30))
    assert [(await enter("ana@aurora.example", SECRET))[0].id for _ in range(5)] == [ana.id] * 5


async def test_a_visit_renews_the_session(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    later = NOW + timedelta(days=6)
    await actions.note_seen(await session_of(token), at=later)
    assert await queries.signed_in(token, NOW + timedelta(days=12)) == (ana, await session_of(token), later)


async def test_signing_out_ends_this_session_and_everywhere_all_of_them(ana):
    tokens = [(await enter("ana@aurora.example", SECRET))[1] for _ in range(3)]
    await actions.sign_out(tokens[0])
    assert [await queries.signed_in(token, NOW) is None for token in tokens] == [True, False, False]
    await actions.sign_out_everywhere(ana.id)
    assert [await queries.signed_in(token, NOW) is None for token in tokens] == [True, True, True]


async def test_one_ends_ones_own_sessions_and_nobody_elses(people):
    tokens = [await actions.start_session(who.id, network="", browser="", at=NOW) for who in (people.ana, people.rui)]
    hers, his = [await session_of(token) for token in tokens]
    with pytest.raises(NotFound):
        await actions.end_session(his, by=people.ana)
    await actions.end_session(hers, by=people.ana)
    assert [await queries.signed_in(token, NOW) is None for token in tokens] == [True, False]


async def test_a29_a_person_put_away_is_signed_out_at_the_next_request(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    await fetch("UPDATE person SET is_active = {} WHERE id = {}", False, ana.id)
    assert await queries.signed_in(token, NOW) is None


@pytest.mark.parametrize("token", ["", " ", "null", "%00", "\x00", "\ud800", "a" * 100_000, "' OR 1=1 --"])
async def test_a32_an_odd_token_opens_nothing(ana, token):
    await enter("ana@aurora.example", SECRET)
    await fetch("UPDATE one_time_link SET token_hash = NULL")
    assert (await queries.signed_in(token, NOW), await queries.live_link(token, NOW)) == (None, None)


# Links


async def test_a_link_of_a_sign_up_makes_the_person_who_waits_for_the_organization(people):
    aurora = next(iter(people.ana.organizations))
    token = await link(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá", cnpj="11222333000181")
    number = await actions.claim(token, password=SECRET, at=NOW)
    nina = await queries.actor(number)
    assert nina == Actor(id=number, name="Nina Sá")
    assert await queries.identities(number) == [{"kind": "email", "value": "nina@aurora.example", "verified_at": NOW}]
    assert (await enter("nina@aurora.example", SECRET))[0].id == number
    waiting = [row for row in await queries.colleagues(frozenset({aurora})) if row["confirmed_at"] is None]
    assert [(row["person"], row["sees"], bool(row["approves"]), bool(row["manages"])) for row in waiting] == [
        (number, "own", False, False)
    ]


@pytest.mark.parametrize("number", ["", "12ABC34501DE99"])
async def test_a_sign_up_without_an_organization_we_know_makes_a_person_of_none(people, number):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá", cnpj=number)
    person = await actions.claim(token, password=SECRET, at=NOW)
    assert await fetch("SELECT id FROM membership WHERE person = {}", person) == []


async def test_a_sign_up_for_an_address_that_came_into_copy_meanwhile_makes_no_second_person(people):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá")
    async with transaction():
        known = await actions.known_or_new("nina@aurora.example", at=NOW)
    assert await actions.claim(token, password=SECRET, at=NOW) == known
    assert (await enter("nina@aurora.example", SECRET))[0].id == known


async def test_a_password_link_gives_a_password_and_ends_every_session(ana):
    _, session = await enter("ana@aurora.example", SECRET)
    token = await link(Purpose.PASSWORD, "ana@aurora.example", person=ana.id)
    assert await actions.claim(token, password=OTHER, at=NOW) == ana.id
    assert await queries.signed_in(session, NOW) is None
    with pytest.raises(Invalid):
        await enter("ana@aurora.example", SECRET)
    assert (await enter("ana@aurora.example", OTHER))[0].id == ana.id


async def test_a_sign_in_link_opens_and_changes_no_password(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    assert await actions.claim(token, password=OTHER, at=NOW) == ana.id
    assert (await enter("ana@aurora.example", SECRET))[0].id == ana.id


@pytest.mark.parametrize("purpose", Purpose)
async def test_a31_a_link_opens_once(ana, purpose):
    token = await link(purpose, "ana@aurora.example", person=ana.id)
    await actions.claim(token, password=OTHER, at=NOW)
    await refused_as_dead(token)


async def test_a31_a_link_used_twice_at_the_same_time_opens_once(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    calls = [actions.claim(token, password=None, at=NOW) for _ in range(5)]
    tasks = [asyncio.get_running_loop().create_task(call, context=Context()) for call in calls]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["NotFound"] * 4 + ["int"]


async def test_a31_a_newer_link_kills_the_one_before(ana):
    first = await link(Purpose.PASSWORD, "ana@aurora.example", person=ana.id)
    second = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await refused_as_dead(first)
    assert await actions.claim(second, password=None, at=NOW) == ana.id


async def test_a_link_of_somebody_else_stays_good(ana):
    rui = await actions.enrol("Rui Alves", ["rui@aurora.example"], at=NOW)
    his = await link(Purpose.SIGN_IN, "rui@aurora.example", person=rui)
    await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    assert await actions.claim(his, password=None, at=NOW) == rui


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (Purpose.SIGN_UP, timedelta(hours=24)),
        (Purpose.PASSWORD, timedelta(hours=24)),
        (Purpose.SIGN_IN, timedelta(minutes=30)),
    ],
)
async def test_a31_a_link_lives_so_long_and_no_longer(ana, purpose, lasts):
    token = await link(purpose, "ana@aurora.example", person=ana.id)
    await refused_as_dead(token, at=NOW + lasts)
    assert await actions.claim(token, password=OTHER, at=NOW + lasts - timedelta(seconds=1)) == ana.id


async def test_a_link_whose_address_went_to_another_opens_nothing(people):
    token = await link(Purpose.PASSWORD, "ana@aurora.example", person=people.ana.id)
    await fetch("UPDATE identity SET person = {} WHERE value = 'ana@aurora.example'", people.rui.id)
    await refused_as_dead(token)
    assert await fetch("SELECT id FROM person WHERE password IS NOT NULL") == []


async def test_a_link_of_a_person_put_away_opens_nothing(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await fetch("UPDATE person SET is_active = {} WHERE id = {}", False, ana.id)
    await refused_as_dead(token)


@pytest.mark.parametrize("password", ["", "curta", "12345678", "nina@aurora.example", "11222333000181"])
async def test_a_weak_password_is_refused_and_leaves_the_link_good(people, password):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá", cnpj="11222333000181")
    with pytest.raises(Invalid) as refused:
        await actions.claim(token, password=password, at=NOW)
    assert refused.value.field == "password"
    assert await actions.claim(token, password=SECRET, at=NOW) > 0


async def test_a60_a_password_link_refuses_the_persons_own_name_logins_and_organization(people):
    number = await actions.enrol("Marivalda Queiroz", ["mq@aurora.example", "aurora-matutino-77"], at=NOW)
    await actions.enlist(number, next(iter(people.ana.organizations)), sees=Sees.OWN, at=NOW)
    token = await link(Purpose.PASSWORD, "mq@aurora.example", person=number)
    codes = {}
    for password in ("marivaldaqueiroz", "aurora-matutino-77", "11222333000181"):
        try:
            await actions.claim(token, password=password, at=NOW)
        except (Invalid, NotFound) as refused:
            codes[password] = refused.code
    assert codes == dict.fromkeys(("marivaldaqueiroz", "aurora-matutino-77", "11222333000181"), "easy_to_guess")


# The account


async def test_a_changed_password_ends_every_session(ana):
    _, session = await enter("ana@aurora.example", SECRET)
    await actions.change_password(ana, current=SECRET, password=OTHER, at=NOW)
    assert await queries.signed_in(session, NOW) is None
    assert (await enter("ana@aurora.example", OTHER))[0].id == ana.id


@pytest.mark.parametrize(
    ("current", "password", "field", "code"),
    [
        (OTHER, OTHER, "current", "wrong_password"),
        ("", OTHER, "current", "wrong_password"),
        (SECRET, "curta", "password", "too_short"),
        (SECRET, "Ana Prado", "password", "easy_to_guess"),
        (SECRET, "ana@aurora.example", "password", "easy_to_guess"),
        (SECRET, "aurora-ana", "password", "easy_to_guess"),
    ],
)
async def test_a_password_is_changed_by_who_knows_it_for_a_good_one(ana, current, password, field, code):
    with pytest.raises(Invalid) as refused:
        await actions.change_password(ana, current=current, password=password, at=NOW)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert (await enter("ana@aurora.example", SECRET))[0].id == ana.id


async def test_a60_a_password_is_not_changed_for_the_cnpj_of_ones_school(ana):
    aurora = await actions.found_organization("Colégio Aurora", "11222333000181")
    await actions.enlist(ana.id, aurora, sees=Sees.OWN, at=NOW)
    with pytest.raises(Invalid) as refused:
        await actions.change_password(await cast.fresh(ana), current=SECRET, password="11222333000181", at=NOW)
    assert (refused.value.field, refused.value.code) == ("password", "easy_to_guess")


async def test_a_new_name_is_shown_at_once(ana):
    await actions.rename(ana, name="Ana Maria Prado")
    assert (await cast.fresh(ana)).name == "Ana Maria Prado"


async def test_a14_a_name_in_use_is_not_given_to_a_second_person(ana):
    with pytest.raises(Invalid) as refused:
        await actions.enrol("Outra Ana", ["outra@aurora.example", "ANA@aurora.example"], at=NOW)
    assert (refused.value.field, refused.value.code) == ("identifier", "in_use")
    assert await queries.by_identity("outra@aurora.example") is None
    assert [row["name"] for row in await fetch("SELECT name FROM person WHERE id > 1")] == ["Ana Prado"]


async def test_an_organization_is_founded_once(database):
    number = await actions.found_organization("Colégio Aurora", "11.222.333/0001-81")
    assert await fetch("SELECT * FROM organization") == [
        {"id": number, "name": "Colégio Aurora", "cnpj": "11222333000181", "root": "11222333"}
    ]
    for text, code in (("11222333000181", "in_use"), ("11222333000182", "wrong_check_digits"), ("", "not_a_cnpj")):
        with pytest.raises(Invalid) as refused:
            await actions.found_organization("Outro", text)
        assert (refused.value.field, refused.value.code) == ("cnpj", code)


# Memberships


async def test_who_manages_confirms_a_colleague_and_says_what_they_may_do(people):
    nina = await asks_to_join(people)
    assert (await queries.actor(nina)).organizations == {}
    number = await membership(nina)
    await actions.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW)
    aurora = next(iter(people.ana.organizations))
    assert await queries.actor(nina) == Actor(
        id=nina,
        name="Nina Sá",
        organizations={aurora: "Colégio Aurora"},
        sees=frozenset({aurora}),
        approves=frozenset({aurora}),
        manages=frozenset({aurora}),
    )


async def test_a19_rights_taken_away_are_gone_at_once(people):
    number = await membership(people.rui.id)
    await actions.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW)
    await actions.grant(number, sees=Sees.OWN, approves=False, manages=False, by=people.ana, at=NOW)
    assert await cast.fresh(people.rui) == people.rui


async def test_a70_nobody_changes_their_own_rights(people):
    own = await membership(people.ana.id)
    for attempt in (
        actions.grant(own, sees=Sees.ORGANIZATION, approves=True, manages=True, by=people.ana, at=NOW),
        actions.revoke(own, by=people.ana),
    ):
        with pytest.raises(NotPermitted):
            await attempt
    assert await cast.fresh(people.ana) == people.ana


async def test_a70_who_does_not_manage_finds_nobody_to_change(people):
    numbers = [await membership(who.id) for who in (people.ana, people.rui)]
    for who in (people.rui, people.caio, people.bia):
        for number in (*numbers, 999_999):
            with pytest.raises(NotFound):
                await actions.grant(number, sees=Sees.ORGANIZATION, approves=True, manages=True, by=who, at=NOW)
            with pytest.raises(NotFound):
                await actions.revoke(number, by=who)
    assert [await cast.fresh(who) for who in (people.ana, people.rui)] == [people.ana, people.rui]


async def test_a13_who_manages_one_school_finds_nobody_of_another(people):
    theirs = await membership(people.caio.id)
    with pytest.raises(NotFound):
        await actions.grant(theirs, sees=Sees.OWN, approves=False, manages=False, by=people.ana, at=NOW)
    with pytest.raises(NotFound):
        await actions.revoke(theirs, by=people.ana)
    assert await cast.fresh(people.caio) == people.caio


async def test_sight_of_all_branches_is_given_by_who_has_it(people):
    number, own = await membership(people.rui.id), await membership(people.ana.id)
    with pytest.raises(NotPermitted):
        await actions.grant(number, sees=Sees.GROUP, approves=False, manages=False, by=people.ana, at=NOW)
    assert await cast.fresh(people.rui) == people.rui
    await fetch("UPDATE membership SET sees = 'group' WHERE id = {}", own)
    ana = await cast.fresh(people.ana)
    await actions.grant(number, sees=Sees.GROUP, approves=False, manages=False, by=ana, at=NOW)
    assert (await cast.fresh(people.rui)).sees == ana.sees


async def test_a_membership_ended_leaves_nothing(people):
    await actions.revoke(await membership(people.rui.id), by=people.ana)
    assert await cast.fresh(people.rui) == Actor(id=people.rui.id, name="Rui Alves")


async def test_what_is_over_is_swept_and_what_is_not_stays(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    opens = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await actions.sweep(NOW)
    assert (await session_of(token) > 0, (await queries.live_link(opens, NOW)).person) == (True, ana.id)
    await actions.sweep(NOW + timedelta(days=60))
    assert [await fetch(f"SELECT id FROM {table}") for table in ("session", "one_time_link")] == [[], []]


async def enter(identifier: str, password: str, *, network: str = "10.0.0.1"):
    return await actions.sign_in(identifier, password, network=network, browser="Firefox", at=NOW)


async def link(purpose: Purpose, address: str, *, person: int | None = None, name: str = "", cnpj: str = "") -> str:
    return await actions.make_link(purpose, address, person=person, name=name, cnpj=cnpj, at=NOW)


async def refused_as_dead(token: str, *, at=NOW) -> None:
    with pytest.raises(NotFound):
        await actions.claim(token, password=OTHER, at=at)


async def session_of(token: str) -> int:
    found = await queries.signed_in(token, NOW)
    assert found is not None
    return found[1]


async def membership(person: int) -> int:
    return (await fetch("SELECT id FROM membership WHERE person = {}", person))[0]["id"]


async def asks_to_join(people) -> int:
    """Nina, who named Colégio Aurora when she signed up."""
    token = await link(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá", cnpj="11222333000181")
    return await actions.claim(token, password=SECRET, at=NOW)

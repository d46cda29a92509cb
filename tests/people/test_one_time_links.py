"""One-time links: their purpose, single use and expiry."""

import asyncio
from contextvars import Context
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.people.credentials import OTHER, SECRET, enter, link
from web.commands.runner import operator
from web.database import fetch, transaction
from web.errors import Invalid, NotFound
from web.people import accounts, actors, memberships, one_time_links
from web.people.accounts import IdentityShown
from web.people.directory import deactivation
from web.people.merging import merge, unmerge
from web.people.one_time_links import ENTRANCES, Purpose
from web.people.permissions import Actor, Sees

pytestmark = pytest.mark.anyio


async def test_a_link_of_a_sign_up_makes_the_person_who_waits_for_the_organization(people):
    aurora = next(iter(people.ana.organizations))
    token = await link(Purpose.SIGN_UP, "nina@aurora.example")
    number = await one_time_links.redeem(token, password=SECRET, name="Nina Sá", cnpj="11222333000181", at=NOW)
    nina = await actors.of_person(number)
    assert nina == Actor(id=number, name="Nina Sá")
    assert await accounts.identities(number) == [IdentityShown("email", "nina@aurora.example", NOW)]
    assert (await enter("nina@aurora.example", SECRET))[0] == number
    waiting = [row for row in await memberships.colleagues(frozenset({aurora})) if row.confirmed_at is None]
    assert [(row.person, row.sees, row.approves, row.manages) for row in waiting] == [(number, "own", False, False)]


@pytest.mark.parametrize("number", ["", "11222333000262"])
async def test_a_sign_up_without_an_organization_we_know_makes_a_person_of_none(people, number):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example")
    person = await one_time_links.redeem(token, password=SECRET, name="Nina Sá", cnpj=number, at=NOW)
    assert await fetch("SELECT id FROM membership WHERE person = {}", person) == []


async def test_a_sign_up_for_an_address_that_came_into_copy_meanwhile_makes_no_second_person(people):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example")
    async with transaction():
        known = await accounts.find_or_create("nina@aurora.example", at=NOW)
    assert await one_time_links.redeem(token, password=SECRET, name="Nina Sá", at=NOW) == known
    assert (await enter("nina@aurora.example", SECRET))[0] == known


async def test_a_password_link_gives_a_password_and_ends_every_session(ana):
    _, session = await enter("ana@aurora.example", SECRET)
    token = await link(Purpose.PASSWORD, "ana@aurora.example", person=ana.id)
    assert await one_time_links.redeem(token, password=OTHER, at=NOW) == ana.id
    assert await actors.behind_session(session, NOW) is None
    with pytest.raises(Invalid):
        await enter("ana@aurora.example", SECRET)
    assert (await enter("ana@aurora.example", OTHER))[0] == ana.id


async def test_a_sign_in_link_opens_and_changes_no_password(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    assert await one_time_links.redeem(token, password=OTHER, at=NOW) == ana.id
    assert (await enter("ana@aurora.example", SECRET))[0] == ana.id


@pytest.mark.parametrize("purpose", ENTRANCES)
async def test_a31_a_link_opens_once(ana, purpose):
    token = await link(purpose, "ana@aurora.example", person=ana.id)
    await one_time_links.redeem(token, password=OTHER, name="Ana Prado", at=NOW)
    await refused_as_dead(token)


async def test_a31_a_link_used_twice_at_the_same_time_opens_once(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    calls = [one_time_links.redeem(token, password=None, at=NOW) for _ in range(5)]
    tasks = [asyncio.get_running_loop().create_task(call, context=Context()) for call in calls]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["NotFound"] * 4 + ["int"]


async def test_a31_a_newer_link_kills_the_one_before(ana):
    first = await link(Purpose.PASSWORD, "ana@aurora.example", person=ana.id)
    second = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await refused_as_dead(first)
    assert await one_time_links.redeem(second, password=None, at=NOW) == ana.id


async def test_a_wish_in_another_browser_leaves_the_persons_own_link_good(ana):
    own = await one_time_links.make(Purpose.PASSWORD, "ana@aurora.example", person=ana.id, browser="hers", at=NOW)
    await one_time_links.make(Purpose.PASSWORD, "ana@aurora.example", person=ana.id, browser="a stranger's", at=NOW)
    assert await one_time_links.redeem(own, password=OTHER, at=NOW) == ana.id
    assert await fetch("SELECT id FROM one_time_link WHERE token_hash IS NOT NULL") == []


async def test_who_was_put_in_copy_says_what_they_are_called_and_asks_to_join(people):
    async with transaction():
        eva = await accounts.find_or_create("eva@familia.example", at=NOW)
    token = await link(Purpose.SIGN_UP, "eva@familia.example")
    about = {"name": "Eva Melo", "cnpj": "11222333000181", "at": NOW}
    assert await one_time_links.redeem(token, password=SECRET, **about) == eva
    assert await fetch("SELECT name FROM person WHERE id = {}", eva) == [{"name": "Eva Melo"}]
    (asked,) = await fetch("SELECT sees, confirmed_at FROM membership WHERE person = {}", eva)
    assert asked == {"sees": "own", "confirmed_at": None}


async def test_a_link_of_somebody_else_stays_good(ana):
    rui = await accounts.create("Rui Alves", ["rui@aurora.example"], at=NOW)
    his = await link(Purpose.SIGN_IN, "rui@aurora.example", person=rui)
    await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    assert await one_time_links.redeem(his, password=None, at=NOW) == rui


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
    at = NOW + lasts - timedelta(seconds=1)
    assert await one_time_links.redeem(token, password=OTHER, name="Ana Prado", at=at) == ana.id


async def test_a_link_whose_address_went_to_another_opens_nothing(people):
    merged = {"keep": people.rui.id, "by": people.lia, "at": NOW}
    await merge.merge(people.ana.id, people.rui.id, **merged)
    token = await link(Purpose.PASSWORD, "ana@aurora.example", person=people.rui.id)
    await unmerge.part(people.ana.id, by=people.lia, at=NOW)
    await refused_as_dead(token)
    assert await fetch("SELECT id FROM person WHERE password IS NOT NULL") == []


async def test_a_link_of_a_person_put_away_opens_nothing(ana):
    token = await link(Purpose.SIGN_IN, "ana@aurora.example", person=ana.id)
    await deactivation.deactivate(ana.id, by=operator(), at=NOW)
    await refused_as_dead(token)


@pytest.mark.parametrize("password", ["", "curta", "12345678", "nina@aurora.example", "11222333000181", "Aurora@2026"])
async def test_a_weak_password_is_refused_and_leaves_the_link_good(people, password):
    token = await link(Purpose.SIGN_UP, "nina@aurora.example")
    about = {"name": "Nina Sá", "cnpj": "11222333000181", "at": NOW}
    with pytest.raises(Invalid) as refused:
        await one_time_links.redeem(token, password=password, **about)
    assert refused.value.field == "password"
    assert await one_time_links.redeem(token, password=SECRET, **about) > 0


async def test_a60_a_password_link_refuses_the_persons_own_name_logins_and_organization(people):
    number = await accounts.create("Marivalda Queiroz", ["mq@aurora.example", "aurora-matutino-77"], at=NOW)
    await memberships.add(number, next(iter(people.ana.organizations)), sees=Sees.OWN, at=NOW)
    token = await link(Purpose.PASSWORD, "mq@aurora.example", person=number)
    codes = {}
    for password in ("marivaldaqueiroz", "aurora-matutino-77", "11222333000181"):
        try:
            await one_time_links.redeem(token, password=password, at=NOW)
        except (Invalid, NotFound) as refused:
            codes[password] = refused.code
    assert codes == dict.fromkeys(("marivaldaqueiroz", "aurora-matutino-77", "11222333000181"), "easy_to_guess")


async def refused_as_dead(token: str, *, at=NOW) -> None:
    with pytest.raises(NotFound):
        await one_time_links.redeem(token, password=OTHER, at=at)

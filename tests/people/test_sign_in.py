"""Sign-in with a password, refusals, throttling, and changed passwords."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.people.credentials import OTHER, SECRET, enter, session_of
from web.commands.runner import operator
from web.database import fetch
from web.errors import Invalid, Throttled
from web.people import accounts, actors, memberships, organizations, sign_in, throttle
from web.people.directory import deactivation
from web.people.permissions import Sees

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("identifier", ["ana@aurora.example", " ANA@Aurora.example ", "aurora-ana", "AURORA-ANA"])
async def test_the_right_pair_opens_a_session_for_seven_days(ana, identifier):
    person, token = await enter(identifier, SECRET)
    assert person == ana.id
    assert await actors.behind_session(token, NOW) == (ana, await session_of(token), NOW)
    assert await actors.behind_session(token, NOW + timedelta(days=7, seconds=-1)) is not None
    assert await actors.behind_session(token, NOW + timedelta(days=7)) is None


async def test_a33_the_database_keeps_no_token_that_signs_anybody_in(ana):
    _, token = await enter("ana@aurora.example", SECRET)
    (kept,) = await fetch("SELECT token_hash FROM session")
    assert await actors.behind_session(kept["token_hash"], NOW) is None
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
    await accounts.create("Rui Alves", ["rui@aurora.example"], at=NOW)
    await deactivation.deactivate(ana.id, by=operator(), at=NOW)
    for identifier, password in (("rui@aurora.example", ""), ("ana@aurora.example", SECRET)):
        with pytest.raises(Invalid) as refused:
            await enter(identifier, password)
        assert refused.value.code == "unknown_pair"


async def test_a59_guesses_from_one_network_leave_the_owner_free_elsewhere(ana):
    for _ in range(10):
        with pytest.raises(Invalid):
            await enter("ana@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("ana@aurora.example", SECRET)
    person, _ = await enter("ana@aurora.example", SECRET, network="10.0.0.2")
    assert person == ana.id


async def test_a34_guesses_at_a_name_that_does_not_exist_are_slowed_as_well(ana):
    for _ in range(10):
        with pytest.raises(Invalid):
            await enter("ninguem@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("ninguem@aurora.example", OTHER)


async def test_a59_ones_own_success_does_not_pay_for_guesses_at_others(ana):
    await guessed_here_before()
    for name in ("um", "dois"):
        with pytest.raises(Invalid):
            await enter(f"{name}@aurora.example", OTHER)
    await enter("ana@aurora.example", SECRET)
    with pytest.raises(Invalid):
        await enter("tres@aurora.example", OTHER)
    with pytest.raises(Throttled):
        await enter("quatro@aurora.example", OTHER)


async def test_a_school_behind_one_address_signs_in_all_morning(ana):
    await guessed_here_before()
    assert [(await enter("ana@aurora.example", SECRET))[0] for _ in range(5)] == [ana.id] * 5


async def test_a_changed_password_ends_every_session(ana):
    _, session = await enter("ana@aurora.example", SECRET)
    await sign_in.change_password(ana, current=SECRET, password=OTHER, at=NOW)
    assert await actors.behind_session(session, NOW) is None
    assert (await enter("ana@aurora.example", OTHER))[0] == ana.id


@pytest.mark.parametrize(
    ("current", "password", "field", "code"),
    [
        (OTHER, OTHER, "current", "wrong_password"),
        ("", OTHER, "current", "missing"),
        (SECRET, "curta", "password", "too_short"),
        (SECRET, "Ana Prado", "password", "easy_to_guess"),
        (SECRET, "ana@aurora.example", "password", "easy_to_guess"),
        (SECRET, "aurora-ana", "password", "easy_to_guess"),
    ],
)
async def test_a_password_is_changed_by_who_knows_it_for_a_good_one(ana, current, password, field, code):
    with pytest.raises(Invalid) as refused:
        await sign_in.change_password(ana, current=current, password=password, at=NOW)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert (await enter("ana@aurora.example", SECRET))[0] == ana.id


async def test_a60_a_password_is_not_changed_for_the_cnpj_of_ones_school(ana):
    aurora = await organizations.insert("Colégio Aurora", "11222333000181")
    await memberships.add(ana.id, aurora, sees=Sees.OWN, at=NOW)
    with pytest.raises(Invalid) as refused:
        await sign_in.change_password(await cast.fresh(ana), current=SECRET, password="11222333000181", at=NOW)
    assert (refused.value.field, refused.value.code) == ("password", "easy_to_guess")


async def guessed_here_before() -> None:
    """From this network three more wrong guesses are possible."""
    tried = sign_in.GUESSES_FROM_ONE
    await throttle.spend(tried, "10.0.0.1", amount=tried.tries - 3, at=NOW)

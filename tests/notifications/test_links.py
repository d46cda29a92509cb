"""Requests for a link by mail: each answered once; the page does not tell who has an account."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.notifications.post import answered, waiting
from web.database import fetch, transaction
from web.errors import Invalid, Throttled
from web.notifications import outbox
from web.people import accounts, actors, one_time_links, sign_in, throttle
from web.people.directory import deactivation
from web.people.one_time_links import ENTRANCES, Purpose

pytestmark = pytest.mark.anyio

SECRET = "girafa azul dorme cedo"
HOME = "http://127.0.0.1:8000"


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.mark.parametrize(
    ("purpose", "subject"), [(Purpose.PASSWORD, "Crie a sua senha"), (Purpose.SIGN_IN, "O seu link para entrar")]
)
async def test_a_known_address_gets_the_link_it_asked_for(people, purpose, subject):
    await ask(purpose, " ANA@Aurora.example ")
    assert await answered(NOW) == 1
    (message,) = await waiting()
    assert (message["recipient"], message["subject"]) == ("ana@aurora.example", subject)
    assert await one_time_links.redeem(token_in(message["body"]), password=SECRET, at=NOW) == people.ana.id


async def test_who_has_a_password_may_make_a_new_one_and_keeps_the_old_until_then(people):
    await one_time_links.redeem(
        await one_time_links.make(Purpose.PASSWORD, "ana@aurora.example", person=people.ana.id, at=NOW),
        password=SECRET,
        at=NOW,
    )
    await ask(Purpose.PASSWORD, "ana@aurora.example")
    await answered(NOW)
    (message,) = await waiting()
    assert message["subject"] == "Crie a sua senha"
    person = await sign_in.with_password("ana@aurora.example", SECRET, network="10.0.0.1", at=NOW)
    assert person == people.ana.id


@pytest.mark.parametrize("purpose", [Purpose.PASSWORD, Purpose.SIGN_IN])
async def test_an_unknown_address_is_told_how_to_begin(people, purpose):
    await ask(purpose, "ninguem@fora.example")
    await answered(NOW)
    (message,) = await waiting()
    assert (message["recipient"], message["subject"]) == ("ninguem@fora.example", "Confirme o seu e-mail")
    token = token_in(message["body"])
    with pytest.raises(Invalid) as refused:
        await one_time_links.redeem(token, password=SECRET, at=NOW)
    assert (refused.value.field, refused.value.code) == ("name", "missing")
    number = await one_time_links.redeem(token, password=SECRET, name="Nina Sá", at=NOW)
    assert (await actors.of_person(number)).name == "Nina Sá"


async def test_a_sign_up_of_a_new_address_gets_a_link_that_makes_the_person(people):
    await ask(Purpose.SIGN_UP, "nina@aurora.example", name="Nina Sá", cnpj="11222333000181")
    await answered(NOW)
    (message,) = await waiting()
    assert message["subject"] == "Confirme o seu e-mail"
    assert await accounts.find("nina@aurora.example") is None
    number = await one_time_links.redeem(token_in(message["body"]), password=SECRET, name="Nina Sá", at=NOW)
    assert (await actors.of_person(number)).name == "Nina Sá"


async def test_a_sign_up_of_a_known_address_gets_a_link_for_a_password_and_changes_no_name(people):
    await ask(Purpose.SIGN_UP, "ana@aurora.example", name="Impostora", cnpj="12ABC34501DE35")
    await answered(NOW)
    (message,) = await waiting()
    assert message["subject"] == "Crie a sua senha"
    assert await one_time_links.redeem(token_in(message["body"]), password=SECRET, at=NOW) == people.ana.id
    assert await cast.fresh(people.ana) == people.ana


async def test_a9_what_a_stranger_typed_is_not_in_the_message(people):
    await ask(Purpose.SIGN_UP, "vitima@fora.example", name="Ganhe dinheiro em http://golpe.example")
    await answered(NOW)
    (message,) = await waiting()
    assert "golpe" not in message["subject"] + message["body"]


async def test_a9_an_unknown_address_gets_one_message_a_day(people):
    made = []
    for hours in (0, 1, 12, 23.9, 24, 25, 48):
        at = NOW + timedelta(hours=hours)
        for purpose in ENTRANCES:
            await ask(purpose, "ninguem@fora.example", at=at)
        await answered(at)
        made.append(len(await waiting()))
    assert made == [1, 1, 1, 1, 2, 2, 3]


async def test_a_known_address_gets_one_message_a_minute(people):
    made = []
    for seconds in (0, 59, 60):
        at = NOW + timedelta(seconds=seconds)
        await ask(Purpose.SIGN_IN, "ana@aurora.example", at=at)
        await ask(Purpose.SIGN_IN, "ana@aurora.example", at=at)
        await answered(at)
        made.append(len(await waiting()))
    assert made == [1, 1, 2]


async def test_each_wish_is_answered_once(people):
    await ask(Purpose.SIGN_IN, "ana@aurora.example")
    assert [await answered(NOW), await answered(NOW + timedelta(hours=1))] == [1, 0]
    assert (len(await waiting()), await fetch("SELECT id FROM link_request")) == (1, [])


async def test_wishes_that_pile_up_are_answered_fifty_at_a_time(people):
    for n in range(60):
        await ask(Purpose.SIGN_IN, f"p{n}@fora.example", network=f"10.0.0.{n}")
    assert [await answered(NOW), await answered(NOW), await answered(NOW)] == [50, 10, 0]
    assert len(await waiting()) == 60


async def test_a34_asking_looks_the_same_for_known_and_unknown(people):
    for address in ("ana@aurora.example", "ninguem@fora.example"):
        assert await ask(Purpose.SIGN_IN, address) is None
    rows = await fetch("SELECT identifier, purpose, name, cnpj FROM link_request ORDER BY id")
    assert rows == [
        {"identifier": "ana@aurora.example", "purpose": "sign_in", "name": "", "cnpj": ""},
        {"identifier": "ninguem@fora.example", "purpose": "sign_in", "name": "", "cnpj": ""},
    ]
    assert await waiting() == []


async def test_a9_one_network_asks_only_so_often(people):
    bound = one_time_links.LINKS_FROM_ONE
    await throttle.spend(bound, "10.0.0.1", amount=bound.tries - 2, at=NOW)
    for n in range(2):
        await ask(Purpose.SIGN_IN, f"p{n}@fora.example")
    with pytest.raises(Throttled):
        await ask(Purpose.SIGN_IN, "p3@fora.example")
    await ask(Purpose.SIGN_IN, "p3@fora.example", network="10.0.0.2")
    assert len(await fetch("SELECT id FROM link_request")) == 3


async def test_a_person_put_away_is_answered_as_a_stranger(people):
    await deactivation.deactivate(people.rui.id, by=people.admin, at=NOW)
    await ask(Purpose.SIGN_IN, "rui@aurora.example")
    await answered(NOW)
    assert [message["subject"] for message in await waiting()] == ["Confirme o seu e-mail"]


async def test_a_message_told_about_in_a_transaction_that_fails_is_not_sent(people):
    async def fails() -> None:
        async with transaction():
            await outbox.write("ana@aurora.example", "Oi", "Oi", at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await waiting() == []


async def ask(purpose: Purpose, identifier: str, *, name="", cnpj="", network="10.0.0.1", at=NOW) -> None:
    await one_time_links.request(purpose, identifier, name=name, cnpj=cnpj, network=network, at=at)


def token_in(body: str) -> str:
    (line,) = [line for line in body.splitlines() if line.startswith(f"{HOME}/claim/")]
    return line.removeprefix(f"{HOME}/claim/")

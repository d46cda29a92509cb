"""Accounts: renamed; sign-in names are unique."""

import pytest

from tests import cast
from tests.cast import NOW
from web.database import fetch, transaction
from web.errors import Invalid
from web.people import accounts

pytestmark = pytest.mark.anyio


async def test_a_new_name_is_shown_at_once(ana):
    await accounts.rename(ana, name="Ana Maria Prado")
    assert (await cast.fresh(ana)).name == "Ana Maria Prado"


async def test_a14_a_name_in_use_is_not_given_to_a_second_person(ana):
    with pytest.raises(Invalid) as refused:
        await accounts.create("Outra Ana", ["outra@aurora.example", "ANA@aurora.example"], at=NOW)
    assert (refused.value.field, refused.value.code) == ("identifier", "in_use")
    assert await accounts.find("outra@aurora.example") is None
    assert [row["name"] for row in await fetch("SELECT name FROM person WHERE id > 1")] == ["Ana Prado"]


async def test_what_is_no_address_makes_nobody(database):
    with pytest.raises(Invalid) as refused:
        await accounts.create("Eva Melo", ["eva@escola.example!"], at=NOW)
    assert (refused.value.field, refused.value.code) == ("identifier", "not_an_address")


@pytest.mark.parametrize(
    "pasted", [" eva@escola.example\u00a0", "Eva Melo <EVA@escola.example>", "eva@escola.example\u200b"]
)
async def test_an_address_is_one_however_it_was_pasted(database, pasted):
    eva = await accounts.create("Eva \u202eMelo\u200b", [pasted], at=NOW)
    assert [each.value for each in await accounts.identities(eva)] == ["eva@escola.example"]
    assert [row["name"] for row in await fetch("SELECT name FROM person WHERE id = {}", eva)] == ["Eva Melo"]
    found = await accounts.find("mailto:eva@escola.example")
    assert found is not None
    assert found.id == eva


async def test_an_address_that_names_the_desk_makes_nobody_look_like_it(database):
    async with transaction():
        person = await accounts.find_or_create("suporte.guiche@escola.example", at=NOW)
    (row,) = await fetch("SELECT name FROM person WHERE id = {}", person)
    assert row["name"] == "suporte.guiche@escola.example"

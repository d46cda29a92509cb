"""Accounts: renamed, and never two of one name."""

import pytest

from tests import cast
from tests.cast import NOW
from web.database import fetch
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

"""The rows of statements have the types of their classes, on both databases."""

from dataclasses import dataclass

import pytest

from tests import cast
from web.database import execute, fetch_as, fetch_column, transaction
from web.sql import Condition, Fragment

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@dataclass(frozen=True)
class Named:
    id: int
    name: str
    is_robot: bool
    has_password: bool | None


PEOPLE = "SELECT id, name, is_robot, password IS NOT NULL AS has_password FROM person WHERE {} ORDER BY id"


async def test_a_row_is_an_object_whose_truth_values_are_such():
    people = await cast.enrol()
    [found] = await fetch_as(Named, PEOPLE, Condition("id = {}", (people.ana.id,)))
    assert found == Named(people.ana.id, people.ana.name, is_robot=False, has_password=False)
    assert found.has_password is False


async def test_rows_read_in_a_transaction_are_the_same():
    before = await fetch_as(Named, PEOPLE, Condition("id = {}", (1,)))
    async with transaction():
        await execute("UPDATE person SET name = name WHERE id = {}", 1)
        assert await fetch_as(Named, PEOPLE, Condition("id = {}", (1,))) == before


async def test_columns_that_are_not_the_fields_are_refused():
    with pytest.raises(TypeError, match="Named has the fields"):
        await fetch_as(Named, "SELECT id, name FROM person")


async def test_a_fragment_brings_its_values():
    newest = Fragment("SELECT max(id) FROM person WHERE id < {}", (2,))
    assert await fetch_column(int, "SELECT id FROM person WHERE id = ({}) AND id > {}", newest, 0) == [1]

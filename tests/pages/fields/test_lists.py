"""Custom fields in the lists of the desk: filters and columns."""

import pytest

from tests import cast
from tests.client import browser_of
from tests.pages.fields.test_desk import opened
from tests.pages.reading import statements, titles
from tests.tickets.fields.factories import field
from web.database import fetch
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def world() -> tuple[cast.Cast, dict[str, str]]:
    """Three tickets with different field values; the address of each filtered list."""
    people = await cast.enrol()
    grade = await field(people.lia, "Série", Kind.CHOICE, options=("6º ano", "7º ano"))
    books = await field(people.lia, "Livros", Kind.SEVERAL, options=("Arte", "Física"))
    day = await field(people.lia, "Vencimento", Kind.DATE)
    cost = await field(people.lia, "Valor", Kind.MONEY)
    first = {grade: "6º ano", books: "Arte", day: "10/12/2026", cost: "9"}
    second = {grade: "7º ano", books: "Física", day: "2026-12-20", cost: "100"}
    for title, values in (("Um", first), ("Dois", second), ("Três", {})):
        await opened(people, values, title)
    (row,) = await fetch("SELECT id FROM category WHERE name = 'Cobrança'")
    at = f"/desk?view=all&category={row['id']}"
    return people, {
        "all": at,
        "grade": f"{at}&{grade.name}=6º ano",
        "books": f"{at}&{books.name}=Física",
        "day": f"{at}&{day.name}-first=15/12/2026",
        "days": f"{at}&{day.name}-first=2026-12-01&{day.name}-last=2026-12-15",
        "cost": f"{at}&{cost.name}-last=R$ 50",
        "two": f"{at}&{grade.name}=7º ano&{cost.name}-first=50",
        "none": f"{at}&{grade.name}=7º ano&{cost.name}-last=50",
        "nonsense": f"{at}&{cost.name}-last=muito&field-999=x&{grade.name}=%00",
        "elsewhere": f"/desk?view=all&{grade.name}=6º ano",
        "searched": f"{at}&{grade.name}=6º ano&q=errados",
        "columns": f"{at}&columns={grade.name}&columns={cost.name}",
        "columns elsewhere": f"/desk?view=all&columns={grade.name}",
    }


async def test_a_list_of_a_category_is_narrowed_by_its_fields():
    people, lists = await world()
    bia = await browser_of(people.bia)
    found = {name: sorted(titles(await bia.get(at))) for name, at in lists.items() if "columns" not in name}
    everything = ["Dois", "Três", "Um"]
    assert found == {
        "all": everything,
        "grade": ["Um"],
        "books": ["Dois"],
        "day": ["Dois"],
        "days": ["Um"],
        "cost": ["Um"],
        "two": ["Dois"],
        "none": [],
        "nonsense": everything,
        "elsewhere": everything,
        "searched": ["Um"],
    }


async def test_the_form_of_a_narrowed_list_shows_what_it_is_narrowed_to():
    people, lists = await world()
    bia = await browser_of(people.bia)
    page = await bia.get(lists["two"])
    values = page.values("/desk")
    assert sorted(value for name, value in values.items() if name.startswith("field") and value) == [
        "7º ano",
        "R$ 50,00",
    ]
    page = await bia.get(lists["elsewhere"])
    assert page.attributes("[name^=field]", "name") == []


async def test_a_field_is_a_column_of_a_list_of_its_category():
    people, lists = await world()
    bia = await browser_of(people.bia)
    text = (await bia.get(lists["columns"])).words
    assert ("R$ 9,00" in text, "R$ 100,00" in text, "6º ano" in text) == (True, True, True)
    assert "R$ 9,00" not in (await bia.get(lists["columns elsewhere"])).words


async def test_a_list_makes_as_many_statements_with_fields_as_without():
    people, lists = await world()
    bia = await browser_of(people.bia)
    made = []
    for name in ("all", "two", "columns"):
        await bia.get(lists[name])
        with statements() as counted:
            await bia.get(lists[name])
        made.append(len(counted))
    assert made == [made[0]] * 3

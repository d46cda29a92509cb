"""The page of roles and permissions agrees with what the pages allow."""

import pytest

from tests import cast
from tests.client import browser_of, folded
from tests.pages.reading import statements
from web.pages.words.settings.permissions import RIGHTS

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]

SAYS = {True: "sim", False: "–"}


async def test_what_a_role_may_do_by_the_page_is_what_it_may_open():
    people = await cast.enrol()
    page = await (await browser_of(people.lia)).get("/desk/settings/permissions")
    told = [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("table")[0].css("tbody tr")]
    browsers = [await browser_of(each) for each in (people.ana, people.bia, people.lia, people.admin)]
    found = []
    for right in RIGHTS:
        opened = f"/desk/people/{people.davi.id}/details" if right.address == "" else right.address
        found.append([right.text, *[SAYS[(await each.get(opened)).status == 200] for each in browsers]])
    assert told == found


async def test_each_team_names_who_works_in_it_by_role():
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await lia.get("/desk/settings/permissions")
    told = [[folded(cell) for cell in row.css("th, td")] for row in page.html.css("table")[1].css("tbody tr")]
    assert told == [
        ["Atendimento N1", "Bia Nunes", "Lia Castro", "–"],
        ["Financeiro N1", "Bia Nunes", "Lia Castro", "–"],
        ["Ouvidoria N1, reservada", "–", "Lia Castro", "–"],
        ["Integrações N2", "Davi Reis", "–", "–"],
    ]
    with statements() as asked:
        await lia.get("/desk/settings/permissions")
    assert len(asked) == 2

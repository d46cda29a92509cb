"""Options of custom fields in reports, on the page and as a file."""

import pytest

from tests import cast
from tests.client import browser_of, folded
from tests.pages.fields.test_desk import opened
from tests.tickets.fields.factories import field
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]


async def test_tickets_are_counted_by_the_options_of_fields_and_no_option_is_read_as_a_formula():
    people = await cast.enrol()
    grade = await field(people.lia, "Série", Kind.CHOICE, options=("6º ano", "=1+1"))
    for option in ("6º ano", "=1+1", "6º ano"):
        await opened(people, {grade: option})
    admin = await browser_of(people.admin)
    page = await admin.get("/desk/reports")
    rows = [folded(row) for row in page.html.css("tr") if "Série" in row.text()]
    assert [row.split(" ")[:3] for row in rows] == [["Série:", "6º", "ano"], ["Série:", "=1+1", "1"]]
    text = (await admin.get("/desk/reports/fields.csv")).response.text
    assert text.split("\r\n")[1:3] == ['"Série";"6º ano";"2"', '"Série";"\'=1+1";"1"']


async def test_without_fields_the_page_of_reports_says_nothing_of_them():
    people = await cast.enrol()
    assert "Por campo" not in (await (await browser_of(people.admin)).get("/desk/reports")).words

"""The address that telephony programs open: it finds callers by number and changes nothing."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import ticket_row
from web.database import fetch_column
from web.people.identifiers import phones

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

AT = "/desk/contacts/new?phone="
FORM = "/desk/contacts"


@pytest.mark.parametrize("typed", ["%2B5511987654321", "11987654321", "(11) 98765-4321", "011 98765 4321"])
async def test_the_one_person_of_a_number_is_who_called(typed):
    people = await cast.enrol()
    await phones.add(people.ana.id, "11 98765-4321", by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}{typed}")
    values = page.values(FORM)
    assert (values["requester"], values["channel"], values["description"]) == ("ana@aurora.example", "phone", "")
    about, finer = await cast.subject()
    done = await bia.send(
        page, FORM, category=about, topic=finer, title="Dúvida", description="Perguntou.", body="Respondido."
    )
    row = await ticket_row(int(done.path.rpartition("/")[2]))
    assert (row["requester"], row["channel"]) == (people.ana.id, "phone")


async def test_who_spoke_is_known_by_the_phone_that_is_typed():
    people = await cast.enrol()
    await phones.add(people.ana.id, "11 98765-4321", by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    about, finer = await cast.subject()
    said = {"channel": "phone", "category": about, "topic": finer, "title": "Dúvida", "description": "Perguntou."}
    page = await bia.send(await bia.get("/desk/contacts/new"), FORM, requester="(11) 98765-4321", **said)
    assert (page.status, page.values(FORM)["requester"]) == (422, "ana@aurora.example")
    done = await bia.send(page, FORM, body="Respondido.")
    assert (await ticket_row(int(done.path.rpartition("/")[2])))["requester"] == people.ana.id


async def test_of_several_people_of_a_number_the_agent_chooses_one():
    people = await cast.enrol()
    for each in (people.rui, people.ana):
        await phones.add(each.id, "11 98765-4321", by=people.bia, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}11987654321")
    assert (page.texts(".notice li a"), page.values(FORM)["requester"]) == (["Ana Prado", "Rui Alves"], "")
    page = await bia.get(page.links()["Rui Alves"])
    assert (page.texts(".notice li a"), page.values(FORM)["requester"]) == ([], "rui@aurora.example")


@pytest.mark.parametrize("typed", ["11912345678", "190", "recepção", "'; DROP TABLE phone"])
async def test_a_number_that_nobody_has_stays_in_the_form_and_makes_nobody(typed):
    people = await cast.enrol()
    before = await fetch_column(int, "SELECT count(*) AS n FROM person")
    page = await (await browser_of(people.bia)).get(f"{AT}{typed}")
    values = page.values(FORM)
    assert (values["requester"], values["description"].strip()) == ("", f"Ligação de {typed}.")
    assert await fetch_column(int, "SELECT count(*) AS n FROM person") == before


async def test_a_requester_has_no_such_page():
    people = await cast.enrol()
    assert (await (await browser_of(people.ana)).get(f"{AT}11987654321")).status == 404

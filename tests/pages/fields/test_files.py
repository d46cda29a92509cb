"""Custom fields for files: on every form, kept after a refusal, visible with the ticket."""

import csv
import io

import pytest

from tests import cast
from tests.api.robots import robot
from tests.client import Browser, Page, browser_of
from tests.pages.reading import facts, option, refusals, titles
from tests.security.world import PNG
from tests.tickets.fields.factories import field
from web.database import fetch
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind
from web.tickets.record.attachments import forget_unsent

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

NEW = "/tickets/new"
MISSING = "Preencha este campo."


async def world() -> tuple[cast.Cast, Field]:
    people = await cast.enrol()
    slip = await field(people.lia, "Boleto", Kind.FILE, requester_submission=Asks.REQUIRED)
    return people, slip


async def asked(browser: Browser) -> Page:
    """The form with its category chosen, refused because the file is missing."""
    page = await browser.get(NEW)
    about = {"category": option(page, "category", "Cobrança"), "title": "Boletos", "description": "Vieram errados."}
    return await browser.send(page, "/tickets", press="send", **about)


async def opened(browser: Browser, slip: Field, name: str = "boleto.png") -> Page:
    page = await asked(browser)
    return await browser.send(page, "/tickets", files=[(name, PNG, slip.name)], press="send")


def number_of(page: Page) -> str:
    return page.path.partition("?")[0].rpartition("/")[2]


def file_of(page: Page) -> str:
    (address,) = [each for each in page.attributes("dd a.file", "href") if each.startswith("/attachments/")]
    return address


async def test_a_required_file_is_asked_for_kept_when_the_form_is_refused_and_read_on_the_ticket():
    people, slip = await world()
    ana = await browser_of(people.ana)
    page = await asked(ana)
    page = await ana.send(page, "/tickets", press="send")
    assert (page.status, refusals(page)) == (422, {slip.name: MISSING})
    page = await ana.send(page, "/tickets", press="send", title="", files=[("boleto.png", PNG, slip.name)])
    assert (page.status, refusals(page)) == (422, {"title": "Escreva o título."})
    assert page.texts(".uploads span") == ["boleto.png"]
    page = await ana.send(page, "/tickets", press="send", title="Boletos")
    assert facts(page)["Boleto"] == "boleto.png"
    answer = (await ana.get(file_of(page))).response
    assert answer.content == PNG
    await forget_unsent(before=cast.NOW.replace(year=2030))
    assert (await ana.get(file_of(page))).status == 200


async def test_another_file_takes_the_place_of_the_one_that_came_before_and_an_unticked_one_goes():
    people, slip = await world()
    ana = await browser_of(people.ana)
    page = await ana.send(await asked(ana), "/tickets", press="save", files=[("um.png", PNG, slip.name)])
    number = number_of(page)
    at = f"/tickets/{number}/submission"
    page = await ana.send(page, at, press="save", files=[("dois.png", PNG, slip.name)])
    assert page.texts(".uploads span") == ["dois.png"]
    assert [row["name"] for row in await fetch("SELECT name FROM attachment WHERE ticket IS NOT NULL")] == ["dois.png"]
    page = await ana.send(page, at, press="send", **{slip.name: ""})
    assert (page.status, refusals(page)) == (422, {slip.name: MISSING})
    page = await ana.send(page, at, press="send", files=[("tres.png", PNG, slip.name)])
    assert facts(page)["Boleto"] == "tres.png"


async def test_a21_a_file_of_a_field_is_read_by_who_sees_the_ticket_and_one_of_the_desk_by_the_desk_alone():
    people, slip = await world()
    own = await field(people.lia, "Comprovante", Kind.FILE, requester_submission=Asks.NO, is_public=False)
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    page = await opened(ana, slip)
    number, address = number_of(page), file_of(page)
    for reader, status in ((people.rui, 404), (people.caio, 404), (people.bia, 200), (people.ana, 200)):
        assert (await (await browser_of(reader)).get(address)).status == status, reader.name
    at = f"/desk/tickets/{number}"
    page = await bia.send(await bia.get(at), f"{at}/fields", files=[("prova.png", PNG, own.name)])
    shown = {name: address for name, address in page.links().items() if name in ("boleto.png", "prova.png")}
    assert set(shown) == {"boleto.png", "prova.png"}
    assert [(await each.get(shown["prova.png"])).status for each in (bia, ana)] == [200, 404]
    assert "prova.png" not in (await ana.get(f"/tickets/{number}")).words
    found = await ana.get("/tickets?q=boleto.png")
    assert titles(found) == ["Boletos"]


async def test_a20_a_file_that_is_somebody_elses_is_refused():
    people, slip = await world()
    rui, ana = await browser_of(people.rui), await browser_of(people.ana)
    page = await asked(rui)
    page = await rui.send(page, "/tickets", press="send", title="", files=[("segredo.png", PNG, slip.name)])
    (kept,) = [each for each in page.values("/tickets")[slip.name] if each]
    for value in (kept, "999999", "999999999999999999 nada.png"):
        refused = await ana.send(await asked(ana), "/tickets", press="send", **{slip.name: value})
        assert (refused.status, list(refusals(refused))) == (422, [slip.name]), value
    refused = await ana.send(await asked(ana), "/tickets", press="send", **{slip.name: "segredo.png"})
    assert refusals(refused) == {slip.name: "Escolha o arquivo de novo."}


async def test_a_form_sent_twice_with_the_same_file_opens_one_ticket():
    people, slip = await world()
    ana = await browser_of(people.ana)
    page = await asked(ana)
    for _ in range(2):
        await ana.send(page, "/tickets", press="send", files=[("boleto.png", PNG, slip.name)])
    assert len(await fetch("SELECT id FROM ticket")) == 1


async def test_a_copy_takes_the_file_along_and_has_it_for_itself():
    people, slip = await world()
    ana = await browser_of(people.ana)
    page = await opened(ana, slip)
    number = number_of(page)
    copy = await ana.send(await ana.get(f"{NEW}?from={number}"), "/tickets", press="send", title="Outra vez")
    assert (facts(copy)["Boleto"], file_of(copy) == file_of(page)) == ("boleto.png", False)
    assert (await ana.get(file_of(copy))).response.content == PNG


async def test_a_file_is_asked_of_agents_at_the_resolution_and_on_the_record_of_a_contact():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    proof = await field(
        people.lia,
        "Comprovante",
        Kind.FILE,
        requester_submission=Asks.NO,
        agent_submission=Asks.NO,
        agent_resolution=Asks.REQUIRED,
    )
    bia, at = await browser_of(people.bia), f"/desk/tickets/{number}"
    page = await bia.send(await bia.get(at), f"{at}/solution", body="Feito.")
    assert list(refusals(page)) == [proof.name]
    page = await bia.send(page, f"{at}/solution", files=[("pago.png", PNG, proof.name)])
    assert ("Resolvido" in page.text(".head__sub .chip"), facts(page)["Comprovante"]) == (True, "pago.png")
    page = await bia.get("/desk/contacts/new")
    contact = {
        "requester": "ana@aurora.example",
        "channel": "phone",
        "category": option(page, "category", "Cobrança"),
        "title": "Ligou",
        "description": "Pediu.",
        "body": "Respondi.",
    }
    page = await bia.send(page, "/desk/contacts", **contact)
    page = await bia.send(page, "/desk/contacts", files=[("ata.png", PNG, proof.name)])
    assert page.status == 200
    rows = await fetch("SELECT value FROM field_value ORDER BY id")
    assert [row["value"].partition(" ")[2] for row in rows] == ["pago.png", "ata.png"]


async def test_lists_and_files_to_download_name_the_file():
    people, slip = await world()
    await opened(await browser_of(people.ana), slip)
    lia = await browser_of(people.lia)
    category, _ = await cast.subject()
    listed = await lia.get(f"/desk?view=all&category={category}&columns={slip.name}")
    assert "boleto.png" in listed.words
    table = (await lia.get("/desk/tickets.csv?view=all")).response.text
    (row,) = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";")
    assert row["Boleto"] == "boleto.png"


async def test_a_robot_uploads_a_file_names_it_in_a_field_and_reads_it_again():
    people, _ = await world()
    await field(people.lia, "Nota", Kind.FILE, agent_submission=Asks.REQUIRED)
    one = await robot()
    about, _ = await cast.subject()
    note = next(
        each["id"]
        for each in (await one.get("/categories")).json()["categories"][0]["fields"]
        if each["label"] == "Nota"
    )
    sent = (await one.send("/attachments?name=nota.png", PNG)).json()["id"]
    wanted = {"title": "Nota", "description": "Segue.", "category": about, "fields": {str(note): [str(sent)]}}
    opened = await one.post("/tickets", wanted)
    found = (await one.get(opened.headers["location"].removeprefix("/api/v1"))).json()["fields"]
    assert found == {
        str(note): {
            "label": "Nota",
            "kind": "file",
            "values": ["nota.png"],
            "address": f"/api/v1/attachments/{sent}",
        }
    }
    assert (await one.get(f"/attachments/{sent}")).content == PNG
    refused = await one.post("/tickets", wanted | {"fields": {str(note): ["999999"]}})
    assert refused.json()["errors"] == [{"field": f"field-{note}", "code": "not_yours"}]

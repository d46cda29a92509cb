"""Attacks on the desk: confidential tickets, rights, and notes that no requester may see."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.lead_settings import set_team, team
from tests.pages.reading import titles
from tests.security.routes import FORMS, own_paths, routes
from tests.security.world import WORDS, built, leaks, token_of
from web.database import fetch
from web.tickets.actions import assignment, canned_replies, customer_notes, links, merges, placeholders
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.actions.ownership import departures
from web.tickets.actions.properties import classification
from web.tickets.lists import presence

pytestmark = pytest.mark.anyio

LISTS = (
    "",
    "?view=own",
    "?view=due",
    "?view=unassigned",
    "?view=all",
    "?view=all&status=active",
    "?view=all&sort=oldest",
)


@pytest.mark.parametrize("name", ["bia", "davi", "admin"])
async def test_a17_a_hidden_ticket_is_in_no_list_count_search_or_card_of_the_desk(name: str, database, storage):
    world = await built()
    browser = await world.browser(name)
    addresses = [f"/desk{query}" for query in LISTS]
    for address in [*addresses, f"/desk?q={world.tickets['secret']}", f"/desk/tickets/{world.tickets['ours']}"]:
        page = await browser.get(address)
        assert leaks(page.response.text, to=name) == [], address
    for length in (4, 7):
        page = await browser.get(f"/desk?view=all&q={WORDS['secret'][:length]}")
        assert page.text("#list h2") == "Nenhum ticket com este filtro"


async def test_a17_what_was_offered_in_a_confidential_team_is_gone_with_the_membership(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Sigilo")
    ouvidoria = await team("Ouvidoria")
    await set_team("Ouvidoria", members=frozenset({people.lia.id, people.davi.id}), by=people.lia)
    sheet = await cast.seen(number, people.lia)
    await assignment.assign(sheet, team=ouvidoria, person=people.davi.id, by=people.lia, at=NOW)
    davi = await browser_of(people.davi)
    assert (titles(await davi.get("/desk")), (await davi.get(f"/desk/tickets/{number}")).status) == (["Sigilo"], 200)
    await departures.leave_team(people.davi.id, ouvidoria, at=NOW)
    page = await davi.get("/desk")
    assert (titles(page), "Caixa de entrada 0" in page.texts(".navigation a")) == ([], True)
    assert (await davi.get(f"/desk/tickets/{number}")).status == 404


async def test_a18_what_one_may_not_see_cannot_be_moved_by_any_form_of_the_desk(database, storage):
    world = await built()
    bia = await world.browser("bia")
    before = await fetch("SELECT count(*) AS number FROM event")
    nouns = [route.rpartition("/")[2] for route in routes("POST /desk/tickets/{number:int}/")]
    for noun in nouns:
        for thing in ("secret", "draft"):
            values = {"_token": await token_of(bia), "body": "Oi", "into": world.tickets["ours"]}
            answer = await bia.post(f"/desk/tickets/{world.tickets[thing]}/{noun}", values)
            assert answer.status == 404, (noun, thing)
    assert len(nouns) > 15
    assert await fetch("SELECT count(*) AS number FROM event") == before


async def test_a18_a_requester_moves_nothing_by_the_forms_of_the_desk(database, storage):
    world = await built()
    ana = await world.browser("ana")
    before = [await fetch(f"SELECT * FROM {table} ORDER BY id") for table in ("ticket", "event")]
    for route in routes("POST /desk"):
        path = route.partition(" ")[2].replace("{number:int}", str(world.tickets["ours"]))
        answer = await ana.post(path, {"_token": await token_of(ana), **FORMS.get(route, {})})
        assert (answer.status, answer.text("h1")) == (404, "Não encontramos esta página"), route
    assert [await fetch(f"SELECT * FROM {table} ORDER BY id") for table in ("ticket", "event")] == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"headers": {"Origin": "https://outro.example", "Sec-Fetch-Site": "cross-site"}}, 403),
        ({"values": {"_token": "não é um token"}}, 403),
        ({"headers": {"Content-Type": "text/plain"}}, 415),
    ],
)
async def test_a38_no_form_but_our_own_moves_anything_at_the_desk(sent, status, database, storage):
    world = await built()
    admin = await world.browser("admin")
    token = await token_of(admin)
    before = [await fetch(f"SELECT * FROM {table} ORDER BY id") for table in ("ticket", "event", "canned")]
    for path in await own_paths("POST", world, "admin"):
        if path.startswith("/desk"):
            values = {"_token": token, "body": "Oi", "name": "Oi"} | sent.get("values", {})
            answer = await admin.post(path, values, headers=sent.get("headers"))
            assert answer.status == status, path
    assert [await fetch(f"SELECT * FROM {table} ORDER BY id") for table in ("ticket", "event", "canned")] == before


@pytest.mark.parametrize("name", ["ana", "rui", "caio", "eva"])
async def test_a71_nothing_that_the_desk_keeps_for_itself_reaches_a_requester(name: str, database, storage):
    world = await built()
    ours = await cast.seen(world.tickets["ours"], world.bia)
    await classification.tag(ours, ["umbuzeiro-etiqueta"], by=world.bia, at=NOW)
    await customer_notes.remark(ours, "Umbuzeiro sobre a pessoa", of_organization=False, by=world.bia, at=NOW)
    await presence.save_unsent(ours, "notes", "Umbuzeiro por terminar", by=world.bia, at=NOW)
    await canned_replies.save_canned(NewCannedReply("Umbuzeiro pronto", "Umbuzeiro"), by=world.lia, at=NOW)
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Integrações'")
    await links.hand_over(
        await cast.seen(world.tickets["ours"], world.bia), team["id"], "Umbuzeiro para o N2", by=world.bia, at=NOW
    )
    await merges.merge(await cast.seen(world.tickets["ours"], world.bia), world.tickets["ruis"], by=world.bia, at=NOW)
    browser = await world.browser(name)
    joined = WORDS["ruis"] if name == "eva" else ""  # in copy of the merged ticket, she reads on in the other one
    paths = [
        *await own_paths("GET", world, name),
        *(f"/tickets/{number}" for number in world.tickets.values()),
        "/tickets?q=umbuzeiro",
        "/tickets?scope=organization",
    ]
    for path in paths:
        answer = await browser.client.get(path)
        text = answer.text.replace("q=umbuzeiro", "").replace('value="umbuzeiro"', "")
        assert [each for each in leaks(text, to=name) if each != joined] == [], path


@pytest.mark.parametrize(
    "body", ["{{7*7}}", "{% for x in y %}", "{solicitante.__class__}", "{0}", "{}", "{número!r}", "%s"]
)
async def test_a45_a_text_made_ready_is_text_but_for_its_named_places(body: str, database, storage):
    world = await built()
    sheet = await cast.seen(world.tickets["ours"], world.bia)
    assert placeholders.fill_placeholders(body, sheet, world.bia) == body
    filled = placeholders.fill_placeholders("{solicitante} {número} {atendente}", sheet, world.bia)
    assert filled == f"Ana {sheet.number} Bia"

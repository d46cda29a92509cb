"""A contact by phone or at the counter: recorded as resolved, with an optional second ticket."""

import pytest

from tests import cast
from tests.client import browser_of
from tests.pages.reading import count, option, refusals, said, ticket_row, titles
from web.database import fetch

pytestmark = pytest.mark.anyio

AT = "/desk/contacts"


async def _typed(page, **more):
    return {
        "requester": "rui@aurora.example",
        "channel": option(page, "channel", "Telefone"),
        "category": option(page, "category", "Cobrança"),
        "title": "Segunda via do boleto",
        "description": "Rui ligou: perdeu o boleto.",
        "body": "Enviei de novo por e-mail.",
    } | more


async def test_a_contact_is_born_resolved_with_what_was_answered(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}/new")
    made = await bia.send(page, AT, **await _typed(page))
    assert (made.text("h1"), made.text(".head__sub .chip")) == ("Segunda via do boleto", "Resolvido")
    assert said(made) == ["Rui ligou: perdeu o boleto.", "Enviei de novo por e-mail."]
    (row,) = await fetch("SELECT id FROM ticket")
    kept = await ticket_row(row["id"])
    assert (kept["channel"], kept["requester"], kept["assignee"]) == ("phone", people.rui.id, people.bia.id)
    rui = await browser_of(people.rui)
    assert titles(await rui.get("/tickets")) == ["Segunda via do boleto"]


async def test_with_work_left_a_second_ticket_waits_in_the_queue(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}/new")
    made = await bia.send(page, AT, **await _typed(page, handling="1"))
    assert len(made.texts("#kin + .aside__body .mini li")) == 1
    assert await count("ticket") == 2
    assert titles(await bia.get("/desk?view=unassigned")) == ["Segunda via do boleto"]


async def test_what_is_missing_is_told_with_every_word_kept(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}/new")
    typed = await _typed(page, requester="ninguem@aurora.example")
    refused = await bia.send(page, AT, **typed)
    assert (refused.status, refusals(refused)) == (422, {"requester": "Não encontramos ninguém com este e-mail."})
    kept = refused.values(AT)
    assert {name: kept[name] for name in typed} == typed
    refused = await bia.send(refused, AT, requester="rui@aurora.example", body=" ")
    assert refusals(refused) == {"body": "Escreva o texto."}
    assert await count("ticket") == 0
    await bia.send(refused, AT, body="Enviei.")
    assert await count("ticket") == 1


async def test_sent_twice_it_is_one_contact(database, storage):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get(f"{AT}/new")
    typed = await _typed(page)
    for _ in range(2):
        await bia.send(page, AT, **typed)
    assert await count("ticket") == 1

"""What the portal "processo" promises its users, the agents' side (facts P)."""

from dataclasses import replace

import pytest

from tests import cast
from tests.browser import browser_of
from tests.cast import NOW
from tests.facts.conftest import Under
from tests.pages.reading import (
    chips,
    count,
    events,
    facts,
    impersonal,
    option,
    refusals,
    said,
    ticket_row,
    titles,
)
from web.database import fetch
from web.tickets import drafting
from web.tickets.drafting import Request
from web.tickets.funnel import Said
from web.tickets.lifecycle import Channel

pytestmark = pytest.mark.anyio


async def test_p01_a_ticket_is_an_esboco_until_it_is_sent(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    saved = await ana.send(await ana.get("/tickets/new"), "/tickets", press="save", title="Livros para 2027")
    (row,) = await fetch("SELECT id, status FROM ticket")
    assert row["status"] == "draft"
    assert chips(await ana.get("/tickets?scope=mine")) == {"Livros para 2027": "Esboço"}

    sent = await ana.send(
        saved,
        f"/tickets/{row['id']}/submission",
        press="send",
        category=option(saved, "category", "Material didático"),
        description="Turmas novas: 1A e 1B.",
    )
    assert sent.text(".head__sub .chip") == "A Fazer"
    assert chips(await ana.get("/tickets?scope=mine")) == {"Livros para 2027": "A Fazer"}
    assert await events(row["id"]) == ["draft", "submission"]


async def test_p01_the_form_of_a_draft_calls_it_an_esboco_too(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    blank = await ana.get("/tickets/new")
    saved = await ana.send(blank, "/tickets", press="save", title="Livros para 2027")
    assert "rascunho" not in f"{blank.words} {saved.words} {saved.title}".casefold()


async def test_p01_only_its_author_sees_an_esboco(under: Under):
    people = await under("processo")
    made = await drafting.draft(Request("Livros para 2027", "Turmas novas."), by=people.rui, at=NOW)
    rui = await browser_of(people.rui)
    assert (await rui.get(f"/tickets/{made.ticket}")).values(f"/tickets/{made.ticket}/submission")["title"] == (
        "Livros para 2027"
    )
    for somebody in (people.ana, people.bia, people.lia, people.admin, people.caio):
        theirs = await browser_of(somebody)
        unseen, absent = await theirs.get(f"/tickets/{made.ticket}"), await theirs.get("/tickets/999999999")
        assert (unseen.status, unseen.text("h1")) == (404, "Não encontramos esta página")
        assert impersonal(unseen) == impersonal(absent)
        for path in ("/tickets", "/tickets?scope=all", "/tickets?scope=organization", "/tickets?q=livros"):
            assert titles(await theirs.get(path)) == []


async def test_p02_a_ticket_is_sent_with_title_description_and_category_by_enviar(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    assert [button.get_text() for button in page.form("/tickets").select("button[name=send]")] == ["Enviar"]
    sent = await ana.send(
        page,
        "/tickets",
        press="send",
        category=option(page, "category", "Cobrança"),
        title="Boletos com o valor errado",
        description="Vieram com o valor de outubro.",
    )
    assert (sent.text("h1"), said(sent)) == ("Boletos com o valor errado", ["Vieram com o valor de outubro."])
    assert facts(sent)["Aberto por"] == "Ana Prado, Colégio Aurora"
    (row,) = await fetch("SELECT id, requester, primary_contact FROM ticket")
    assert (row["requester"], row["primary_contact"]) == (people.ana.id, people.ana.id)
    assert await events(row["id"]) == ["submission"]


async def test_p02_an_agent_registers_for_somebody_else_with_a_requester_and_a_primary_contact(under: Under):
    people = await under("processo")
    bia = await browser_of(people.bia)
    page = await bia.get("/tickets/new")
    labels = {label["for"]: label.get_text() for label in page.form("/tickets").select("label[for]")}
    assert (labels["requester"], labels["primary_contact"]) == ("Solicitante", "Contato primário")
    sent = await bia.send(
        page,
        "/tickets",
        press="send",
        requester="ana@aurora.example",
        primary_contact="rui@aurora.example",
        category=option(page, "category", "Cobrança"),
        title="Boletos com o valor errado",
        description="Ana ligou: vieram com o valor de outubro.",
    )
    told = facts(sent)
    assert (told["Aberto por"], told["Contato primário"]) == ("Ana Prado, Colégio Aurora", "Rui Alves")
    (row,) = await fetch("SELECT id FROM ticket")
    kept = await ticket_row(row["id"])
    assert (kept["author"], kept["requester"], kept["primary_contact"]) == (
        people.bia.id,
        people.ana.id,
        people.rui.id,
    )
    ana = await browser_of(people.ana)
    assert titles(await ana.get("/tickets?scope=mine")) == ["Boletos com o valor errado"]


async def test_p02_an_agents_esboco_keeps_for_whom_it_is(under: Under):
    people = await under("processo")
    bia = await browser_of(people.bia)
    saved = await bia.send(
        await bia.get("/tickets/new"),
        "/tickets",
        press="save",
        requester="ana@aurora.example",
        primary_contact="rui@aurora.example",
        title="Boletos com o valor errado",
    )
    (row,) = await fetch("SELECT id FROM ticket")
    kept = saved.values(f"/tickets/{row['id']}/submission")
    assert (kept["requester"], kept["primary_contact"]) == ("ana@aurora.example", "rui@aurora.example")


async def test_p03_all_missing_data_is_told_beside_each_field_at_once(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    refused = await ana.send(await ana.get("/tickets/new"), "/tickets", press="send")
    assert refused.status == 422
    assert refusals(refused) == dict.fromkeys(("category", "title", "description"), "Preencha este campo.")
    assert await count("ticket") == 0


async def test_p03_an_agent_is_told_that_requester_and_primary_contact_are_missing(under: Under):
    people = await under("processo")
    bia = await browser_of(people.bia)
    page = await bia.get("/tickets/new")
    refused = await bia.send(
        page,
        "/tickets",
        press="send",
        category=option(page, "category", "Cobrança"),
        title="Boletos com o valor errado",
        description="Ana ligou.",
    )
    assert refused.status == 422
    assert refusals(refused) == dict.fromkeys(("requester", "primary_contact"), "Preencha este campo.")
    assert await count("ticket") == 0


@pytest.mark.parametrize("left_out", ["category", "title", "description"])
async def test_p03_what_was_typed_and_attached_is_kept_while_something_is_missing(under: Under, left_out):
    people = await under("processo")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    typed = {
        "category": option(page, "category", "Cobrança"),
        "topic": option(page, "topic", "Boletos"),
        "title": "Boletos com o valor errado",
        "description": "Vieram com o valor de outubro.\n\nSão 28.",
        "copies": "rui@aurora.example",
    }
    if left_out == "category":
        del typed["topic"]
    filled = typed | {left_out: ""}
    refused = await ana.send(page, "/tickets", press="send", files=[("boleto.pdf", b"%PDF-1.7")], **filled)
    assert refused.status == 422
    assert refusals(refused) == {left_out: "Preencha este campo."}
    kept = refused.values("/tickets")
    assert {name: kept[name] for name in filled} == filled
    assert refused.texts(".uploads li") == ["boleto.pdf 8 bytes"]

    sent = await ana.send(refused, "/tickets", press="send", **{left_out: typed[left_out]})
    assert sent.text("h1") == "Boletos com o valor errado"
    assert sent.texts(".file") == ["boleto.pdf 8 bytes"]
    assert await count("ticket") == 1


async def test_p03_an_unknown_requester_is_told_beside_the_field(under: Under):
    people = await under("processo")
    bia = await browser_of(people.bia)
    page = await bia.get("/tickets/new")
    refused = await bia.send(
        page,
        "/tickets",
        press="send",
        requester="ninguem@aurora.example",
        primary_contact="ana@aurora.example",
        category=option(page, "category", "Cobrança"),
        title="Boletos",
        description="Ligou.",
    )
    assert refused.status == 422
    assert refusals(refused) == {"requester": "Não encontramos ninguém com este e-mail."}
    assert refused.values("/tickets")["requester"] == "ninguem@aurora.example"
    assert await count("ticket") == 0


async def test_p23_in_the_feedback_window_a_reply_reopens(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert "Este ticket está resolvido e ainda ouve você." in page.words
    after = await ana.send(page, f"/tickets/{number}/replies", body="A nota veio sem o CNPJ.")
    assert (after.text(".head__sub .chip"), said(after)[-1]) == ("Em andamento", "A nota veio sem o CNPJ.")


async def test_p25_what_is_answered_at_once_goes_from_draft_to_resolved(under: Under):
    people = await under("processo")
    about, finer = await cast.subject()
    wanted = Request("Segunda via", "Rui pediu no balcão.", about, finer, requester=people.rui.id)
    made = await drafting.record_contact(
        replace(wanted, channel=Channel.COUNTER), says=Said("Entregue na hora."), by=people.bia, at=NOW
    )
    rui = await browser_of(people.rui)
    page = await rui.get(f"/tickets/{made.ticket}")
    assert (page.text(".head__sub .chip"), facts(page)["Canal"]) == ("Resolvido", "Balcão")
    assert page.texts("[data-mark=solution] .message__body") == ["Entregue na hora."]
    assert (await ticket_row(made.ticket))["resolution"] == "communicated"
    assert await count("link") == 0
    assert await count("ticket") == 1

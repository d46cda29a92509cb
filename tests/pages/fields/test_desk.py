"""Custom fields at the desk: required for a solution, corrected by agents, kept when the category changes."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import facts, option, refusals, statements
from tests.tickets.fields.factories import field
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request
from web.tickets.settings import fields
from web.tickets.settings.fields import FieldInput

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

UNFILLED = "Preencha este campo: sem ele o ticket não pode ser resolvido."


async def opened(
    people: cast.Cast, values: dict[Field, str], title: str = "Boletos", *, category: str = "Cobrança"
) -> int:
    about, _ = await cast.subject(category, {"Cobrança": "Boletos"}.get(category, "Senha"))
    typed = {each.id: [text] for each, text in values.items()}
    made = await submission.open_ticket(Request(title, "Errados.", about, fields=typed), by=people.ana, at=NOW)
    return made.ticket


async def solved(browser: Browser, number: int, **typed: object) -> Page:
    page = await browser.get(f"/desk/tickets/{number}")
    return await browser.send(page, f"/desk/tickets/{number}/solution", **{"body": "Feito.", **typed})


async def test_what_must_be_filled_in_is_asked_at_the_resolution_and_without_it_nothing_is_resolved():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    cause = await field(people.lia, "Causa", requester_submission=Asks.NO, agent_resolution=Asks.REQUIRED)
    order = await field(people.lia, "Número do pedido", requester_submission=Asks.REQUIRED)
    bia = await browser_of(people.bia)
    page = await solved(bia, number)
    assert (page.status, refusals(page)) == (422, {cause.name: UNFILLED, order.name: UNFILLED})
    assert "Faltam campos: Causa, Número do pedido." in page.words
    assert page.values(f"/desk/tickets/{number}/solution")["body"].strip() == "Feito."
    page = await solved(bia, number, **{cause.name: "Banco", order.name: "PED-1"})
    assert "Resolvido" in page.text(".head__sub .chip")
    assert (facts(page)["Causa"], facts(page)["Número do pedido"]) == ("Banco", "PED-1")
    assert "Faltam campos" not in page.words


async def test_reply_and_resolve_and_many_at_once_say_which_field_is_missing():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await field(people.lia, "Causa", requester_submission=Asks.NO, agent_resolution=Asks.REQUIRED)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    page = await bia.send(page, f"/desk/tickets/{number}/replies", press="solve", body="Pronto.")
    assert page.texts(".summary li") == [f"Causa : {UNFILLED}"]
    page = await bia.get("/desk")
    page = await bia.send(page, "/desk/bulk", ticket=str(number), do="solution", body="Pronto.")
    assert f"Causa: {UNFILLED}" in page.words


async def test_an_agent_corrects_a_field_and_the_log_of_the_desk_alone_says_from_what_to_what():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido")
    number = await opened(people, {order: "PED-1"})
    bia, ana = await browser_of(people.bia), await browser_of(people.ana)
    at = f"/desk/tickets/{number}"
    page = await bia.send(await bia.get(at), f"{at}/fields", **{order.name: "PED-2"})
    assert facts(page)["Número do pedido"] == "PED-2"
    log = (await bia.get(f"/tickets/{number}/log")).words
    assert "Bia preencheu os campos Número do pedido: de PED-1 para PED-2" in log.replace("Você", "Bia")
    assert "preencheu" not in (await ana.get(f"/tickets/{number}/log")).words
    page = await bia.send(page, f"{at}/fields")
    assert page.texts(".summary li") == ["Número do pedido : É isto mesmo que o ticket já diz. Escreva o que muda."]


async def test_an_option_taken_away_stays_where_it_is_and_is_offered_nowhere_else():
    people = await cast.enrol()
    grade = await field(people.lia, "Série", Kind.CHOICE, options=("6º ano", "7º ano"))
    old, new = await opened(people, {grade: "6º ano"}), await opened(people, {})
    about, _ = await cast.subject()
    wanted = FieldInput("Série", Kind.CHOICE, options=("7º ano",), agent_resolution=Asks.OPTIONAL)
    await fields.save_field(wanted, of=about, number=grade.id, by=people.lia, at=NOW)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{old}")
    assert (facts(page)["Série"], page.options(grade.name)) == ("6º ano", ["Escolha…", "7º ano", "6º ano"] * 2)
    assert (await bia.get(f"/desk/tickets/{new}")).options(grade.name) == ["Escolha…", "7º ano"] * 2
    assert (await solved(bia, old, **{grade.name: "6º ano"})).status == 200
    assert refusals(await solved(bia, new, **{grade.name: "6º ano"})) == {
        grade.name: "Escolha uma das opções da lista."
    }


async def test_the_kind_of_a_field_in_use_does_not_change():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido")
    await opened(people, {order: "PED-1"})
    about, _ = await cast.subject()
    lia = await browser_of(people.lia)
    at = f"/desk/settings/categories/{about}"
    page = await lia.send(await lia.get(at), f"{at}/fields/{order.id}", kind="number")
    assert refusals(page) == {
        "kind": "Há tickets com este campo preenchido: o tipo não muda mais. Tire-o de uso e crie outro."
    }


async def test_a_retired_field_is_read_where_it_was_filled_in_and_not_asked_any_more():
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido", requester_submission=Asks.REQUIRED)
    number = await opened(people, {order: "PED-1"})
    about, _ = await cast.subject()
    gone = FieldInput("Número do pedido", Kind.TEXT, requester_submission=Asks.REQUIRED, is_active=False)
    await fields.save_field(gone, of=about, number=order.id, by=people.lia, at=NOW)
    for who, at in ((people.ana, "/tickets"), (people.bia, "/desk/tickets")):
        page = await (await browser_of(who)).get(f"{at}/{number}")
        assert facts(page)["Número do pedido"] == "PED-1"
        assert page.attributes(f"[name='{order.name}']", "id") == []


async def test_a_new_category_takes_over_what_both_ask_and_the_rest_stays_readable():
    people = await cast.enrol()
    order, risk = await field(people.lia, "Número do pedido"), await field(people.lia, "Turma")
    same = await field(people.lia, "número do pedido", category="Acesso ao portal")
    number = await opened(people, {order: "PED-1", risk: "6A"})
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    typed = {"category": option(page, "category", "Acesso ao portal"), "topic": ""}
    page = await bia.send(page, f"{at}/properties", **typed)
    assert facts(page)["Turma"] == "6A"
    assert page.values(f"{at}/fields")[same.name] == "PED-1"


async def test_a15_what_only_agents_read_is_on_no_page_of_a_requester():
    people = await cast.enrol()
    risk = await field(people.lia, "Risco", is_public=False, requester_submission=Asks.NO)
    number = await cast.ticket(people.ana)
    bia, ana = await browser_of(people.bia), await browser_of(people.ana)
    at = f"/desk/tickets/{number}"
    page = await bia.send(await bia.get(at), f"{at}/fields", **{risk.name: "Ameaçador"})
    assert facts(page)["Risco"] == "Ameaçador só o atendimento lê"
    for path in (f"/tickets/{number}", f"/tickets/{number}/log", "/tickets", f"/tickets/new?from={number}"):
        text = (await ana.get(path)).response.text
        assert ("Risco" in text, "Ameaçador" in text) == (False, False), path
    assert "Boletos" not in (await ana.get("/tickets?q=Ameaçador")).words
    assert "Boletos" in (await bia.get("/desk?view=all&q=Ameaçador")).words


async def test_what_everybody_reads_is_found_by_everybody_who_sees_the_ticket():
    people = await cast.enrol()
    school = await field(people.lia, "CNPJ da nota", Kind.CNPJ)
    await opened(people, {school: "11.222.333/0001-81"})
    for who, at in ((people.ana, "/tickets?q="), (people.bia, "/desk?view=all&q=")):
        assert "Boletos" in (await (await browser_of(who)).get(f"{at}11222333000181")).words


async def test_a_ticket_page_asks_nothing_more_of_the_database_for_its_fields():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    await bia.get(f"/desk/tickets/{number}")
    with statements() as before:
        await bia.get(f"/desk/tickets/{number}")
    await field(people.lia, "Número do pedido")
    await bia.get(f"/desk/tickets/{number}")
    with statements() as after:
        await bia.get(f"/desk/tickets/{number}")
    assert len(after) == len(before)

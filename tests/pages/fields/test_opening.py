"""Custom fields on each form that opens a ticket: portal, draft, copy, recorded contact."""

import pytest

from tests import cast
from tests.client import Browser, Page, browser_of
from tests.pages.reading import facts, option, refusals
from tests.tickets.fields.factories import field
from web.database import fetch
from web.tickets.fields.field import Asks, Field
from web.tickets.fields.kinds import Kind

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage", "database")]

NEW = "/tickets/new"
ASKED_NOW = "A categoria também pergunta isto. Preencha, ou deixe em branco, e envie de novo."
NEEDED_NOW = "A categoria também pergunta isto. Preencha e envie de novo."
MISSING = "Preencha este campo."


async def world() -> tuple[cast.Cast, Field, Field]:
    """A required order number and an optional grade in Cobrança."""
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido", requester_submission=Asks.REQUIRED)
    grade = await field(people.lia, "Série", Kind.CHOICE, options=("6º ano", "7º ano"))
    return people, order, grade


async def sent(browser: Browser, page: Page | None = None, **typed: object) -> Page:
    page = page or await browser.get(NEW)
    about = {"category": option(page, "category", "Cobrança"), "title": "Boletos", "description": "Vieram errados."}
    return await browser.send(page, "/tickets", press="send", **{**about, **typed})


async def kept(ticket: int | None = None) -> list[tuple[str, str]]:
    rows = await fetch(
        "SELECT field.label, value FROM field_value JOIN field ON field.id = field ORDER BY ticket, field.id, sort"
    )
    return [(row["label"], row["value"]) for row in rows]


async def test_without_a_script_the_fields_are_asked_once_the_category_was_chosen_and_nothing_typed_is_lost():
    people, order, grade = await world()
    ana = await browser_of(people.ana)
    page = await sent(ana)
    assert (page.status, refusals(page)) == (422, {order.name: NEEDED_NOW, grade.name: ASKED_NOW})
    assert page.values("/tickets")["description"].strip() == "Vieram errados."
    page = await ana.send(page, "/tickets", press="send", **{grade.name: "7º ano"})
    assert (page.status, refusals(page)) == (422, {order.name: MISSING})
    page = await ana.send(page, "/tickets", press="send", **{order.name: " PED-77 "})
    assert (facts(page)["Número do pedido"], facts(page)["Série"]) == ("PED-77", "7º ano")
    assert await kept() == [("Número do pedido", "PED-77"), ("Série", "7º ano")]


async def test_with_htmx_the_fields_come_with_the_category_and_those_of_a_topic_with_the_topic():
    people, order, grade = await world()
    category, topic = await cast.subject("Cobrança", "Contrato")
    clause = await field(people.lia, "Cláusula", topic=topic)
    ana = await browser_of(people.ana, htmx=True)
    page = await ana.get(f"{NEW}/topics?category={category}")
    assert page.attributes("[name^=field]", "name") == [order.name, grade.name]
    page = await ana.get(f"{NEW}/topics?category={category}&topic={topic}")
    assert page.attributes("[name]", "name") == [clause.name]
    assert (await ana.get(f"{NEW}/topics?category={category}&topic=")).attributes("[name]", "name") == []
    other, _ = await cast.subject("Acesso ao portal", "Senha")
    assert (await ana.get(f"{NEW}/topics?category={other}")).attributes("[name^=field]", "name") == []


async def test_a_draft_keeps_what_was_filled_in_and_may_lack_the_rest():
    people, order, grade = await world()
    ana = await browser_of(people.ana)
    page = await ana.get(NEW)
    about = {"category": option(page, "category", "Cobrança"), grade.name: "6º ano"}
    page = await ana.send(page, "/tickets", press="save", **about)
    action = next(each for each in page.attributes("main form", "action") if each.endswith("/submission"))
    assert page.values(action)[grade.name] == "6º ano"
    page = await ana.send(page, action, press="send", title="Boletos", description="Errados.")
    assert refusals(page) == {order.name: MISSING}
    page = await ana.send(page, action, press="send", **{order.name: "1", grade.name: ""})
    assert "Série" not in facts(page)
    assert await kept() == [("Número do pedido", "1")]


async def test_a_copy_of_a_ticket_begins_with_its_values():
    people, order, grade = await world()
    ana = await browser_of(people.ana)
    page = await sent(ana, **{order.name: "PED-1", grade.name: "6º ano"})
    number = page.path.partition("?")[0].rpartition("/")[2]
    copy = await ana.get(f"{NEW}?from={number}")
    values = copy.values("/tickets")
    assert (values[order.name], values[grade.name]) == ("PED-1", "6º ano")


@pytest.mark.parametrize(
    ("kind", "typed", "wrong"),
    [
        (Kind.TEXT, "a" * 100_000, "O texto pode ter até 500 caracteres; este tem 100.000."),
        (Kind.CHOICE, "8º ano", "Escolha uma das opções da lista."),
        (Kind.CPF, "111.444.777-36", "Os dois últimos números não conferem com este CPF. Confira o que foi digitado."),
        (Kind.MONEY, "trinta", "Escreva um valor em reais, como 1.250,00."),
        (Kind.DATE, "31/02/2027", "Escreva a data assim: 31/12/2026."),
    ],
)
async def test_what_is_no_value_is_refused_in_words_beside_the_field(kind, typed, wrong):
    people = await cast.enrol()
    asked = await field(people.lia, "Campo", kind, options=("6º ano",))
    ana = await browser_of(people.ana)
    page = await sent(ana, **{asked.name: typed})
    assert (page.status, refusals(page)) == (422, {asked.name: wrong})
    assert await kept() == []


async def test_several_options_are_kept_in_any_number_and_what_is_unseen_is_not():
    people = await cast.enrol()
    books = await field(people.lia, "Livros", Kind.SEVERAL, options=("Arte", "Física", "História"))
    note = await field(people.lia, "Detalhe")
    ana = await browser_of(people.ana)
    page = await sent(ana, **{books.name: ["", "Física", "Arte"], note.name: "um\x00\u202e dois"})
    assert (facts(page)["Livros"], facts(page)["Detalhe"]) == ("Arte, Física", "um dois")


async def test_a23_what_a_requester_sends_in_a_hidden_field_or_in_one_of_another_category_counts_for_nothing():
    people, order, _ = await world()
    hidden = await field(people.lia, "Risco", is_public=False, requester_submission=Asks.NO)
    foreign = await field(people.lia, "Navegador", category="Acesso ao portal")
    late = await field(people.lia, "Causa", requester_submission=Asks.NO, agent_resolution=Asks.OPTIONAL)
    ana = await browser_of(people.ana)
    page = await sent(
        ana, **{order.name: "1", "field-999": "x", **dict.fromkeys((hidden.name, foreign.name, late.name), "x")}
    )
    assert page.status == 422  # the optional one was not asked yet
    page = await ana.send(page, "/tickets", press="send", **dict.fromkeys((hidden.name, foreign.name, late.name), "x"))
    assert page.status == 200
    assert await kept() == [("Número do pedido", "1")]


async def test_the_record_of_a_contact_asks_what_opening_and_resolving_ask():
    people, order, grade = await world()
    cause = await field(people.lia, "Causa", is_public=False, requester_submission=Asks.NO, agent_resolution="required")
    bia = await browser_of(people.bia)
    page = await bia.get("/desk/contacts/new")
    typed = {"requester": "ana@aurora.example", "channel": "phone", "title": "Ligou", "description": "Pediu."}
    about = {"category": option(page, "category", "Cobrança"), "body": "Respondi."}
    page = await bia.send(page, "/desk/contacts", **typed, **about)
    assert refusals(page) == {
        order.name: NEEDED_NOW,
        grade.name: ASKED_NOW,
        cause.name: NEEDED_NOW,
    }
    page = await bia.send(page, "/desk/contacts", **{order.name: "5"})
    assert refusals(page) == {cause.name: MISSING}
    page = await bia.send(page, "/desk/contacts", **{cause.name: "Banco"})
    assert page.path.startswith("/desk/tickets/")
    assert await kept() == [("Número do pedido", "5"), ("Causa", "Banco")]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("Está na nota", "Está na nota. Opcional."), ("Está na nota?", "Está na nota? Opcional."), ("", "Opcional.")],
)
async def test_what_helps_with_a_field_ends_before_another_sentence_begins(text: str, hint: str):
    people = await cast.enrol()
    order = await field(people.lia, "Número do pedido", help=text)
    category, _ = await cast.subject("Cobrança", "Contrato")
    page = await (await browser_of(people.ana, htmx=True)).get(f"{NEW}/topics?category={category}")
    assert page.text(f"#{order.name}-hint") == hint

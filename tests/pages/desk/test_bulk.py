"""Bulk actions, canned replies, macros and saved views."""

from datetime import timedelta

import pytest

from tests import cast, lead_settings
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import (
    GOOD_PASSWORD,
    events,
    give_password,
    many_like,
    messages,
    option,
    refusals,
    said,
    ticket_row,
    titles,
)
from tests.tickets.life.table import PRESETS
from web.database import fetch
from web.people import sessions
from web.people.agents import roles
from web.tickets.actions import canned_replies
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.life.states import Priority
from web.tickets.lists import saved_views

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(hours=1)
OPENING = "Os boletos vieram com o valor de outubro."


# A selection


async def test_each_ticket_of_a_selection_is_checked_and_reported_by_itself(database, storage):
    people = await cast.enrol()
    fresh, theirs = await cast.ticket(people.ana, "Novo"), await cast.ticket(people.caio, "De fora")
    closed = await cast.ticket(people.ana, "Fechado")
    await cast.brought_to(closed, "closed", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get("/desk?view=all")
    done = await bia.send(page, "/desk/bulk", do="take", ticket=[fresh, theirs, closed, 98765])
    assert done.text("h1") == "2 de 4 feitos"
    assert done.texts(".outcome") == [
        f"#{fresh} Novo",
        f"#{theirs} De fora",
        f"#{closed} Fechado : está em outra situação, e isto já não cabe",
        "#98765 : não foi encontrado",
    ]
    assert [(await ticket_row(number))["assignee"] for number in (fresh, theirs)] == [people.bia.id] * 2


@pytest.mark.parametrize(
    ("do", "typed", "kind"),
    [
        ("assignment", {"to_team": "Atendimento"}, "assignment"),
        ("priority", {"to_priority": "Urgente"}, "classification"),
        ("note", {"body": "Veja isto."}, "note"),
        ("solution", {"body": "Feito."}, "solution"),
    ],
)
async def test_a_selection_is_moved_as_each_would_be(database, storage, do, typed, kind):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, f"{n}") for n in range(2)]
    bia = await browser_of(people.bia)
    page = await bia.get("/desk")
    filled = {name: text if name == "body" else _of_bulk(page, name, text) for name, text in typed.items()}
    done = await bia.send(page, "/desk/bulk", do=do, ticket=numbers, **filled)
    assert done.text("h1") == "2 de 2 feitos"
    assert [(await events(number))[-1] for number in numbers] == [kind] * 2


@pytest.mark.parametrize("preset", PRESETS)
async def test_changing_priority_or_category_alone_or_of_a_selection_takes_no_ticket(database, storage, preset):
    people = await cast.enrol()
    await lead_settings.live_by(preset)
    number, at = await cast.ticket(people.ana), "/desk/tickets/{}/properties"
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    page = await bia.send(page, at.format(number), priority="high")
    about = {"category": option(page, "category", "Acesso ao portal"), "topic": option(page, "topic", "Senha")}
    await bia.send(page, at.format(number), **about)
    page = await bia.get("/desk")
    await bia.send(page, "/desk/bulk", do="priority", ticket=[number], to_priority=option(page, "to_priority", "Baixa"))
    kept = await ticket_row(number)
    assert (kept["assignee"], kept["status"], kept["priority"]) == (None, "new", "low")
    assert await events(number) == ["submission", *["classification"] * 3]


async def test_a_move_is_made_on_all_that_a_filter_lets_through_up_to_a_bound(database, storage):
    people = await cast.enrol()
    await many_like(await cast.ticket(people.ana), 29)
    other = await cast.ticket(people.caio, category="Acesso ao portal", topic="Senha")
    bia = await browser_of(people.bia, at=LATER)
    page = await bia.get("/desk?view=all")
    page = await bia.get(f"/desk?view=all&category={option(page, 'category', 'Cobrança')}")
    assert "Todos os 30 da lista" in page.words
    done = await bia.send(page, "/desk/bulk", do="priority", to_priority="high", whole="1")
    assert done.text("h1") == "30 de 30 feitos"
    assert await fetch("SELECT id FROM ticket WHERE priority <> 'high'") == [{"id": other}]
    await many_like(other, 80)
    page = await bia.get("/desk?view=all")
    assert "Os 100 primeiros dos 111 da lista" in page.words
    done = await bia.send(page, "/desk/bulk", do="priority", to_priority="low", whole="1")
    low = await fetch("SELECT id FROM ticket WHERE priority = 'low'")
    assert (done.text("h1"), len(low)) == ("100 de 100 feitos", 100)


async def test_a_selection_sent_twice_is_done_once(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk")
    for _ in range(2):
        await bia.send(page, "/desk/bulk", do="note", body="Uma vez.", ticket=[number])
    assert await messages(number) == [OPENING, "Uma vez."]


async def test_another_move_by_the_same_list_is_another_one(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk")
    for body in ("Uma nota.", "E outra."):
        await bia.send(page, "/desk/bulk", do="note", body=body, ticket=[number])
    await bia.send(page, "/desk/bulk", do="priority", to_priority="high", ticket=[number])
    assert await messages(number) == [OPENING, "Uma nota.", "E outra."]
    assert (await ticket_row(number))["priority"] == "high"


async def test_a_selection_never_reaches_what_one_may_not_see(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana, "Reservado")
    await cast.hand_to(number, "Ouvidoria", by=people.lia)
    bia = await browser_of(people.bia)
    await cast.ticket(people.ana)
    done = await bia.send(await bia.get("/desk"), "/desk/bulk", do="take", ticket=[number])
    assert done.texts(".outcome") == [f"#{number} : não foi encontrado"]
    assert await events(number) == ["submission", "assignment"]


@pytest.mark.parametrize(
    ("do", "is_ticked", "told"),
    [
        ("note", False, "Marque na lista os tickets em que fazer isto."),
        ("", True, "Escolha o que fazer."),
        ("tudo", True, "Escolha o que fazer."),
    ],
)
async def test_nothing_chosen_is_said_on_the_same_list_with_all_that_was_filled_in(
    database, storage, do, is_ticked, told
):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.ticket(people.ana, "Outro")
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=unassigned&sort=oldest")
    ticked = {"ticket": [number]} if is_ticked else {}
    refused = await bia.send(page, "/desk/bulk", do=do, body="Uma nota longa.", **ticked)
    assert (refused.status, refused.text("h1"), refused.text(".bulk .field__error")) == (422, "Não atribuídos", told)
    assert (refused.text("#bulk-body"), titles(refused)) == ("Uma nota longa.", ["Boletos com o valor errado", "Outro"])
    assert refused.texts(".summary li") == [f"O que fazer : {told}"]
    boxes = {each.attributes["value"] for each in refused.html.css("[name=ticket][checked]")}
    assert boxes == ({str(number)} if is_ticked else set())


@pytest.mark.parametrize(
    ("do", "told"),
    [
        ("note", "Texto da nota ou da solução : Escreva o texto."),
        ("solution", "Texto da nota ou da solução : Escreva como o ticket foi resolvido."),
        ("priority", "Nova prioridade : Preencha este campo."),
        ("assignment", "Para quem : Preencha este campo."),
    ],
)
async def test_what_every_ticket_needs_is_asked_for_on_the_same_list(database, storage, do, told):
    people = await cast.enrol()
    numbers = [await cast.ticket(people.ana, title) for title in ("Um", "Outro")]
    bia = await browser_of(people.bia)
    refused = await bia.send(await bia.get("/desk?view=all"), "/desk/bulk", do=do, ticket=numbers)
    assert (refused.status, refused.texts(".summary li")) == (422, [told])
    wrong = refused.html.css_first(".summary a").attributes["href"]
    assert refused.html.css_first(f"{wrong}[aria-invalid]") is not None
    assert len(refused.html.css("[name=ticket][checked]")) == 2
    assert [await events(number) for number in numbers] == [["submission"], ["submission"]]


async def test_what_was_written_for_a_selection_is_shown_where_some_were_refused(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "closed", by=people.bia, asker=people.ana)
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=all&status=closed")
    done = await bia.send(page, "/desk/bulk", do="solution", body="Tudo certo.", ticket=[number])
    assert (done.text("h1"), done.text("#unsent-text")) == ("0 de 1 feitos", "Tudo certo.")
    assert done.links()["Voltar à lista"] == "/desk?view=all&status=closed"


@pytest.mark.parametrize(
    ("page", "action", "field", "typed"),
    [
        ("/desk?view=all", "/desk/bulk", "#bulk-body", {"do": "note", "body": "Uma nota longa."}),
        ("/desk?view=all", "/desk/views", "#view-name", {"name": "Uma nota longa."}),
        ("/desk/settings/canned", "/desk/settings/canned", "#body-new", {"name": "X", "body": "Uma nota longa."}),
        ("/desk/settings/canned", "/desk/settings/canned/{}", "#body-{}", {"name": "X", "body": "Uma nota longa."}),
    ],
)
async def test_what_an_expired_session_cut_short_is_there_after_signing_in(
    database, storage, page, action, field, typed
):
    people = await cast.enrol()
    await give_password(people.lia)
    await cast.ticket(people.ana)
    ready = await canned_replies.save_canned(NewCannedReply("Prazo", "Até sexta."), by=people.lia, at=NOW)
    lia = await browser_of(people.lia)
    form = (await lia.get(page)).values(action.format(ready)) | typed
    await sessions.end_all(people.lia.id)
    asked = await lia.post(action.format(ready), form)
    assert asked.status == 401
    back = await lia.send(asked, "/sign-in", identifier="lia@guiche.example", password=GOOD_PASSWORD)
    found = back.html.css_first(field.format(ready))
    assert "Uma nota longa." in (found.attributes.get("value") or found.text())


# Replies made ready


async def test_a_reply_made_ready_goes_under_what_is_written_and_is_not_sent(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    text = "Olá, {solicitante}! Sobre o #{número}: {{7*7}}\n{atendente}"
    await canned_replies.save_canned(NewCannedReply("Saudação", text), by=people.lia, at=NOW)
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    shown = await bia.send(
        page, f"{at}/replies", press="insert", body="Bom dia.", canned=option(page, "canned", "Saudação")
    )
    written = f"Bom dia.\n\nOlá, Ana! Sobre o #{number}: {{{{7*7}}}}\nBia"
    assert (shown.status, shown.values(f"{at}/replies")["body"]) == (200, written)
    assert await messages(number) == [OPENING]
    sent = await bia.send(shown, f"{at}/replies")
    assert said(sent) == [OPENING, " ".join(written.split())]


@pytest.mark.parametrize(
    "place",
    [
        *(
            "{numero}",
            "{Atendente}",
            "{protocolo}",
            "{ número }",
            "{}",
            "{nome do cliente}",
            "{solicitante",
            "{ número",
        ),
        *("{nome/escola}", "{nome, sobrenome}", "{número:5}", "{núme\u2060ro}", "{{ticket.requester.name}}"),
    ],
)
async def test_a_place_that_does_not_exist_is_refused_with_those_that_do(database, storage, place):
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    typed = {"name": "Saudação", "body": f"Olá, {{solicitante}}! Sobre o {place}"}
    refused = await lia.send(await lia.get("/desk/settings/canned"), "/desk/settings/canned", **typed)
    assert (refused.status, refused.texts(".field__error")) == (
        422,
        [f"Não existe: {place}. Os lugares são {{solicitante}}, {{número}}, {{atendente}}, {{organização}}."],
    )
    assert typed.items() <= refused.values("/desk/settings/canned").items()
    assert await fetch("SELECT id FROM canned") == []


async def test_places_in_doubled_braces_as_other_desks_write_them_are_filled_in(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await canned_replies.save_canned(
        NewCannedReply("Saudação", "Olá, {{solicitante}}! ({{número}})"), by=people.lia, at=NOW
    )
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    shown = await bia.send(
        page, f"/desk/tickets/{number}/replies", press="insert", canned=option(page, "canned", "Saudação")
    )
    assert (shown.status, shown.values(f"/desk/tickets/{number}/replies")["body"]) == (200, f"Olá, Ana! ({number})")


async def test_a_place_that_is_empty_for_the_ticket_is_told_before_anything_is_sent(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.davi)
    await canned_replies.save_canned(
        NewCannedReply("Escola", "Sobre a {organização}:", takes=True), by=people.lia, at=NOW
    )
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    shown = await bia.send(page, f"{at}/replies", press="insert", canned=option(page, "canned", "Escola"))
    assert (shown.status, refusals(shown)) == (200, {"body": "Falta completar antes de enviar: {organização}."})
    refused = await bia.send(page, f"{at}/macros", macro=option(page, "macro", "Escola"))
    assert refusals(refused) == {
        "macro": "O texto tem um lugar que fica vazio neste ticket. Insira a resposta pronta, complete e envie."
    }
    assert (await messages(number), (await cast.seen(number, people.bia)).assignee) == ([OPENING], None)


async def test_leads_write_them_and_agents_use_them(database, storage):
    people = await cast.enrol()
    lia = await browser_of(people.lia)
    page = await lia.get("/desk/settings/canned")
    refused = await lia.send(page, "/desk/settings/canned", name="", body="")
    assert refused.status == 422
    assert [each.text() for each in refused.html.css(".field__error")] == ["Preencha este campo.", "Escreva o texto."]
    saved = await lia.send(refused, "/desk/settings/canned", name="Prazo", body="Respondemos até sexta.")
    (row,) = await fetch("SELECT id FROM canned")
    edited = await lia.send(saved, f"/desk/settings/canned/{row['id']}", body="Respondemos até amanhã.")
    assert edited.text(".notice") == "Salvo. Já está à mão."
    assert edited.values(f"/desk/settings/canned/{row['id']}")["body"] == "Respondemos até amanhã."
    await lia.post(
        f"/desk/settings/canned/{row['id']}/removal", {"_token": edited.values("/desk/settings/canned")["_token"]}
    )
    assert await fetch("SELECT id FROM canned") == []


# Macros


async def test_a_macro_makes_all_its_moves(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await canned_replies.save_canned(
        NewCannedReply(
            "Reajuste", "Qual é o CNPJ?", takes=True, priority=Priority.HIGH, tag="Reajuste", ends="question"
        ),
        by=people.lia,
        at=NOW,
    )
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    done = await bia.send(page, f"{at}/macros", macro=option(page, "macro", "Reajuste"))
    assert await events(number) == ["submission", "take", "classification", "tags", "question"]
    assert done.text(".head__sub .chip") == "Aguardando solicitante"
    assert (await ticket_row(number))["priority"] == "high"
    await bia.send(page, f"{at}/macros", macro=option(page, "macro", "Reajuste"))
    assert len(await events(number)) == 5


async def test_a_macro_that_hands_on_leaves_it_in_the_other_queue(database, storage):
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Integrações'")
    await canned_replies.save_canned(
        NewCannedReply("Ao N2", "Vejam o log.", is_note=True, team=team["id"]), by=people.lia, at=NOW
    )
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    await bia.send(page, f"{at}/macros", macro=option(page, "macro", "Ao N2"))
    row = await ticket_row(number)
    assert (row["team"], row["assignee"]) == (team["id"], None)


@pytest.mark.parametrize("state", ["resolved", "closed"])
@pytest.mark.parametrize(
    "macro",
    [
        NewCannedReply("Tudo", "Feito.", priority=Priority.HIGH, tag="Pronto", ends="solution"),
        NewCannedReply("Etiqueta e pergunta", "Qual?", tag="Pronto", ends="question"),
        NewCannedReply("Nota e minha", "Vejam.", is_note=True, takes=True),
    ],
)
async def test_a_macro_of_which_a_move_is_not_open_does_nothing_at_all(database, storage, macro, state):
    _, _, refused, again = await _macro_after(macro, state)
    assert (refused.status, refused.text("[data-focus] p")) == (409, "O que você ia fazer já não cabe neste ticket.")
    assert again.html.css("#macro") == []
    assert await fetch("SELECT name FROM tag") == []


@pytest.mark.parametrize(
    "macro", [NewCannedReply("Etiqueta", tag="Pronto"), NewCannedReply("Nota", "Vejam.", is_note=True)]
)
async def test_a_macro_on_a_closed_ticket_does_nothing_at_all(database, storage, macro):
    people, number, refused, again = await _macro_after(macro, "closed")
    assert (refused.status, again.html.css("#macro")) == (409, [])
    assert await fetch("SELECT name FROM tag") == []
    bia = await browser_of(people.bia)
    page = await bia.get("/desk?view=all")
    values = {"do": "macro", "macro": option(page, "macro", macro.name), "ticket": [number]}
    done = await bia.send(page, "/desk/bulk", **values)
    assert done.texts(".outcome") == [
        f"#{number} Boletos com o valor errado : está em outra situação, e isto já não cabe"
    ]
    assert await fetch("SELECT name FROM tag") == []


async def _macro_after(macro, state):
    """A macro on a page that was opened before the ticket came to this state."""
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await canned_replies.save_canned(macro, by=people.lia, at=NOW)
    bia = await browser_of(people.bia)
    at = f"/desk/tickets/{number}"
    page = await bia.get(at)
    chosen = option(page, "macro", macro.name)
    await cast.brought_to(number, state, by=people.lia, asker=people.ana)
    before = (await events(number), await ticket_row(number))
    refused = await bia.send(page, f"{at}/macros", macro=chosen)
    assert (await events(number), await ticket_row(number)) == before
    return people, number, refused, await bia.get(at)


# Saved views


async def test_a_list_is_saved_under_a_name_for_oneself_or_a_team(database):
    people = await cast.enrol()
    urgent = await cast.ticket(people.ana, "Urgente")
    await cast.ticket(people.ana, "Comum")
    await cast.set_priority(urgent, "urgent", by=people.bia)
    bia, lia, davi = [await browser_of(each, at=LATER) for each in (people.bia, people.lia, people.davi)]
    page = await bia.get("/desk?view=all&priority=urgent&status=active")
    await bia.send(page, "/desk/views", name="Só meu")
    page = await bia.send(page, "/desk/views", name="Urgentes", share=option(page, "share", "Financeiro"))
    assert page.text("h1") in ("Urgentes", "Só meu")
    seen = {}
    for name, browser in (("bia", bia), ("lia", lia), ("davi", davi)):
        links = (await browser.get("/desk")).links()
        seen[name] = [each for each in ("Só meu", "Urgentes") if each in links]
    assert seen == {"bia": ["Só meu", "Urgentes"], "lia": ["Urgentes"], "davi": []}
    shared = await lia.get((await lia.get("/desk")).links()["Urgentes"])
    assert (shared.text("h1"), titles(shared)) == ("Urgentes", ["Urgente"])


async def test_a_view_is_forgotten_by_its_maker_or_a_lead_of_its_team_only(database):
    people = await cast.enrol()
    team = await lead_settings.team("Financeiro")
    await saved_views.save_view("De Bia", "view=all", share=team, by=people.bia)
    (row,) = await fetch("SELECT id FROM saved_view")
    await roles.join_team(people.davi.id, team, by=people.admin, at=NOW)
    offered = {}
    for somebody in (people.bia, people.davi, people.lia):
        page = await (await browser_of(await cast.fresh(somebody))).get("/desk?view=all")
        offered[somebody.name] = page.texts("form[action$=removal] button") or page.texts("form[action$=views] button")
    forget = ["Esquecer “De Bia”"]
    assert offered == {people.bia.name: forget, people.davi.name: ["Salvar"], people.lia.name: forget}
    answers = []
    for somebody in (people.davi, people.admin, people.lia):
        browser = await browser_of(somebody)
        token = (await browser.get("/account")).values("/account")["_token"]
        answers.append((await browser.post(f"/desk/views/{row['id']}/removal", {"_token": token})).status)
    assert answers == [404, 404, 303]


async def test_a_view_needs_a_name(database):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    refused = await bia.send(await bia.get("/desk?view=all"), "/desk/views", name=" ")
    assert (refused.status, refused.text(".field__error")) == (422, "Preencha este campo.")


async def test_a_view_is_saved_once_and_its_name_is_taken(database):
    people = await cast.enrol()
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    for agent in (bia, bia, davi):
        page = await agent.send(await agent.get("/desk?view=all"), "/desk/views", name="Minha lista")
        assert page.texts("nav a").count("Minha lista") == 1
    refused = await bia.send(await bia.get("/desk?view=own"), "/desk/views", name="Minha lista")
    taken = "Você já tem uma lista com este nome. Escolha outro, ou remova a outra."
    assert (refused.status, refused.text(".field__error")) == (422, taken)
    owners = [row["person"] for row in await fetch("SELECT person FROM saved_view ORDER BY id")]
    assert owners == [people.bia.id, people.davi.id]


@pytest.mark.parametrize("query", ["//outro.example", "view=all&q=<script>", "javascript:alert(1)", "view=own&x=1"])
async def test_a_view_holds_nothing_but_a_list_of_the_desk(database, query):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get("/desk")
    await bia.post("/desk/views", page.values("/desk/views") | {"name": "X", "query": query})
    (row,) = await fetch("SELECT query FROM saved_view")
    assert row["query"] in ("", "view=all&q=%3Cscript%3E", "view=own")


def _of_bulk(page, name: str, label: str) -> str:
    options = page.form("/desk/bulk").css(f"select[name={name}] option")
    return next(each.attributes["value"] for each in options if each.text() == label)

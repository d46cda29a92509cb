"""What the portal "processo" promises its users, the agents' side (facts P)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of, folded
from tests.conformance.conftest import Under
from tests.pages.reading import (
    buttons,
    chips,
    count,
    events,
    facts,
    happened,
    impersonal,
    option,
    refusals,
    said,
    ticket_row,
    titles,
)
from web.database import fetch
from web.errors import NotFromHere
from web.tickets.actions import replies, timers
from web.tickets.life.states import Channel
from web.tickets.record.messages import NewMessage
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request
from web.tickets.requests.first_contact import record_contact

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
    made = await drafts.draft(Request("Livros para 2027", "Turmas novas."), by=people.rui, at=NOW)
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


async def test_p04_what_came_by_mail_has_its_subject_as_title_and_its_words_as_description(under: Under):
    people = await under("processo")
    about, finer = await cast.subject()
    mail = Request("Boleto em dobro", "Veio duas vezes.\nObrigada.", about, finer, channel=Channel.EMAIL)
    made = await drafts.draft(mail, by=people.ana, at=NOW)
    ana = await browser_of(people.ana)
    draft = (await ana.get(f"/tickets/{made.ticket}")).values(f"/tickets/{made.ticket}/submission")
    assert (draft["title"], draft["description"]) == ("Boleto em dobro", "Veio duas vezes.\nObrigada.")
    await ana.send(await ana.get(f"/tickets/{made.ticket}"), f"/tickets/{made.ticket}/submission", press="send")
    page = await ana.get(f"/tickets/{made.ticket}")
    assert (page.text("h1"), said(page), facts(page)["Canal"]) == (
        "Boleto em dobro",
        ["Veio duas vezes. Obrigada."],
        "E-mail",
    )


async def test_p05_what_was_sent_is_confirmed_by_its_number_and_can_be_followed_at_once(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    about = {"category": option(page, "category", "Cobrança"), "title": "Boletos com o valor errado"}
    sent = await ana.send(page, "/tickets", press="send", description="Vieram com o valor de outubro.", **about)
    (row,) = await fetch("SELECT id FROM ticket")
    assert sent.texts(".notice") == [f"Solicitação enviada. O número dela é #{row['id']}."]
    assert (sent.path.partition("?")[0], sent.text("h1")) == (f"/tickets/{row['id']}", "Boletos com o valor errado")
    assert (await ana.get("/tickets?scope=mine")).links()["Boletos com o valor errado"] == f"/tickets/{row['id']}"


async def test_p05_an_agent_stays_on_the_desk_with_a_reference_that_opens_the_ticket(under: Under):
    people = await under("processo")
    bia = await browser_of(people.bia)
    page = await bia.get("/tickets/new")
    sent = await bia.send(
        page,
        "/tickets",
        press="send",
        requester="ana@aurora.example",
        primary_contact="ana@aurora.example",
        category=option(page, "category", "Cobrança"),
        title="Boletos com o valor errado",
        description="Ana ligou.",
    )
    (row,) = await fetch("SELECT id FROM ticket")
    assert (sent.text("h1"), sent.text(".notice")) == ("Caixa de entrada", f"Ticket enviado: #{row['id']} .")
    assert (await bia.get(sent.links()[f"#{row['id']}"])).text("h1") == "Boletos com o valor errado"
    assert f"#{row['id']} Boletos com o valor errado" in (await bia.get("/desk")).texts(".navigation__visited a")


async def test_p01_the_desk_lists_an_agents_own_esbocos_and_leads_to_their_form(under: Under):
    people = await under("processo")
    bia, davi = await browser_of(people.bia), await browser_of(people.davi)
    await bia.send(await bia.get("/tickets/new"), "/tickets", press="save", title="Livros para 2027")
    desk = await bia.get("/desk")
    page = await bia.get(desk.links()["Esboços 1"])
    assert (page.text("h1"), titles(page), page.texts(".line .chip")) == ("Esboços", ["Livros para 2027"], ["Esboço"])
    form = await bia.get(page.links()["Livros para 2027"])
    assert form.text("h1") == "Terminar o esboço"
    assert titles(await davi.get("/desk?view=drafts")) == []


async def test_p27_the_description_stands_in_the_timeline_once_the_ticket_is_sent(under: Under):
    people = await under("processo")
    ana, bia = await browser_of(people.ana), await browser_of(people.bia)
    page = await ana.get("/tickets/new")
    assert page.text("label[for=description]") == "Descrição"
    about = {"category": option(page, "category", "Cobrança"), "title": "Boletos com o valor errado"}
    sent = await ana.send(page, "/tickets", press="send", description="Vieram com o valor de outubro.", **about)
    (row,) = await fetch("SELECT id FROM ticket")
    for shown in (sent, await bia.get(f"/desk/tickets/{row['id']}")):
        assert shown.html.css("label[for=description]") == []
        assert said(shown)[0] == "Vieram com o valor de outubro."


async def test_p02_a_ticket_is_sent_with_title_description_and_category_by_enviar(under: Under):
    people = await under("processo")
    ana = await browser_of(people.ana)
    page = await ana.get("/tickets/new")
    assert [button.text() for button in page.form("/tickets").css("button[name=send]")] == ["Enviar"]
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
    labels = {label.attributes["for"]: label.text() for label in page.form("/tickets").css("label[for]")}
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
    (row,) = await fetch("SELECT id FROM ticket")
    told = facts(await bia.get(f"/tickets/{row['id']}"))
    assert (told["Aberto por"], told["Contato primário"]) == ("Ana Prado, Colégio Aurora", "Rui Alves")
    assert sent.path == f"/desk?sent={row['id']}"
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
    assert refusals(refused) == {
        "category": "Escolha a categoria.",
        "title": "Escreva o título.",
        "description": "Escreva a descrição.",
    }
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
    told = {"category": "Escolha a categoria.", "title": "Escreva o título.", "description": "Escreva a descrição."}
    assert refusals(refused) == {left_out: told[left_out]}
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


# The agents' side of a ticket's life


async def _taken(people, title="Boletos com o valor errado"):
    """A ticket that Bia has taken, its address on the desk, and her browser."""
    number = await cast.ticket(people.ana, title)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    return number, f"/desk/tickets/{number}", await browser_of(people.bia)


async def _label(people, number: int) -> str:
    """The status label that the requester sees."""
    ana = await browser_of(people.ana)
    return (await ana.get(f"/tickets/{number}")).text(".head__sub .chip")


async def test_p06_acessado_recentemente_is_at_the_end_of_the_navigation(under: Under):
    people = await under("processo")
    first, second = await cast.ticket(people.ana, "Primeiro"), await cast.ticket(people.ana, "Segundo")
    bia = await browser_of(people.bia)
    await bia.get(f"/desk/tickets/{first}")
    await (await browser_of(people.bia, at=NOW + timedelta(minutes=1))).get(f"/desk/tickets/{second}")
    page = await bia.get("/desk")
    assert page.texts(".navigation h2")[-1] == "Acessado recentemente"
    assert page.texts(".navigation ul:last-child li") == [f"#{second} Segundo", f"#{first} Primeiro"]
    assert (await bia.get(page.links()[f"#{first} Primeiro"])).text("h1") == "Primeiro"


async def test_p07_it_is_a_fazer_until_somebody_takes_it(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    assert await _label(people, number) == "A Fazer"
    bia = await browser_of(people.bia)
    await bia.send(await bia.get(f"/desk/tickets/{number}"), f"/desk/tickets/{number}/take")
    assert await _label(people, number) == "Em andamento"


@pytest.mark.parametrize(
    ("noun", "typed"),
    [
        ("replies", {"body": "Vou ver."}),
        ("notes", {"body": "Cliente antigo."}),
    ],
)
async def test_p08_the_first_edit_assigns_it_to_the_editor(under: Under, noun, typed):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    bia = await browser_of(people.bia)
    await bia.send(await bia.get(f"/desk/tickets/{number}"), f"/desk/tickets/{number}/{noun}", **typed)
    assert (await ticket_row(number))["assignee"] == people.bia.id
    assert await _label(people, number) == "Em andamento"


@pytest.mark.parametrize(
    ("noun", "typed"), [("notes", {"body": "O anexo explica."}), ("properties", {"priority": "high"})]
)
async def test_p08_what_was_handed_to_a_colleague_is_not_taken_by_an_edit(under: Under, noun, typed):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    page = await bia.send(page, f"{at}/properties", assignee=option(page, "assignee", "Davi Reis"))
    await bia.send(page, f"{at}/{noun}", **typed)
    row = await ticket_row(number)
    assert (row["assignee"], row["offered_to"]) == (None, people.davi.id)


async def test_p09_given_back_it_is_a_fazer_again(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    await bia.send(await bia.get(at), f"{at}/release")
    assert await _label(people, number) == "A Fazer"
    assert (await ticket_row(number))["assignee"] is None


async def test_p09_handed_to_a_colleague_it_is_a_fazer_until_they_take_it(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    handed = await bia.send(page, f"{at}/properties", assignee=option(page, "assignee", "Davi Reis"))
    assert handed.text("#holder") == "Para Davi Reis assumir"
    assert await _label(people, number) == "A Fazer"
    davi = await browser_of(people.davi)
    assert titles(await davi.get("/desk")) == ["Boletos com o valor errado"]
    await davi.send(await davi.get(at), f"{at}/notes", body="É comigo.")
    assert await _label(people, number) == "Em andamento"
    assert (await ticket_row(number))["assignee"] == people.davi.id


async def test_p11_waiting_requires_its_kind(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    refused = await bia.send(await bia.get(at), f"{at}/waits", wait="")
    told = refused.text(f"form[action='{at}/waits'] .field__error")
    assert (refused.status, told) == (422, "Escolha o que se espera.")


async def test_p12_waiting_for_more_information_takes_a_number_of_days(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    kind = option(page, "wait", "Aguarde por mais informações")
    after = await bia.send(page, f"{at}/waits", wait=kind, days="5")
    assert happened(after)[-1] == "Você colocou em espera: mais informações, 5 dias"
    assert await _label(people, number) == "Aguarde: mais informações"
    assert await _waiting_of(number) == {"wait": "requester", "days": 5}


async def test_p13_waiting_until_takes_date_and_time(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    kind = option(page, "wait", "Esperar até")
    after = await bia.send(page, f"{at}/waits", wait=kind, until="2026-11-30T10:30")
    assert happened(after)[-1] == "Você colocou em espera: até 30/11, 10h30"
    assert await _label(people, number) == "Aguarde: esperar até"
    assert (await ticket_row(number))["wait_until"] == datetime(2026, 11, 30, 13, 30, tzinfo=UTC)


async def test_p14_while_it_waits_it_is_own_work_and_not_in_the_inbox(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    assert titles(await bia.get("/desk")) == ["Boletos com o valor errado"]
    await bia.send(await bia.get(at), f"{at}/waits", wait="until", until="2026-11-30T10:30")
    assert titles(await bia.get("/desk")) == []
    assert titles(await bia.get("/desk?view=own")) == ["Boletos com o valor errado"]


async def test_p15_an_answer_brings_it_back_to_the_inbox_highlighted(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    await bia.send(await bia.get(at), f"{at}/questions", body="Qual turma?", days="3")
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="A 5A.")
    page = await bia.get("/desk")
    assert page.texts(".line[data-turn] .row__title") == ["Boletos com o valor errado"]
    assert page.text(".line__next strong") == "Ana respondeu."


async def test_p16_it_may_be_told_to_close_if_no_answer_comes(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    labels = page.texts(f"form[action='{at}/waits'] label")
    assert "Fechar se não houver resposta recebida" in labels
    after = await bia.send(page, f"{at}/waits", wait="requester", days="5", closes="1")
    assert happened(after)[-1] == "Você colocou em espera: mais informações, 5 dias, e então fecha"
    assert await _waiting_of(number) == {"wait": "requester", "days": 5, "closes": True}


async def test_p17_the_wait_is_left_by_hand(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    waiting = await bia.send(await bia.get(at), f"{at}/waits", wait="until", until="2026-11-30T10:30")
    await bia.send(waiting, f"{at}/resumption")
    assert await _label(people, number) == "Em andamento"
    row = await ticket_row(number)
    assert (row["status"], row["wait"], row["wait_until"]) == ("open", None, None)


@pytest.mark.parametrize(
    ("words", "method", "status"),
    [
        ("Comunicação com o destinatário do serviço", "communicated", "resolved"),
        ("Com a resposta do cliente", "answered", "resolved"),
        ("Nenhuma resposta do cliente", "no_answer", "resolved"),
        ("Rejeitado", "rejected", "resolved"),
        ("Rejeitado como Spam", "spam", "closed"),
        ("Rejeitado: endereço desconhecido", "unknown_sender", "closed"),
    ],
)
async def test_p18_resolving_needs_a_method(under: Under, words, method, status):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    assert page.text("label[for=method]") == "Método de Resolução"
    chosen = option(page, "method", words)
    after = await bia.send(page, f"{at}/solution", method=chosen, body="É isto.", **{"as": "note"})
    row = await ticket_row(number)
    assert (row["resolution"], row["status"]) == (method, status)
    assert after.text(".head__sub .chip") == {"resolved": "Resolvido", "closed": "Fechado"}[status]
    assert f"Método de Resolução: {words}" in after.words


async def test_p19_resolving_without_a_word_is_reminded_of_it(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    assert page.texts(".said") == []
    refused = await bia.send(page, f"{at}/solution", method="communicated")
    assert refused.text(f"form[action='{at}/solution'] .field__error") == "Escreva como o ticket foi resolvido."
    assert (await ticket_row(number))["status"] == "open"
    await bia.send(refused, f"{at}/solution", body="Trocado no banco.", **{"as": "note"})
    assert (await ticket_row(number))["status"] == "resolved"


@pytest.mark.parametrize(
    ("preset", "status", "told"),
    [
        ("processo", 422, ["Escreva como o ticket foi resolvido."]),
        ("aprovacao", 422, ["Escreva como o ticket foi resolvido."]),
        ("central", 200, []),
    ],
)
async def test_p19_the_duty_to_say_how_it_was_resolved_is_the_presets(under: Under, preset, status, told):
    people = await under(preset)
    _, at, bia = await _taken(people)
    answer = await bia.send(await bia.get(at), f"{at}/solution", method="communicated")
    assert answer.status == status
    assert answer.texts(f"form[action='{at}/solution'] .field__error") == told


@pytest.mark.parametrize(
    ("duty", "of_note"),
    [("message", "open"), ("message_or_note", "resolved"), ("nothing", "resolved")],
)
async def test_p19_the_duty_to_say_how_it_was_resolved_is_set_on_its_page(under: Under, duty, of_note):
    people = await under("processo")
    lia = await browser_of(people.lia)
    listed = (await lia.get("/desk/settings/categories")).links()["Cobrança"]
    page = await lia.get(f"{listed}/workflow")
    check = await lia.send(page, f"{listed}/workflow", solution_must_say=duty)
    saved = await lia.send(check, f"{listed}/workflow", press="save")
    assert saved.values(f"{listed}/workflow")["solution_must_say"] == duty
    number, at, bia = await _taken(people)
    silent = await bia.send(await bia.get(at), f"{at}/solution", method="communicated")
    reminded = ["Escreva como o ticket foi resolvido."] if duty != "nothing" else []
    assert silent.texts(f"form[action='{at}/solution'] .field__error") == reminded
    if duty != "nothing":
        await bia.send(silent, f"{at}/solution", method="communicated", body="Trocado no banco.", **{"as": "note"})
    assert (await ticket_row(number))["status"] == of_note


@pytest.mark.parametrize("noun", ["replies", "notes"])
async def test_p20_a_message_or_note_just_added_counts_as_the_resolution(under: Under, noun):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.send(await bia.get(at), f"{at}/{noun}", body="Boletos emitidos de novo.")
    assert page.text(".said") == "O que você acabou de escrever conta como a solução."
    assert len(page.html.css(".said svg")) == 1
    solved = await bia.send(page, f"{at}/solution", method="communicated")
    assert (await ticket_row(number))["status"] == "resolved"
    assert solved.text(".message[data-solution] .message__body") == "Boletos emitidos de novo."


async def test_p20_a_question_is_no_resolution(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    page = await bia.send(await bia.get(at), f"{at}/questions", body="Qual é o CNPJ?", days="3")
    assert page.texts(".said") == []
    refused = await bia.send(page, f"{at}/solution", method="communicated")
    assert refused.text(f"form[action='{at}/solution'] .field__error") == "Escreva como o ticket foi resolvido."


async def test_p20_what_was_just_added_can_be_left_for_other_words(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    page = await bia.send(await bia.get(at), f"{at}/notes", body="Falei com o banco.")
    solved = await bia.send(page, f"{at}/solution", method="communicated", body="Boletos emitidos de novo.")
    assert solved.text(".message[data-solution] .message__body") == "Boletos emitidos de novo."


async def test_p20_words_of_somebody_else_do_not_count(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    await bia.send(await bia.get(at), f"{at}/replies", body="Boletos emitidos de novo.")
    ana = await browser_of(people.ana)
    await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/replies", body="Ainda não.")
    assert (await bia.get(at)).texts(".said") == []


async def test_p21_the_timeline_shows_the_resolution_in_green_with_a_tick(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    await bia.send(await bia.get(at), f"{at}/solution", method="communicated", body="Boletos emitidos de novo.")
    for browser, path in ((bia, at), (await browser_of(people.ana), f"/tickets/{number}")):
        page = await browser.get(path)
        (solution,) = page.html.css(".message[data-mark=solution]")
        assert solution.css_first(".message__body").text() == "Boletos emitidos de novo."
        assert (solution.css_first(".mark").text(strip=True), len(solution.css(".mark svg"))) == ("Solução", 1)


async def test_p22_enviar_e_resolver_is_one_click(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    assert [b.text(strip=True) for b in page.form(f"{at}/replies").css("button:not([name=find])")] == [
        "Enviar e aguardar",
        "Enviar",
        "Enviar e Resolver",
    ]
    assert page.html.css("details [name=solve]") == []
    solved = await bia.send(page, f"{at}/replies", press="solve", body="Boletos emitidos de novo.")
    assert solved.text(".message[data-mark=solution] .message__body") == "Boletos emitidos de novo."
    assert (await ticket_row(number))["resolution"] == "communicated"


async def test_p28_the_editor_opens_in_a_window_of_its_own_without_enviar_e_resolver(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    way = (await bia.get(at)).html.css_first(f"a[href='{at}/reply']")
    assert (folded(way), way.attributes["target"]) == ("Abrir em outra janela (abre em nova aba)", "_blank")
    apart = await bia.get(f"{at}/reply")
    assert [folded(button) for button in apart.form(f"{at}/replies").css("button:not([name=find])")] == ["Enviar"]
    sent = await bia.send(apart, f"{at}/replies", body="Vou ver.")
    assert (sent.path.partition("#")[0], said(sent)[-1]) == (at, "Vou ver.")
    assert "Enviar e Resolver" in buttons(sent)


async def test_p28_what_is_resolved_in_the_other_window_still_takes_a_message(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    await bia.send(await bia.get(at), f"{at}/replies", press="solve", body="Boletos emitidos de novo.")
    assert "Enviar" in buttons(await bia.get(f"{at}/reply"))
    await bia.send(await bia.get(at), f"{at}/reopening")
    other = await cast.ticket(people.ana, "Boletos de novo")
    await bia.send(await bia.get(at), f"{at}/merge", into=f"#{other}")
    assert (await bia.get(f"{at}/reply")).path == at


async def test_p26_spam_goes_straight_to_closed_and_nobody_is_owed_a_word(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.get(at)
    await bia.send(page, f"{at}/solution", method=option(page, "method", "Rejeitado como Spam"))
    assert await _label(people, number) == "Fechado"
    assert await events(number) == ["submission", "take", "rejection"]


async def test_p26_divided_it_waits_until_every_part_is_done(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.send(await bia.get(at), f"{at}/split", parts="Emitir boletos\nAvisar as famílias")
    assert await _label(people, number) == "Aguarde: dividido"
    parts = [each["id"] for each in await fetch("SELECT id FROM ticket WHERE id <> {} ORDER BY id", number)]
    assert page.texts("#kin + .aside__body .mini li") == [
        f"#{parts[0]} Emitir boletos parte · A Fazer",
        f"#{parts[1]} Avisar as famílias parte · A Fazer",
    ]
    for part in parts:
        there = f"/desk/tickets/{part}"
        await bia.send(await bia.get(there), f"{there}/replies", press="solve", body="Feito.")
    back = await bia.get("/desk")
    assert (titles(back), back.text(".line__next strong")) == (
        ["Boletos com o valor errado"],
        "As partes foram resolvidas.",
    )


async def test_p26_with_a_case_it_waits_for_the_case(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    page = await bia.send(await bia.get(at), f"{at}/case", case="Trocar de banco")
    assert await _label(people, number) == "Aguarde: caso lançado"
    assert page.text("#kin + .aside__body .mini li").endswith("Trocar de banco caso · A Fazer")
    (case,) = await fetch("SELECT id FROM ticket WHERE id <> {}", number)
    there = f"/desk/tickets/{case['id']}"
    await bia.send(await bia.get(there), f"{there}/replies", press="solve", body="Feito.")
    back = await bia.get("/desk")
    assert (titles(back), back.text(".line__next strong")) == (["Boletos com o valor errado"], "O caso foi resolvido.")


async def test_p26_merged_it_is_closed_as_merged_and_can_be_given_back(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    other = await cast.ticket(people.ana, "Boletos de novo")
    merged = await bia.send(await bia.get(at), f"{at}/merge", into=f"#{other}")
    assert await _label(people, number) == "Fechado"
    assert "Método de Resolução: Fundida" in merged.words
    assert happened(merged)[-1] == f"Você uniu ao #{other}: Fundida"
    there = await bia.get(f"/desk/tickets/{other}")
    assert there.texts(".message__who a") == [f"veio do #{number}"]
    await bia.send(merged, f"{at}/unmerge")
    assert await _label(people, number) == "Em andamento"


async def test_p26_fundida_is_a_method_of_resolving_and_asks_for_the_ticket_that_goes_on(under: Under):
    people = await under("processo")
    number, at, bia = await _taken(people)
    case = await cast.ticket(people.ana, "Troca de banco")
    page = await bia.get(at)
    asked = await bia.send(page, f"{at}/solution", method=option(page, "method", "Fundida"))
    assert asked.text(f"form[action='{at}/solution'] .field__error") == "Preencha este campo."
    done = await bia.send(asked, f"{at}/solution", into=f"#{case}")
    assert (done.text(".head__sub .chip"), "Método de Resolução: Fundida" in done.words) == ("Fechado", True)
    assert done.links()[f"#{case} Troca de banco"] == f"/desk/tickets/{case}#unseen"
    assert await events(number) == ["submission", "take", "merge"]


async def test_p26_dividir_em_varios_and_lancar_caso_stand_beside_the_ticket_by_their_names(under: Under):
    people = await under("processo")
    _, at, bia = await _taken(people)
    folds = (await bia.get(at)).texts("aside summary")
    assert {"Esperar", "Dividir em vários", "Lançar caso"} <= set(folds)


async def _waiting_of(number: int) -> dict[str, object]:
    """The data of the last wait for the timers."""
    rows = await fetch("SELECT data FROM event WHERE ticket = {} AND kind IN ('wait', 'question') ORDER BY id", number)
    return {name: value for name, value in json.loads(rows[-1]["data"]).items() if name not in ("from", "to")}


async def test_p23_in_the_feedback_window_a_reply_reopens(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    ana = await browser_of(people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert "Este ticket está resolvido e ainda ouve você." in page.words
    after = await ana.send(page, f"/tickets/{number}/replies", body="A nota veio sem o CNPJ.")
    assert (after.text(".head__sub .chip"), said(after)[-1]) == ("Em andamento", "A nota veio sem o CNPJ.")


async def test_p23_in_the_feedback_window_an_agent_reopens_by_hand(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    at = f"/desk/tickets/{number}"
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    assert "Reabrir" in buttons(page)
    after = await bia.send(page, f"{at}/reopening")
    assert (after.text(".head__sub .chip"), happened(after)[-1]) == ("Em andamento", "Você reabriu o ticket")
    assert await _label(people, number) == "Em andamento"

    later = NOW + timedelta(hours=1)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana, at=later)
    await timers.run_due(NOW + timedelta(days=30))
    assert "Reabrir" not in buttons(await bia.get(at))


async def test_p24_after_the_window_it_is_closed_and_what_comes_later_is_a_new_ticket(under: Under):
    people = await under("processo")
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    late = NOW + timedelta(days=30)
    await timers.run_due(late)
    assert await _label(people, number) == "Fechado"
    with pytest.raises(NotFromHere):
        await replies.reply(await cast.seen(number, people.ana), "Voltou.", by=people.ana, at=late)
    ana = await browser_of(people.ana, at=late)
    draft = await ana.send(await ana.get(f"/tickets/{number}"), f"/tickets/{number}/follow-ups")
    action = draft.html.css_first("main form").attributes["action"]
    sent = await ana.send(draft, action, press="send", title="Voltou", description="De novo.")
    assert (sent.text("h1"), await _label(people, number)) == ("Voltou", "Fechado")
    assert await fetch("SELECT other, kind FROM link") == [{"other": number, "kind": "follow_up"}]


async def test_p25_a_draft_that_is_answered_at_once_is_resolved_by_one_button(under: Under):
    people = await under("processo")
    about, finer = await cast.subject()
    wanted = Request("Segunda via", "Rui pediu por telefone.", about, finer, requester=people.rui.id)
    made = await drafts.draft(wanted, by=people.bia, at=NOW)
    at = f"/tickets/{made.ticket}"
    bia = await browser_of(people.bia)
    page = await bia.get(at)
    asked = {"primary_contact": "rui@aurora.example", "press": "solve"}
    refused = await bia.send(page, f"{at}/submission", solution=" ", **asked)
    assert refused.text("#solution-error") == "Preencha este campo."
    assert (await ticket_row(made.ticket))["status"] == "draft"
    await bia.send(refused, f"{at}/submission", solution="Entregue na hora.", **asked)
    row = await ticket_row(made.ticket)
    assert (row["status"], row["resolution"], row["assignee"]) == ("resolved", "communicated", people.bia.id)
    seen = await (await browser_of(people.rui)).get(at)
    assert seen.texts("[data-mark=solution] .message__body") == ["Entregue na hora."]


async def test_p25_only_an_agent_resolves_a_draft(under: Under):
    people = await under("processo")
    about, finer = await cast.subject()
    made = await drafts.draft(Request("Boleto", "Veio errado.", about, finer), by=people.ana, at=NOW)
    at = f"/tickets/{made.ticket}"
    ana = await browser_of(people.ana)
    page = await ana.get(at)
    assert page.html.css("button[name=solve]") == []
    values = page.values(f"{at}/submission") | {"solve": "1", "solution": "Já está."}
    refused = await ana.post(f"{at}/submission", values)
    assert (refused.status, (await ticket_row(made.ticket))["status"]) == (403, "draft")


async def test_p25_what_is_answered_at_once_goes_from_draft_to_resolved(under: Under):
    people = await under("processo")
    about, finer = await cast.subject()
    wanted = Request("Segunda via", "Rui pediu no balcão.", about, finer, requester=people.rui.id)
    made = await record_contact(
        replace(wanted, channel=Channel.COUNTER), message=NewMessage("Entregue na hora."), by=people.bia, at=NOW
    )
    rui = await browser_of(people.rui)
    page = await rui.get(f"/tickets/{made.ticket}")
    assert (page.text(".head__sub .chip"), facts(page)["Canal"]) == ("Resolvido", "Balcão")
    assert page.texts("[data-mark=solution] .message__body") == ["Entregue na hora."]
    assert (await ticket_row(made.ticket))["resolution"] == "communicated"
    assert await count("link") == 0
    assert await count("ticket") == 1

"""Scheduled replies and undone sending, as agents, requesters and leads see them."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.post_office import post_office, text_of
from tests.mail.post_office import worked as delivered
from tests.pages.reading import events, happened, refusals, said, ticket_row
from tests.tickets.fields.factories import field
from web.clock import now, set_now
from web.database import fetch
from web.notifications import announcing
from web.pages.desk.ticket.sending import send_held
from web.tickets.actions import merges, replies
from web.tickets.actions.held_replies import sending
from web.tickets.actions.held_replies.scheduling import MOMENT
from web.tickets.actions.ownership import departures
from web.tickets.fields.field import Asks
from web.tickets.record.attachments import forget_unsent
from web.tickets.record.ticket import find_ticket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

TUESDAY = NOW + timedelta(days=1)
"""Nine in the morning, when the desk opens."""
LATER = {"when": TUESDAY.isoformat()}
AGAIN = "Voltar a escrever"


@pytest.fixture
async def people(database):
    return await cast.enrol()


@pytest.fixture
async def number(people):
    return await cast.ticket(people.ana)


def at(number: int, noun: str = "") -> str:
    return f"/desk/tickets/{number}{noun and f'/{noun}'}"


async def sent(by, number: int, noun: str = "replies", **typed):
    """The page after the form was sent, in a new browser."""
    browser = await browser_of(by)
    return await browser.send(await browser.get(at(number)), at(number, noun), **typed)


async def shown(by, number: int):
    return await (await browser_of(by)).get(at(number))


async def worked(instant) -> None:
    set_now(instant)
    await sending.run_due(instant, make=send_held)
    await announcing.announce(instant)


def waiting(page) -> list[str]:
    return page.texts("#held strong")


def pressed(page, noun: str, press: str) -> dict[str, str]:
    """The values that the form of a held reply sends, found by its button."""
    (form,) = [each for each in page.html.css(f"#held form[action$='/{noun}']") if press in each.text()]
    return {each.attributes["name"]: each.attributes["value"] for each in form.css("input")}


async def press(by, number: int, noun: str, button: str):
    browser = await browser_of(by, at=now())
    answer = await browser.post(at(number, noun), pressed(await browser.get(at(number)), noun, button))
    return await browser.get(answer.location) if answer.status == 303 else answer


async def told(person) -> list[str]:
    rows = await fetch("SELECT occasion FROM notice WHERE person = {} ORDER BY id", person.id)
    return [row["occasion"] for row in rows]


async def test_a_reply_is_left_for_the_next_opening_and_goes_when_the_desk_opens(people, number):
    page = await shown(people.bia, number)
    proposed = page.texts("#reply-when option")
    assert proposed == [
        "Agora",
        "Em 10 segundos, com tempo de desfazer",
        "Amanhã, 9h",
        "Qua., 25/11, 9h",
        "Qui., 26/11, 9h",
    ]
    chosen = page.html.css("#reply-when option")[2].attributes["value"]
    page = await sent(people.bia, number, body="Segue o boleto.", when=chosen)
    assert waiting(page) == ["Sua resposta será enviada amanhã, 9h."]
    assert happened(page)[-1] == "Você deixou uma resposta para ter., 24/11, 9h"
    assert page.values(at(number, "replies"))["body"].strip() == ""
    await worked(TUESDAY - timedelta(seconds=1))
    ana = await browser_of(people.ana)
    assert "Segue o boleto." not in (await ana.get(f"/tickets/{number}")).words
    assert (await ticket_row(number))["answered_at"] is None
    await worked(TUESDAY)
    assert said(await ana.get(f"/tickets/{number}"))[-1] == "Segue o boleto."
    assert (await ticket_row(number))["answered_at"] == TUESDAY
    assert (await events(number))[-3:] == ["holding", "take", "reply"]
    assert (await told(people.ana))[-1] == "answered"


async def test_a_date_and_time_are_those_of_the_agents_own_clock(people, number):
    bia = await browser_of(people.bia)
    await bia.send(await bia.get("/account"), "/account/zone", zone="America/Rio_Branco")
    page = await sent(people.bia, number, body="Bom dia.", due="2026-11-24T07:00")
    assert waiting(page) == ["Sua resposta será enviada amanhã, 7h (Rio Branco)."]
    assert waiting(await shown(people.lia, number)) == ["A resposta de Bia será enviada amanhã, 9h."]
    await worked(TUESDAY)
    assert said(await shown(people.lia, number))[-1] == "Bom dia."


async def test_a_date_is_read_as_people_type_it_where_the_browser_has_no_field_for_it(people, number):
    page = await sent(people.bia, number, body="Bom dia.", due="24/11/2026 14:30")
    assert waiting(page) == ["Sua resposta será enviada amanhã, 14h30."]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due": "2026-11-20T09:00"}, {"due": "Escolha uma data que ainda não passou."}),
        ({"due": "2028-11-20T09:00"}, {"due": "É longe demais: até um ano."}),
        ({"due": "amanhã cedo"}, {"due": "Escreva data e hora, como 30/11/2026 14h30."}),
        ({"when": "qualquer"}, {"due": "Escreva data e hora, como 30/11/2026 14h30."}),
        ({**LATER, "body": " "}, {"body": "Escreva o texto."}),
        (
            {**LATER, "copies": "ninguém"},
            {"copies": "Não entendi: ninguém. Escreva endereços de e-mail separados por vírgula."},
        ),
    ],
)
async def test_what_can_not_be_sent_is_refused_before_it_waits(people, number, typed, sentence):
    page = await sent(people.bia, number, **{"body": "Segue o boleto.", **typed})
    assert (page.status, refusals(page)) == (422, sentence)
    assert page.values(at(number, "replies"))["body"].strip() == typed.get("body", "Segue o boleto.").strip()
    assert await fetch("SELECT id FROM held_reply") == []
    assert await events(number) == ["submission"]


async def test_what_was_chosen_stays_chosen_when_the_form_comes_back(people, number):
    page = await sent(people.bia, number, body=" ", **LATER)
    assert page.values(at(number, "replies"))["when"] == LATER["when"]


async def test_a_reply_is_taken_back_with_its_words_files_and_copies(people, number):
    bia = await browser_of(people.bia)
    page = await bia.get(at(number))
    typed = {"body": "Segue o boleto.", "copies": "eva@familia.example", "when": "moment"}
    page = await bia.send(page, at(number, "replies"), files=[("boleto.pdf", b"%PDF-1.4")], **typed)
    assert waiting(page) == ["Sua resposta será enviada em alguns segundos."]
    assert await events(number) == ["submission"]
    page = await press(people.bia, number, "recalls", "Desfazer envio")
    values = page.values(at(number, "replies"))
    assert (values["body"].strip(), values["copies"].strip()) == ("Segue o boleto.", "eva@familia.example")
    assert (page.texts(".uploads li"), waiting(page)) == (["boleto.pdf 8 bytes"], [])
    await worked(TUESDAY)
    assert await events(number) == ["submission"]
    page = await bia.send(await bia.get(page.path), at(number, "replies"), body="Segue o boleto certo.", when="")
    assert said(page)[-1] == "Segue o boleto certo."
    assert page.texts(".message .file span:first-of-type") == ["boleto.pdf"]


async def test_what_is_taken_back_stands_above_what_was_begun_since(people, number):
    await sent(people.bia, number, body="Primeira.", when="moment")
    bia = await browser_of(people.bia)
    token = (await bia.get(at(number))).values(at(number, "replies"))["_token"]
    await bia.post(at(number, "unsent"), {"_token": token, "noun": "replies", "body": "Segunda."})
    page = await press(people.bia, number, "recalls", "Desfazer envio")
    assert page.values(at(number, "replies"))["body"].strip() == "Primeira.\n\nSegunda."
    assert (await shown(people.bia, number)).values(at(number, "replies"))["body"].strip() == "Primeira.\n\nSegunda."


async def test_after_ten_seconds_it_has_gone_and_taking_it_back_says_so(people, number):
    await sent(people.bia, number, body="Segue o boleto.", when="moment")
    bia = await browser_of(people.bia)
    page = await bia.get(at(number))
    await worked(NOW + MOMENT + timedelta(seconds=5))
    answer = await bia.post(at(number, "recalls"), pressed(page, "recalls", "Desfazer envio"))
    page = await bia.get(answer.location)
    assert page.text("#held") == "A mensagem não está mais à espera. Ver a conversa como está"
    assert said(page)[-1] == "Segue o boleto."
    assert await events(number) == ["submission", "take", "reply"]


async def test_the_part_of_the_page_that_waits_is_looked_at_again_by_itself(people, number):
    await sent(people.bia, number, body="Segue o boleto.", when="moment")
    bia = await browser_of(people.bia, htmx=True)
    (address,) = (await shown(people.bia, number)).attributes("#held[data-hx-trigger]", "data-hx-get")
    assert waiting(await bia.get(address)) == ["Sua resposta será enviada em alguns segundos."]
    await worked(NOW + MOMENT + timedelta(seconds=5))
    page = await bia.get(address)
    assert page.text("#held") == "A mensagem não está mais à espera. Ver a conversa como está"
    plain = await browser_of(people.bia)
    assert (await plain.get(address)).path == at(number)


async def test_a_reply_that_waits_is_sent_now_by_its_author(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    page = await press(people.bia, number, "dispatches", "Enviar agora")
    assert (said(page)[-1], waiting(page)) == ("Segue o boleto.", [])
    await worked(TUESDAY)
    assert (await events(number)).count("reply") == 1


async def test_a_question_and_a_solution_wait_as_they_were_typed(people, number):
    page = await sent(people.bia, number, "questions", body="Qual é o CNPJ?", days="5", closes="1", **LATER)
    assert waiting(page) == ["Sua pergunta será enviada amanhã, 9h."]
    assert (await ticket_row(number))["status"] == "new"
    other = await cast.ticket(people.ana)
    page = await sent(people.bia, other, body="Pronto.", solve="1", **LATER)
    assert waiting(page) == ["Sua resposta será enviada amanhã, 9h e resolve o ticket."]
    third = await cast.ticket(people.ana)
    page = await sent(people.bia, third, "solution", method="no_answer", body="Sem notícias.", **LATER)
    assert waiting(page) == ["Sua solução será enviada amanhã, 9h."]
    await worked(TUESDAY)
    rows = [await ticket_row(each) for each in (number, other, third)]
    assert [(row["status"], row["resolution"]) for row in rows] == [
        ("waiting", None),
        ("resolved", "communicated"),
        ("resolved", "no_answer"),
    ]
    assert (await ticket_row(number))["wakes_at"] > TUESDAY + timedelta(days=4)


async def test_when_the_requester_writes_meanwhile_it_comes_back_to_its_author(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await replies.reply(await find_ticket(number, by=people.ana), "Já achei.", by=people.ana, at=NOW)
    await worked(NOW + timedelta(seconds=5))
    page = await shown(people.bia, number)
    assert waiting(page) == ["Sua resposta não foi enviada: chegou outra mensagem depois dela."]
    assert happened(page)[-1] == "A resposta de Bia não foi enviada: chegou outra mensagem depois dela"
    assert (await told(people.bia))[-1] == "held_back"
    await worked(TUESDAY)
    assert said(await (await browser_of(people.ana)).get(f"/tickets/{number}"))[-1] == "Já achei."
    page = await press(people.bia, number, "recalls", AGAIN)
    assert page.values(at(number, "replies"))["body"].strip() == "Segue o boleto."


async def test_what_came_back_is_sent_all_the_same_by_who_has_looked(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await replies.reply(await find_ticket(number, by=people.ana), "Obrigada.", by=people.ana, at=NOW)
    await worked(NOW + timedelta(seconds=5))
    page = await press(people.bia, number, "dispatches", "Enviar assim mesmo")
    assert (said(page)[-1], waiting(page)) == ("Segue o boleto.", [])


async def test_a_note_of_a_colleague_keeps_nothing_back(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await replies.note(await find_ticket(number, by=people.davi), "Vi aqui.", by=people.davi, at=NOW)
    await worked(TUESDAY)
    assert (await events(number))[-1] == "reply"


async def test_an_agent_who_writes_meanwhile_is_told_of_what_waits(people, number):
    davi = await browser_of(people.davi)
    page = await davi.get(at(number))
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    refused = await davi.send(page, at(number, "replies"), body="Também vi.")
    assert (refused.status, refused.text(".notice[role=alert] strong")) == (
        409,
        "Bia deixou uma mensagem para ser enviada depois agora.",
    )
    assert waiting(refused) == ["A resposta de Bia será enviada amanhã, 9h."]
    await davi.send(refused, at(number, "replies"), body="Também vi.")
    await worked(NOW + timedelta(seconds=5))
    assert waiting(await shown(people.bia, number)) == [
        "Sua resposta não foi enviada: chegou outra mensagem depois dela."
    ]


@pytest.mark.parametrize(
    ("ending", "why"), [("closed", "este ticket foi encerrado"), ("merged", "este ticket foi unido a outro")]
)
async def test_on_a_ticket_that_ended_it_comes_back_in_words(people, number, ending, why):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    if ending == "merged":
        sheet, other = await find_ticket(number, by=people.davi), await cast.ticket(people.ana)
        await merges.merge(sheet, other, by=people.davi, at=NOW)
    else:
        await cast.brought_to(number, "closed", by=people.davi, asker=people.ana)
    await worked(NOW + timedelta(seconds=5))
    page = await shown(people.bia, number)
    assert waiting(page) == [f"Sua resposta não foi enviada: {why}."]
    assert page.texts("#held .message__body") == ["Segue o boleto."]
    assert page.texts("#held button") == ["Descartar"]
    page = await press(people.bia, number, "discard", "Descartar")
    assert waiting(page) == []


async def test_what_the_workflow_refuses_by_then_comes_back(people, number):
    await sent(people.bia, number, "questions", body="Qual é o CNPJ?", **LATER)
    await cast.brought_to(number, "waiting_until", by=people.davi, asker=people.ana)
    await worked(TUESDAY)
    page = await shown(people.bia, number)
    assert waiting(page) == ["Sua pergunta não foi enviada: ela não cabe mais na situação do ticket."]


async def test_of_an_agent_who_is_gone_the_lead_sees_it_and_nothing_is_sent(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await departures.deactivate(people.bia.id, at=NOW)
    await worked(NOW + timedelta(seconds=5))
    page = await shown(people.davi, number)
    assert waiting(page) == ["A resposta de Bia não foi enviada: quem a escreveu não está mais no atendimento."]
    assert (await told(people.lia))[-1] == "held_back"
    page = await press(people.davi, number, "recalls", AGAIN)
    assert page.values(at(number, "replies"))["body"].strip() == "Segue o boleto."
    await worked(TUESDAY)
    assert "reply" not in await events(number)


async def test_of_an_agent_who_may_not_see_the_ticket_any_more_it_is_not_sent(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await cast.hand_to(number, "Ouvidoria", by=people.lia)
    await worked(TUESDAY)
    assert waiting(await shown(people.lia, number)) == [
        "A resposta de Bia não foi enviada: quem a escreveu não vê mais este ticket."
    ]
    assert (await told(people.lia))[-1] == "held_back"


async def test_only_its_author_and_leads_take_it_back_and_the_author_is_told(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    assert (await shown(people.davi, number)).texts("#held button") == []
    davi = await browser_of(people.davi)
    form = pressed(await shown(people.bia, number), "recalls", "Desfazer envio")
    token = (await davi.get(at(number))).values(at(number, "replies"))["_token"]
    for noun in ("recalls", "dispatches", "discard"):
        assert (await davi.post(at(number, noun), {**form, "_token": token})).status == 403
    page = await press(people.lia, number, "recalls", "Desfazer envio")
    assert page.values(at(number, "replies"))["body"].strip() == "Segue o boleto."
    assert happened(page)[-1] == "Você desfez o envio da resposta de Bia"
    await worked(NOW)
    assert (await told(people.bia))[-1] == "held_back"


async def test_its_files_are_the_desks_and_wait_with_it(people, number):
    bia = await browser_of(people.bia)
    page = await bia.get(at(number))
    await bia.send(page, at(number, "replies"), files=[("boleto.pdf", b"%PDF-1.4")], body="Segue.", **LATER)
    await forget_unsent(before=TUESDAY)
    page = await shown(people.davi, number)
    (address,) = page.attributes("#held a.file", "href")
    davi, ana = await browser_of(people.davi), await browser_of(people.ana)
    assert ((await davi.client.get(address)).status_code, (await ana.client.get(address)).status_code) == (200, 404)
    await worked(TUESDAY)
    assert (await ana.client.get(address)).status_code == 200


async def test_the_same_form_sent_twice_waits_once_and_goes_once(people, number):
    bia = await browser_of(people.bia)
    page = await bia.get(at(number))
    for _ in range(2):
        await bia.send(page, at(number, "replies"), body="Segue o boleto.", when="moment")
    assert len(await fetch("SELECT id FROM held_reply")) == 1
    await worked(NOW + MOMENT + timedelta(seconds=5))
    await bia.send(page, at(number, "replies"), body="Segue o boleto.", when="moment")
    await worked(NOW + timedelta(hours=1))
    assert (await events(number)).count("reply") == 1


async def test_who_asked_for_it_has_ten_seconds_for_every_reply(people, number):
    bia = await browser_of(people.bia)
    assert (await shown(people.bia, number)).values(at(number, "replies"))["when"] == ""
    page = await bia.send(await bia.get("/account"), "/account/sending", holds="1")
    assert page.text(".notice") == "Salvo. Vale a partir da próxima resposta."
    page = await bia.get(at(number))
    assert page.values(at(number, "replies"))["when"] == "moment"
    assert (await shown(people.davi, number)).values(at(number, "replies"))["when"] == ""
    page = await bia.send(page, at(number, "replies"), body="Segue o boleto.")
    assert waiting(page) == ["Sua resposta será enviada em alguns segundos."]
    page = await bia.send(await bia.get("/account"), "/account/sending", holds=[])
    assert (await bia.get(at(number))).values(at(number, "replies"))["when"] == ""


async def test_who_is_ticked_off_among_the_copied_is_still_so_when_it_goes(people):
    number = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    await sent(people.bia, number, body="Só entre nós.", told=[], **LATER)
    await replies.note(await find_ticket(number, by=people.davi), "Vi aqui.", by=people.davi, at=NOW)
    await worked(TUESDAY)
    assert (await told(people.ana))[-1] == "answered"
    assert "answered" not in await told(people.rui)


async def test_a_form_of_an_unknown_reply_changes_nothing(people, number):
    bia = await browser_of(people.bia)
    page = await bia.get(at(number))
    token = page.values(at(number, "replies"))["_token"]
    for noun in ("recalls", "dispatches"):
        assert (await bia.post(at(number, noun), {"_token": token, "held": "77"})).status == 303


async def test_a_solution_lacking_a_field_that_a_lead_asks_for_by_then_comes_back(people, number):
    await sent(people.bia, number, body="Pronto.", solve="1", **LATER)
    await field(people.lia, "Causa", agent_resolution=Asks.REQUIRED)
    await worked(TUESDAY)
    assert waiting(await shown(people.bia, number)) == [
        "Sua resposta não foi enviada: falta preencher um campo do ticket."
    ]
    assert (await ticket_row(number))["status"] == "new"


async def test_the_same_words_twice_go_once_and_the_second_comes_back(people, number):
    for _ in range(2):
        await sent(people.bia, number, body="Segue o boleto.", when="moment")
    await worked(NOW + MOMENT + timedelta(seconds=5))
    page = await shown(people.bia, number)
    assert waiting(page) == ["Sua resposta não foi enviada: a mesma mensagem já tinha sido enviada."]
    assert said(page)[-2:] == ["Segue o boleto.", "Segue o boleto."]  # the one that was sent, and the one that was not


async def test_a_message_says_it_did_not_go_and_leads_to_the_ticket(people, number):
    await sent(people.bia, number, body="Segue o boleto.", **LATER)
    await replies.reply(await find_ticket(number, by=people.ana), "Já achei.", by=people.ana, at=NOW)
    await worked(NOW + timedelta(seconds=5))
    async with post_office() as office:
        await delivered(office, NOW + timedelta(seconds=5))
        letters = [text_of(each).split("\n\n")[0] for each in office.to("bia@guiche.example")]
    assert "Uma mensagem deixada para depois não foi enviada. O texto dela está guardado no ticket." in letters

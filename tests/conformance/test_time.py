"""What happens by itself, when, and how pages announce it (facts of the five portals about time)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.conformance.conftest import Under
from tests.pages.reading import chips, events, facts, filtered, happened, said, ticket_row
from tests.tickets.life.states import at
from web.business_time.durations import Unit
from web.clock import set_now
from web.database import fetch, transaction
from web.demo.cast import Cast
from web.people.permissions import SYSTEM, Actor
from web.tickets.actions import assignment, replies, resolution, timers, waits
from web.tickets.life.states import Priority, Wait
from web.tickets.record.messages import NewMessage
from web.tickets.sla import settings
from web.tickets.sla.settings_rules import TargetInput
from web.tickets.sla.targets import Promise

pytestmark = pytest.mark.anyio


async def passes(until: datetime, *browsers: Browser) -> None:
    """Moves time and the worker to this instant; people who had signed in do so again."""
    set_now(until)
    await timers.run_due(until)
    for each in browsers:
        await each.signs_in(each.person, at=until)


async def promised(promise: str, amount: int, unit: str = "business_hours", **about: Any) -> None:
    """Saves a target as a lead, from NOW on."""
    async with transaction():
        await settings.promise(TargetInput(Promise(promise), amount, Unit(unit), 1, **about), by=SYSTEM, at=NOW)


async def of_ana(people: Cast, state: str) -> tuple[int, Browser]:
    """Ana's ticket in this state since NOW, and her browser."""
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return number, await browser_of(people.ana)


async def shown(browser: Browser, number: int) -> tuple[str, str]:
    """The status and the next step on the page."""
    page = await browser.get(f"/tickets/{number}")
    return label(page), page.text(".next")


def label(page: Page) -> str:
    return page.text(".head__sub .chip")


async def act(move, number: int, by: Actor, *args, at: datetime, **more) -> None:
    await move(await cast.seen(number, by), *args, by=by, at=at, **more)


# central


async def test_c06_time_brings_back_work_as_aberto_and_never_as_novo(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_until")
    assert await shown(ana, number) == ("Em Espera", "Em espera até qui., 26/11, 9h.")
    await passes(at("26/11 9:00"), ana)
    assert await shown(ana, number) == ("Aberto", "Com Bia, da equipe Financeiro.")


async def test_c07_pendente_for_72_business_hours_is_then_resolvido(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_requester")
    asked = ("Pendente", "Sua vez: Responda até qua., 02/12, 18h; depois disso consideramos resolvido.")
    assert await shown(ana, number) == asked
    await passes(at("02/12 17:59"), ana)
    assert await shown(ana, number) == asked
    await passes(at("02/12 18:00"), ana)
    assert await shown(ana, number) == ("Resolvido", "Resolvido em 02/12; encerra em 10/12, às 12h.")
    assert happened(await ana.get(f"/tickets/{number}"))[-2:] == [
        "O prazo para responder está no fim",
        "Sem resposta no prazo, o ticket foi considerado resolvido",
    ]


async def test_c07_who_answers_within_them_has_the_work_go_on(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_requester")
    await passes(at("02/12 17:59"), ana)
    page = await ana.get(f"/tickets/{number}")
    after = await ana.send(page, f"/tickets/{number}/replies", body="11.222.333/0001-81")
    assert (label(after), said(after)[-1]) == ("Aberto", "11.222.333/0001-81")
    await passes(at("31/12 18:00"), ana)
    assert (await shown(ana, number))[0] == "Aberto"


async def test_c08_em_espera_lasts_until_the_other_team_is_done_and_the_customer_sees_it(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_team")
    await passes(NOW + timedelta(days=20), ana)
    assert await shown(ana, number) == ("Em Espera", "Aguardando outra equipe (N2).")
    await act(waits.resume, number, people.davi, at=NOW + timedelta(days=20))
    assert (await shown(ana, number))[0] == "Aberto"


async def test_c09_resolvido_is_fechado_48_business_hours_later(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "resolved")
    assert await shown(ana, number) == ("Resolvido", "Resolvido em 23/11; encerra em 30/11, às 12h.")
    await passes(at("30/11 11:59"), ana)
    assert (await shown(ana, number))[0] == "Resolvido"
    await passes(at("30/11 12:00"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), page.text(".next")) == ("Fechado", "Encerrado em 30/11.")
    assert happened(page)[-1] == "O ticket foi encerrado"


async def test_c09_a_reply_within_them_reopens_and_the_next_solution_has_48_of_its_own(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "resolved")
    await passes(at("30/11 11:59"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert label(await ana.send(page, f"/tickets/{number}/replies", body="Voltou a acontecer.")) == "Aberto"
    await act(resolution.solve, number, people.bia, at=at("30/11 12:00"))
    await passes(at("30/11 12:00"), ana)
    assert await shown(ana, number) == ("Resolvido", "Resolvido em 30/11; encerra em 07/12, às 15h.")


async def test_c07_c09_left_alone_it_is_asked_resolved_and_closed_by_time(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_requester")
    await passes(NOW + timedelta(days=60), ana)
    assert await events(number) == ["submission", "take", "question", "reminder", "solution", "closing"]
    assert await shown(ana, number) == ("Fechado", "Encerrado em 10/12.")


# processo


async def test_p12_p15_after_the_days_it_waited_for_more_information_it_is_back_in_work(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "open")
    await act(waits.ask, number, people.bia, "Qual é o CNPJ da nota?", days=3, at=NOW)
    assert await shown(ana, number) == (
        "Aguarde: mais informações",
        "Sua vez: Responda até qui., 26/11, 18h; depois disso seguimos sem a resposta.",
    )
    await passes(at("26/11 18:00"), ana)
    assert await shown(ana, number) == ("Em andamento", "Com Bia, da equipe Financeiro.")
    assert happened(await ana.get(f"/tickets/{number}"))[-1] == "Sem resposta no prazo, o atendimento continua"


async def test_p13_p15_it_waits_until_a_date_and_time_and_is_then_back_in_work(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "open")
    await act(waits.wait, number, people.bia, Wait.UNTIL, until=at("01/12 14:30"), at=NOW)
    assert await shown(ana, number) == ("Aguarde: esperar até", "Em espera até ter., 01/12, 14h30.")
    await passes(at("01/12 14:29"), ana)
    assert (await shown(ana, number))[0] == "Aguarde: esperar até"
    await passes(at("01/12 14:30"), ana)
    assert (await shown(ana, number))[0] == "Em andamento"
    assert happened(await ana.get(f"/tickets/{number}"))[-1] == "Chegou a data marcada, o atendimento continua"


async def test_p15_an_incoming_message_brings_it_back_before_its_days_are_over(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "open")
    await act(waits.ask, number, people.bia, "Qual é o CNPJ da nota?", days=3, at=NOW)
    page = await ana.get(f"/tickets/{number}")
    assert label(await ana.send(page, f"/tickets/{number}/replies", body="Segue o CNPJ.")) == "Em andamento"
    await passes(NOW + timedelta(days=30), ana)
    assert (await events(number))[-1] == "reply"


async def test_p16_if_no_answer_comes_it_is_closed_once_the_days_are_over(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "open")
    await act(waits.ask, number, people.bia, "Qual é o CNPJ da nota?", days=3, closes=True, at=NOW)
    assert (await shown(ana, number))[1] == "Sua vez: Responda até qui., 26/11, 18h; depois disso o ticket é encerrado."
    await passes(at("26/11 18:00"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), happened(page)[-1]) == ("Fechado", "Sem resposta no prazo, o ticket foi encerrado")
    assert (await ticket_row(number))["resolution"] == "no_answer"


async def test_p17_a_wait_that_was_left_ends_no_second_time(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "waiting_until")
    await act(waits.resume, number, people.bia, at=NOW)
    assert (await shown(ana, number))[0] == "Em andamento"
    await passes(NOW + timedelta(days=30), ana)
    assert (await events(number))[-1] == "resumption"


async def test_p23_p24_within_the_feedback_window_a_reply_reopens_and_after_it_it_is_fechado(under: Under):
    people = await under("processo")
    number, ana = await of_ana(people, "resolved")
    assert await shown(ana, number) == ("Resolvido", "Resolvido em 23/11; encerra em 30/11, às 18h.")
    await passes(at("30/11 17:59"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert label(await ana.send(page, f"/tickets/{number}/replies", body="Faltou um boleto.")) == "Em andamento"

    await act(resolution.solve, number, people.bia, at=at("30/11 18:00"), message=NewMessage("Agora sim."))
    await passes(at("07/12 18:00"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), page.text(".next")) == ("Fechado", "Encerrado em 07/12.")
    assert [to for to in page.attributes("main form[method=post]", "action") if "replies" in to] == []


# avaliacao


async def solved(people: Cast, when: str) -> tuple[int, Browser]:
    """A ticket promised in eight hours, resolved at this instant and never rated."""
    await promised("resolution", 8)
    number, ana = await of_ana(people, "open")
    await act(resolution.solve, number, people.bia, at=at(when), message=NewMessage("Emitidos de novo."))
    return number, ana


@pytest.mark.parametrize(
    ("ending", "word"),
    [("cancelled", "Cancelado"), ("merged", "Concluído"), ("refused", "Concluído"), ("spam", "Concluído")],
)
async def test_v16_what_ended_without_a_solution_is_concluido_neither_in_time_nor_late(under: Under, ending, word):
    people = await under("avaliacao")
    await promised("first_response", 8)
    await promised("resolution", 8)
    number = await cast.unsolved(people, ending, at=at("23/11 10:00"))
    rui = await browser_of(people.rui, at=at("30/11 9:00"))
    page = await rui.get(f"/tickets/{number}")
    assert (label(page), facts(page).get("Prazo de solução")) == (word, None)
    assert chips(await rui.get("/tickets?scope=mine"))[f"Fim: {ending}"] == word


@pytest.mark.parametrize(
    ("when", "words", "fact"),
    [
        ("23/11 17:00", "Concluído no prazo", "cumprido"),
        ("23/11 17:01", "Concluído fora do prazo", "não cumprido"),
    ],
)
async def test_v16_in_the_end_it_is_concluido_no_prazo_or_fora_do_prazo(under: Under, when, words, fact):
    people = await under("avaliacao")
    number, ana = await solved(people, when)
    assert (await shown(ana, number))[0] == "Aguardando avaliação"
    await passes(NOW + timedelta(days=30), ana)
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), facts(page)["Prazo de solução"]) == (words, fact)
    assert chips(await ana.get("/tickets")) == {"Boletos com o valor errado": words}


async def test_v16_both_are_found_as_concluido_and_its_clock_has_ended(under: Under):
    people = await under("avaliacao")
    number, ana = await solved(people, "23/11 17:01")
    await passes(NOW + timedelta(days=30), ana)
    found = await filtered(ana, await ana.get("/tickets"), status="Concluído")
    assert chips(found) == {"Boletos com o valor errado": "Concluído fora do prazo"}
    kept = await ticket_row(number)
    assert (kept["wakes_at"], kept["due_at"], kept["solve_seconds"]) == (None, None, 8 * 3600 + 60)


async def test_v16_where_nothing_was_promised_it_is_just_concluido(under: Under):
    people = await under("avaliacao")
    number, ana = await of_ana(people, "resolved")
    await passes(NOW + timedelta(days=30), ana)
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), facts(page).get("Prazo de solução")) == ("Concluído", None)


async def test_v19_asking_pauses_the_clock_until_the_user_answers(under: Under):
    people = await under("avaliacao")
    await promised("resolution", 8)
    number, ana = await of_ana(people, "open")
    await act(waits.ask, number, people.bia, "Qual é o CNPJ?", at=at("23/11 11:00"))
    await passes(at("27/11 11:30"), ana)
    page = await ana.get(f"/tickets/{number}")
    assert label(page) == "Aguardando sua resposta"
    assert facts(page)["Prazo de solução"] == "parado, espera você; faltam 6 h"
    account = await ana.get(f"/tickets/{number}/deadlines")
    assert account.texts(".computation h2, .computation > p")[:2] == [
        "Solução em 8 horas úteis",
        "Parado desde seg., 23/11, 11h, espera você; faltam 6 h.",
    ]
    after = await ana.send(page, f"/tickets/{number}/replies", body="11.222.333/0001-81")
    assert (label(after), facts(after)["Prazo de solução"]) == ("Em atendimento", "sex., 27/11, 17h30")


async def test_v19_closing_pauses_and_reopening_resumes(under: Under):
    people = await under("avaliacao")
    number, ana = await solved(people, "23/11 11:00")
    await act(resolution.object_to, number, people.ana, "Continua.", at=at("26/11 9:00"))
    set_now(at("26/11 9:00"))
    page = await ana.get(f"/tickets/{number}")
    assert (label(page), facts(page)["Prazo de solução"]) == ("Em atendimento", "qui., 26/11, 15h")


async def test_v19_who_holds_a_ticket_and_does_nothing_for_24_hours_of_work_holds_it_no_more(under: Under):
    people = await under("avaliacao")
    number, _ = await of_ana(people, "open")
    bia = await browser_of(people.bia)
    await passes(at("25/11 14:59"), bia)
    assert (await shown(bia, number))[1] == "Com Bia, da equipe Financeiro."
    await passes(at("25/11 15:00"), bia)
    assert (await shown(bia, number))[1] == "Na fila Financeiro."
    await assignment.take(await cast.seen(number, people.bia), by=people.bia, at=at("25/11 15:30"))
    await replies.note(await cast.seen(number, people.bia), "Vi.", by=people.bia, at=at("27/11 16:00"))
    await passes(at("02/12 12:59"), bia)
    assert (await shown(bia, number))[1] == "Com Bia, da equipe Financeiro."
    await passes(at("02/12 13:00"), bia)
    assert (await shown(bia, number))[1] == "Na fila Financeiro."
    assert (await ticket_row(number))["assignee"] is None


async def test_v19_vencendo_em_breve_is_shown_to_the_agent_at_its_percentage(under: Under):
    people = await under("avaliacao")
    await promised("resolution", 8, warns_at=75)
    number, ana = await of_ana(people, "open")
    bia = await browser_of(people.bia)
    promise = "Com Bia, da equipe Financeiro. Previsão de solução: seg., 23/11, 17h."
    await passes(at("23/11 14:59"), ana, bia)
    assert (await shown(bia, number))[1] == promise
    await passes(at("23/11 15:00"), ana, bia)
    assert (await shown(bia, number))[1] == f"Vence em breve: {promise}"
    assert (await shown(ana, number))[1] == promise
    listed = await bia.get("/tickets")
    assert listed.text(".row__next") == f"Vence em breve: {promise}"
    assert "data-turn" in listed.html.css_first(".row").attributes
    await passes(at("23/11 17:01"), ana, bia)
    assert (await shown(bia, number))[1] == ("Atrasado: Com Bia, da equipe Financeiro. O prazo era seg., 23/11, 17h.")


async def test_v19_unrated_it_concludes_by_itself_and_says_when_beforehand(under: Under):
    people = await under("avaliacao")
    number, ana = await of_ana(people, "resolved")
    assert await shown(ana, number) == (
        "Aguardando avaliação",
        "Sua vez: Avalie o atendimento para concluir. Sem avaliação, conclui sozinho em 02/12, às 18h.",
    )
    await passes(at("02/12 18:00"), ana)
    assert await shown(ana, number) == ("Concluído", "Encerrado em 02/12.")


async def test_v19_answer_and_solution_are_promised_apart_by_priority_and_category(under: Under):
    people = await under("avaliacao")
    category, _ = await cast.subject()
    await promised("first_response", 2)
    await promised("first_response", 1, priority=Priority.URGENT)
    await promised("resolution", 20, category=category)
    number, ana = await of_ana(people, "new")
    assert (await shown(ana, number))[1] == "Na fila Financeiro. Primeira resposta até seg., 23/11, 11h."
    account = await ana.get(f"/tickets/{number}/deadlines")
    assert account.texts(".computation h2") == ["Primeira resposta em 2 horas úteis", "Solução em 20 horas úteis"]


# Where the five disagree


@pytest.mark.parametrize(("preset", "words"), [("central", "Em Espera"), ("expresso", "Aberto")])
async def test_d05_waiting_for_another_team_is_shown_or_folded_by_preset(under: Under, preset, words):
    people = await under(preset)
    number, ana = await of_ana(people, "waiting_team")
    await passes(NOW + timedelta(days=20), ana)
    assert (await shown(ana, number))[0] == words
    assert chips(await ana.get("/tickets?scope=mine")) == {"Boletos com o valor errado": words}


async def test_d07_a_required_rating_holds_nobody_hostage(under: Under):
    people = await under("avaliacao")
    number, ana = await of_ana(people, "resolved")
    await passes(NOW + timedelta(days=400), ana)
    assert (label(await ana.get(f"/tickets/{number}")), await events(number)) == (
        "Concluído",
        ["submission", "take", "solution", "closing"],
    )


@pytest.mark.parametrize("preset", ["expresso", "aprovacao"])
async def test_d07_an_expected_or_absent_one_leaves_resolved_as_it_is(under: Under, preset):
    people = await under(preset)
    number, ana = await of_ana(people, "resolved")
    before = await shown(ana, number)
    await passes(NOW + timedelta(days=400), ana)
    assert await shown(ana, number) == before


async def test_d08_72_business_hours_are_eight_days_of_nine_hours_and_not_three_days(under: Under):
    people = await under("central")
    number, ana = await of_ana(people, "waiting_requester")
    account = await ana.get(f"/tickets/{number}/deadlines")
    assert account.texts(".computation h2, .computation > p") == [
        "Resposta do solicitante em 72 horas úteis",
        "Vence qua., 02/12, 18h.",
        "Conta desde seg., 23/11, 9h, pelo calendário Horário comercial, no fuso de Brasília.",
    ]
    assert [text for text in account.texts("td[data-label='Ainda conta']") if text] == ["9 h"] * 8


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        ("business_hours", "ter., 24/11, 12h"),
        ("calendar_hours", "seg., 23/11, 21h"),
        ("business_days", "qua., 09/12, 18h"),
        ("calendar_days", "dom., 06/12, 0h"),
    ],
)
async def test_d08_the_unit_is_part_of_the_promise(under: Under, unit, due):
    people = await under("guiche")
    await promised("resolution", 12, unit)
    number, ana = await of_ana(people, "open")
    assert facts(await ana.get(f"/tickets/{number}"))["Prazo de solução"] == due


@pytest.mark.parametrize(
    ("preset", "days", "closes", "words"),
    [
        ("central", None, False, "Resolvido"),
        ("processo", 8, False, "Em andamento"),
        ("processo", 8, True, "Fechado"),
    ],
)
async def test_d09_after_silence_each_portal_does_its_own(under: Under, preset, days, closes, words):
    people = await under(preset)
    number, ana = await of_ana(people, "open")
    if days:
        await act(waits.ask, number, people.bia, "Qual é o CNPJ da nota?", days=days, closes=closes, at=NOW)
    else:
        await act(waits.ask, number, people.bia, "Qual é o CNPJ?", at=NOW)
    await passes(at("04/12 12:00"), ana)
    assert (await shown(ana, number))[0] == words


@pytest.mark.parametrize(("preset", "words"), [("central", "Aberto"), ("processo", "A Fazer")])
async def test_d10_work_given_back_is_open_and_only_its_label_goes_back(under: Under, preset, words):
    people = await under(preset)
    number, ana = await of_ana(people, "unassigned")
    assert ((await shown(ana, number))[0], (await ticket_row(number))["status"]) == (words, "open")
    assert await fetch("SELECT id FROM ticket WHERE status = 'new'") == []

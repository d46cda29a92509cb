"""Calendars and SLA targets: a preview of each change, and the errors."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import option, refusals, statements, ticket_row
from tests.tickets.sla.hours import calendar, closure, target
from web.clock import now
from web.database import fetch
from web.text import fold
from web.tickets.actions import timers

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AT = "/desk/settings/calendars"
OFFICE = f"{AT}/1"
TARGETS = "/desk/settings/targets"
RECESSES = "/desk/settings/recesses"
HOLIDAY = {"name": "Aniversário da cidade", "first": "2026-11-24", "last": "", "hours": ""}


async def lead() -> tuple[cast.Cast, Browser]:
    people = await cast.enrol()
    return people, await browser_of(people.lia)


async def promised(amount: int = 8, unit: str = "business_hours", promise: str = "resolution", **more: Any) -> None:
    await target(promise, amount, unit, **more)


def rows(page: Page, caption: str = "") -> list[list[str]]:
    """The cells of the only table, or of the one with that caption."""
    tables = [
        table
        for table in page.html.css("table")
        if not caption or any(caption in each.text() for each in table.css("caption"))
    ]
    assert len(tables) == 1, caption
    return [[folded(cell) for cell in row.css("th, td")] for row in tables[0].css("tbody tr")]


async def saved(browser: Browser, page: Page, action: str, **typed: str) -> Page:
    """Previews the form, then saves it from the preview."""
    check = await browser.send(page, action, **typed)
    assert check.text("h1") == "Conferir antes", check.words
    return await browser.send(check, action, press="save")


# Calendars


async def test_a_lead_reads_when_each_calendar_is_open_and_who_counts_by_it(database):
    _, lia = await lead()
    page = await lia.get(AT)
    assert rows(page) == [
        [
            "Horário comercial",
            "seg. a sex. 9h às 18h",
            "feriados nacionais",
            "Brasília",
            "Atendimento, Financeiro, Integrações, Ouvidoria",
        ]
    ]


async def test_the_zones_of_brazil_come_first(database):
    _, lia = await lead()
    page = await lia.get(AT)
    first, others = page.html.css("#zone optgroup")
    assert (first.attributes["label"], len(first.css("option")), others.attributes["label"]) == ("Brasil", 16, "Outros")
    assert page.options("zone")[0] == "Brasília, Goiás, Minas, Sudeste e Sul (America/Sao_Paulo)"
    assert "Europe/Lisbon" in page.options("zone")


async def test_a_new_calendar_has_lunch_a_state_and_a_day_that_ends_at_midnight(database):
    _, lia = await lead()
    typed = {
        "name": "Plantão",
        "zone": "America/Noronha",
        "state": "PE",
        "monday": "das 9h às 12h e das 13h30 às 18h",
        "tuesday": "8.30-12 / 13.00-17.30",
        "wednesday": "Fechado",
        "thursday": "–",
        "saturday": "20:00-24:00",
    }
    page = await saved(lia, await lia.get(AT), AT, **typed)
    assert rows(page)[1] == [
        "Plantão",
        "seg. 9h às 12h, 13h30 às 18h; ter. 8h30 às 12h, 13h às 17h30; sáb. 20h às 24h",
        "feriados nacionais e de PE",
        "Fernando de Noronha",
        "nenhuma",
    ]


async def test_the_next_twelve_dates_that_differ_are_listed_with_what_stays_open(database):
    _, lia = await lead()
    page = await saved(lia, await lia.get(OFFICE), f"{OFFICE}/closures", **HOLIDAY)
    ahead = page.html.css("[aria-labelledby=ahead] tbody tr")
    told = [folded(each) for each in ahead]
    assert len(told) == 12
    assert told[:6] == [
        "24/11/2026 Aniversário da cidade fechado",
        "24/12/2026 Véspera de Natal aberto 9h às 14h",
        "25/12/2026 Natal fechado",
        "31/12/2026 Véspera de Ano-Novo aberto 9h às 14h",
        "01/01/2027 Confraternização Universal fechado",
        "08/02/2027 a 09/02/2027 Carnaval fechado",
    ]


async def test_a_states_holidays_are_among_them(database):
    people = await cast.enrol()
    lia = await browser_of(people.lia, at=NOW + timedelta(days=220))
    page = await lia.get(OFFICE)
    assert "Revolução Constitucionalista" not in page.words
    states = [each.partition(",")[0] for each in page.texts("select[name=state] option")[1:]]
    assert states == sorted(states, key=fold)
    assert option(page, "state", "São Paulo, além dos nacionais") == "SP"
    page = await saved(lia, page, OFFICE, state="SP")
    assert "09/07/2027 Revolução Constitucionalista fechado" in page.words


async def test_a_part_of_a_day_stays_open(database):
    _, lia = await lead()
    typed = HOLIDAY | {"name": "Jogo", "hours": "9 às 12"}
    page = await saved(lia, await lia.get(OFFICE), f"{OFFICE}/closures", **typed)
    assert rows(page, "Datas próprias")[0][:3] == ["24/11/2026", "Jogo", "aberto 9h às 12h"]


async def test_a_team_comes_to_count_by_another_calendar(database):
    people, lia = await lead()
    await saved(lia, await lia.get(AT), AT, name="Plantão", monday="00:00-24:00", tuesday="00:00-24:00")
    (new,) = await fetch("SELECT id FROM calendar WHERE name = 'Plantão'")
    at = f"{AT}/{new['id']}"
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana)
    page = await lia.get(at)
    assert page.options("team") == ["Escolha…", "Atendimento", "Financeiro", "Integrações", "Ouvidoria"]
    (team,) = await fetch("SELECT team FROM ticket WHERE id = {}", number)
    check = await lia.send(page, f"{at}/teams", team=str(team["team"]))
    assert "Financeiro passa a contar pelo calendário Plantão." in check.words
    assert rows(check) == [
        [f"#{number} Boletos com o valor errado", "Resolve sozinho", "qua., 02/12, 18h", "ter., 01/12, 9h"]
    ]
    page = await lia.send(check, f"{at}/teams", press="save")
    assert page.texts("[aria-labelledby=teams] li") == ["Financeiro"]


# Shown before


async def test_what_would_move_is_shown_side_by_side_and_nothing_is_changed_yet(database):
    people, lia = await lead()
    await promised()
    number, other = await cast.ticket(people.ana), await cast.ticket(people.ana, "Já encerrado")
    await cast.brought_to(other, "closed", by=people.bia, asker=people.ana)
    before = await ticket_row(number), await ticket_row(other)
    check = await lia.send(await lia.get(OFFICE), OFFICE, monday="09:00-12:00, 13:00-18:00")
    assert "1 ticket em aberto é alcançado." in check.words
    assert rows(check) == [[f"#{number} Boletos com o valor errado", "Solução", "seg., 23/11, 17h", "seg., 23/11, 18h"]]
    assert check.texts("main form button") == ["Salvar assim mesmo", "Voltar e mudar"]
    assert (await ticket_row(number), await ticket_row(other)) == before
    assert rows(await lia.get(AT))[0][1] == "seg. a sex. 9h às 18h"


async def test_saved_the_worker_reckons_open_tickets_anew_and_says_so(database):
    people, lia = await lead()
    await promised()
    number = await cast.ticket(people.ana)
    page = await saved(lia, await lia.get(OFFICE), OFFICE, monday="09:00-12:00, 13:00-18:00")
    assert page.texts(".notice") == [
        "Salvo. Os tickets em aberto são recalculados agora, e o histórico de cada um diz o que mudou."
    ]
    await timers.run_due(now())
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=9)
    bia = await browser_of(people.bia)
    assert [text for text in (await bia.get(f"/desk/tickets/{number}")).texts(".event") if "prazo" in text] == [
        "Guichê recalculou o prazo de solução: era seg., 23/11, 17h, passou a seg., 23/11, 18h "
        "(mudou o calendário ou o que se promete) · seg., 23/11, 9h"
    ]


async def test_of_a_paused_ticket_what_is_left_is_shown_side_by_side(database):
    people, lia = await lead()
    await promised()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "waiting_requester", by=people.bia, asker=people.ana, at=NOW + timedelta(hours=4))
    check = await lia.send(await lia.get(OFFICE), OFFICE, monday="09:00-12:00, 13:00-18:00")
    assert [row[1:] for row in rows(check)] == [
        ["Solução", "pausado, faltam 4 h", "pausado, faltam 5 h"],
        ["Resolve sozinho", "qui., 03/12, 13h", "qui., 03/12, 14h"],
    ]


async def test_a_requester_reads_nothing_of_it(database):
    people, lia = await lead()
    await promised()
    number = await cast.ticket(people.ana)
    await saved(lia, await lia.get(OFFICE), OFFICE, monday="09:00-12:00, 13:00-18:00")
    await timers.run_due(now())
    ana = await browser_of(people.ana)
    assert "recalculou" not in (await ana.get(f"/tickets/{number}")).words


async def test_going_back_keeps_everything_typed(database):
    _, lia = await lead()
    check = await lia.send(await lia.get(OFFICE), f"{OFFICE}/closures", **HOLIDAY)
    page = await lia.send(check, f"{OFFICE}/closures", press="edit")
    shown = page.values(f"{OFFICE}/closures")
    assert {name: shown[name] for name in HOLIDAY} == HOLIDAY


async def test_a_change_that_touches_nothing_is_simply_saved(database):
    _, lia = await lead()
    check = await lia.send(await lia.get(OFFICE), f"{OFFICE}/closures", **HOLIDAY)
    assert "Nenhum ticket em aberto é alcançado." in check.words
    assert check.texts("main form button") == ["Salvar", "Voltar e mudar"]


async def test_of_very_many_tickets_fifty_are_compared_in_a_bounded_number_of_queries(database):
    people, lia = await lead()
    await promised()
    for each in range(52):
        await cast.ticket(people.ana, f"Ticket {each}")
    page = await lia.get(OFFICE)
    with statements() as asked:
        check = await lia.send(page, f"{OFFICE}/closures", **HOLIDAY | {"first": "2026-11-23"})
    assert "52 tickets em aberto são alcançados." in check.words
    assert len(rows(check)) == 50
    assert len(asked) < 230


async def test_a_lead_is_shown_no_ticket_of_a_confidential_team_that_is_not_theirs(database):
    people = await cast.enrol()
    await promised()
    number = await cast.ticket(people.ana, "Reservado")
    await cast.hand_to(number, "Ouvidoria", by=people.lia)
    told = {}
    for name in ("lia", "admin"):
        browser = await browser_of(getattr(people, name))
        check = await browser.send(await browser.get(OFFICE), f"{OFFICE}/closures", **HOLIDAY | {"first": "2026-11-23"})
        told[name] = check.texts(".notice strong"), "Reservado" in check.words
    assert told == {"lia": (["1 ticket em aberto é alcançado."], True), "admin": ([], False)}


async def test_a_form_sent_twice_is_one_closure(database):
    _, lia = await lead()
    check = await lia.send(await lia.get(OFFICE), f"{OFFICE}/closures", **HOLIDAY)
    for _ in range(2):
        page = await lia.send(check, f"{OFFICE}/closures", press="save")
    assert len(rows(page, "Datas próprias")) == 1


# Recesses


async def test_an_organizations_recess_stops_its_tickets_alone(database):
    people, lia = await lead()
    await promised()
    hers, theirs = await cast.ticket(people.ana), await cast.ticket(people.caio)
    typed = {"organization": "11.222.333/0001-81", "name": "Recesso", "first": "2026-11-23", "last": "2026-11-27"}
    check = await lia.send(await lia.get(RECESSES), RECESSES, **typed)
    assert "Colégio Aurora: Recesso, 23/11/2026 a 27/11/2026: fechado." in check.words
    assert [row[0].split()[0] for row in rows(check)] == [f"#{hers}"]
    page = await lia.send(check, RECESSES, press="save")
    assert rows(page) == [
        ["23/11/2026 a 27/11/2026", "Colégio Aurora: Recesso", "fechado", "Remover Recesso, 23/11/2026 a 27/11/2026"]
    ]
    await timers.run_due(now())
    dues = [(await ticket_row(each))["solve_due"] for each in (hers, theirs)]
    assert dues == [NOW + timedelta(days=7, hours=8), NOW + timedelta(hours=8)]


async def test_a_recess_is_taken_away_after_a_look(database):
    people, lia = await lead()
    await promised()
    typed = {"organization": "Colégio Aurora", "name": "Recesso", "first": "23/11/2026", "last": "27/11/2026"}
    page = await saved(lia, await lia.get(RECESSES), RECESSES, **typed)
    number = await cast.ticket(people.ana)
    action = next(to for to in page.attributes("form", "action") if to.endswith("/removal"))
    check = await lia.send(page, action)
    assert "Remover Recesso, 23/11/2026 a 27/11/2026." in check.words
    assert rows(check)[0][2:] == ["seg., 30/11, 17h", "seg., 23/11, 17h"]
    page = await lia.send(check, action, press="save")
    assert "Recesso, 23/11/2026" not in page.words
    await timers.run_due(now())
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=8)


# Targets

TARGET = {"promise": "resolution", "amount": "8", "unit": "business_hours", "calendar": "1", "warns_at": "80"}


async def test_a_target_says_when_a_ticket_opened_now_would_be_due(database):
    _, lia = await lead()
    check = await lia.send(await lia.get(TARGETS), TARGETS, **TARGET | {"priority": "high", "amount": "30"})
    assert (
        "Solução em 30 horas úteis, prioridade Alta, qualquer categoria, pelo calendário Horário comercial. "
        "Aberto agora, venceria qui., 26/11, 12h." in check.words
    )
    page = await lia.send(check, TARGETS, press="save")
    assert rows(page) == [
        [
            "Solução em 30 horas úteis",
            "qualquer",
            "Alta",
            "Horário comercial",
            "80%",
            "qui., 26/11, 12h",
            "Mudar Solução em 30 horas úteis",
        ]
    ]


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        ("business_hours", "seg., 23/11, 11h"),
        ("business_days", "qua., 25/11, 18h"),
        ("calendar_hours", "seg., 23/11, 11h"),
        ("calendar_days", "qui., 26/11, 0h"),
    ],
)
async def test_each_unit_counts_in_its_own_way(database, unit, due):
    _, lia = await lead()
    page = await saved(lia, await lia.get(TARGETS), TARGETS, **TARGET | {"amount": "2", "unit": unit})
    assert rows(page)[0][5] == due


async def test_a_first_target_gives_open_tickets_a_deadline(database):
    people, lia = await lead()
    number = await cast.ticket(people.ana)
    check = await lia.send(await lia.get(TARGETS), TARGETS, **TARGET)
    assert rows(check) == [[f"#{number} Boletos com o valor errado", "Solução", "sem prazo", "seg., 23/11, 17h"]]
    await lia.send(check, TARGETS, press="save")
    await timers.run_due(now())
    row = await ticket_row(number)
    assert (row["solve_due"], row["soon_at"]) == (NOW + timedelta(hours=8), NOW + timedelta(hours=6, minutes=24))


async def test_a_category_outweighs_a_priority(database):
    people, lia = await lead()
    category, _ = await cast.subject()
    number = await cast.ticket(people.ana)
    dues = []
    for typed in ({}, {"priority": "normal", "amount": "4"}, {"category": str(category), "amount": "6"}):
        await saved(lia, await lia.get(TARGETS), TARGETS, **TARGET | typed)
        await timers.run_due(now())
        dues.append((await ticket_row(number))["solve_due"] - NOW)
    assert dues == [timedelta(hours=8), timedelta(hours=4), timedelta(hours=6)]


async def test_a_target_is_changed_and_taken_away(database):
    people, lia = await lead()
    await promised()
    (target,) = await fetch("SELECT id FROM target")
    at = f"{TARGETS}/{target['id']}"
    number = await cast.ticket(people.ana)
    page = await lia.get(at)
    assert page.values(at)["amount"] == "8"
    page = await saved(lia, page, at, amount="3", pauses_for_team="1")
    assert rows(page)[0][0] == "Solução em 3 horas úteis pausa também por outra equipe"
    await timers.run_due(now())
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=3)
    check = await lia.send(await lia.get(at), f"{at}/removal")
    assert rows(check)[0][2:] == ["seg., 23/11, 12h", "sem prazo"]
    await lia.send(check, f"{at}/removal", press="save")
    await timers.run_due(now())
    assert ((await ticket_row(number))["solve_due"], await fetch("SELECT * FROM target")) == (None, [])


# What cannot be

DISORDER = (
    "Os horários precisam estar em ordem, sem se sobrepor, entre 0h e 24h. Um turno da noite são dois: "
    "22h às 24h num dia, 0h às 6h no outro."
)
NO_HOURS = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (NO_HOURS, {"monday": "Este calendário nunca abre. Deixe pelo menos um horário de atendimento."}),
        (
            {"monday": "13:00-18:00, 09:00-12:00", "tuesday": "09:00-12:00, 11:00-18:00", "friday": "18:00-09:00"},
            dict.fromkeys(
                ("monday", "tuesday", "friday"),
                DISORDER,
            ),
        ),
        (
            {"monday": "09:00-09:00"},
            {"monday": DISORDER},
        ),
        (
            {"monday": "09:00-24:01"},
            {"monday": DISORDER},
        ),
        ({"monday": "das 9h em diante"}, {"monday": "Escreva os horários assim: 9h às 12h, 13h às 18h."}),
        ({"zone": "America/Atlantida"}, {"zone": "Este fuso horário não existe. Escolha um da lista."}),
        ({"state": "XX"}, {"state": "Este estado não existe. Use a sigla de duas letras."}),
        ({"name": "  "}, {"name": "Preencha este campo."}),
    ],
)
async def test_a_calendar_that_could_not_work_is_refused_and_the_old_one_keeps_working(database, typed, told):
    people, lia = await lead()
    await promised()
    page = await lia.send(await lia.get(OFFICE), OFFICE, **typed)
    assert (page.status, refusals(page)) == (422, told)
    shown = page.values(OFFICE)
    assert {name: shown[name] for name in typed if name not in ("zone", "state")} == {
        name: value for name, value in typed.items() if name not in ("zone", "state")
    }
    number = await cast.ticket(people.ana)
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=8)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first": "2026-11-24", "last": "2026-11-23"}, {"last": "O último dia não pode vir antes do primeiro."}),
        ({"first": ""}, {"first": "Preencha este campo."}),
        ({"first": "2026-02-30"}, {"first": "Escreva a data assim: 31/12/2026."}),
        ({"last": "2028-11-24"}, {"last": "São dias demais: até um ano de cada vez."}),
        (
            {"hours": "18:00-09:00"},
            {"hours": DISORDER},
        ),
        ({"name": ""}, {"name": "Preencha este campo."}),
    ],
)
async def test_dates_that_could_not_be_are_refused_with_everything_typed(database, typed, told):
    people, lia = await lead()
    await promised()
    action, sent = f"{OFFICE}/closures", HOLIDAY | typed
    page = await lia.send(await lia.get(OFFICE), action, **sent)
    assert (page.status, refusals(page)) == (422, told)
    assert {name: page.values(action)[name] for name in sent} == sent
    number = await cast.ticket(people.ana)
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=8)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "0"}, {"amount": "O prazo precisa ser maior que zero."}),
        ({"amount": "-3"}, {"amount": "O prazo precisa ser maior que zero."}),
        ({"amount": ""}, {"amount": "Preencha este campo."}),
        ({"amount": "dois"}, {"amount": "Escreva um número inteiro."}),
        ({"amount": "10001"}, {"amount": "É tempo demais: até 10.000."}),
        ({"calendar": ""}, {"calendar": "Escolha o calendário."}),
        ({"calendar": "99"}, {"calendar": "Escolha uma das opções da lista."}),
        ({"category": "99999"}, {"category": "Escolha uma das opções da lista."}),
        ({"warns_at": "0"}, {"warns_at": "Escreva um número de 1 a 99."}),
        ({"warns_at": "100"}, {"warns_at": "Escreva um número de 1 a 99."}),
        (
            {},
            {"promise": "Já existe um prazo para esta prioridade e esta categoria. Mude o que existe."},
        ),
    ],
)
async def test_a_target_that_could_not_be_is_refused_with_everything_typed(database, typed, told):
    people, lia = await lead()
    await promised(5)
    sent = TARGET | typed
    page = await lia.send(await lia.get(TARGETS), TARGETS, **sent)
    assert (page.status, refusals(page)) == (422, told)
    assert page.values(TARGETS)["amount"] == sent["amount"]
    number = await cast.ticket(people.ana)
    assert (await ticket_row(number))["solve_due"] == NOW + timedelta(hours=5)


async def test_a_target_that_would_never_fall_due_is_refused(database):
    _, lia = await lead()
    await saved(lia, await lia.get(AT), AT, name="Raro", monday="09:00-10:00")
    (new,) = await fetch("SELECT id FROM calendar WHERE name = 'Raro'")
    page = await lia.send(await lia.get(TARGETS), TARGETS, **TARGET | {"amount": "9000", "calendar": str(new["id"])})
    assert refusals(page) == {"amount": "Assim um dos prazos prometidos nunca venceria."}


async def test_closures_that_would_close_a_calendar_for_good_are_refused(database):
    _, lia = await lead()
    first, page = date(2026, 11, 1), await lia.get(OFFICE)
    for _ in range(13):
        last = first + timedelta(days=366)
        page = await lia.send(
            page, f"{OFFICE}/closures", name="Obras", first=f"{first}", last=f"{last}", save="1", hours=""
        )
        first = last + timedelta(days=1)
    assert refusals(page) == {"last": "Este calendário nunca abre. Deixe pelo menos um horário de atendimento."}


@pytest.mark.parametrize("typed", ["", "Escola Nenhuma", "11.222.333/0001-82"])
async def test_a_recess_needs_an_organization_that_is_here(database, typed):
    _, lia = await lead()
    page = await lia.send(await lia.get(RECESSES), RECESSES, **HOLIDAY | {"organization": typed})
    told = "Não encontramos esta organização. Escreva o CNPJ ou o nome inteiro." if typed else "Preencha este campo."
    assert (page.status, refusals(page)) == (422, {"organization": told})
    assert page.values(RECESSES)["name"] == "Aniversário da cidade"


async def test_all_that_a_recess_lacks_is_said_at_once(database):
    _, lia = await lead()
    page = await lia.send(await lia.get(RECESSES), RECESSES)
    assert refusals(page) == dict.fromkeys(("organization", "name", "first"), "Preencha este campo.")


async def test_two_calendars_of_one_name_would_be_mistaken_for_each_other(database):
    _, lia = await lead()
    page = await lia.send(await lia.get(AT), AT, name="Horário comercial", monday="09:00-10:00")
    assert refusals(page) == {"name": "Este dado já está em uso."}


async def test_what_was_typed_waits_when_the_session_ended_meanwhile(database):
    people, lia = await lead()
    page = await lia.get(OFFICE)
    lia.client.cookies.clear()
    await lia.send(page, f"{OFFICE}/closures", **HOLIDAY)
    (kept,) = await fetch("SELECT address, person FROM kept_form")
    assert (kept["address"], kept["person"]) == (OFFICE, people.lia.id)


# Who


@pytest.mark.parametrize("path", [AT, OFFICE, RECESSES, TARGETS])
async def test_agents_and_requesters_find_nothing_here(database, path):
    people = await cast.enrol()
    found = {name: (await (await browser_of(getattr(people, name))).get(path)).status for name in vars(people)}
    assert found == dict.fromkeys(("ana", "rui", "caio", "bia", "davi"), 404) | {"lia": 200, "admin": 200}


@pytest.mark.parametrize("path", [AT, OFFICE, RECESSES, TARGETS])
async def test_a_page_of_the_settings_takes_as_many_queries_with_many_rows(database, path):
    people, lia = await lead()
    (aurora,) = people.ana.organizations
    category, _ = await cast.subject()
    made = []
    for priorities in (("low",), ("normal", "high", "urgent")):
        for priority in priorities:
            await promised(priority=priority, category=category)
            await closure("2026-12-01", name=priority, calendar=1)
            await closure("2026-12-02", name=priority, organization=aurora)
            await calendar(priority, zone="America/Belem")
        with statements() as asked:
            await lia.client.get(path)
        made.append(len(asked))
    assert made[0] == made[1] <= 7


async def test_the_deadline_shown_beforehand_is_the_one_that_comes(database):
    people, lia = await lead()
    await promised()
    for hours in (2, 3, 5):
        await cast.ticket(people.ana, f"Aberto às {9 + hours}h", at=NOW + timedelta(hours=hours))
    check = await lia.send(await lia.get(OFFICE), OFFICE, tuesday="", wednesday="14:00-16:00")
    foretold = {row[0].split(maxsplit=1)[1]: row[3] for row in rows(check)}
    await lia.send(check, OFFICE, press="save")
    await timers.run_due(now())
    check = await lia.send(await lia.get(OFFICE), OFFICE, tuesday="09:00-18:00", wednesday="09:00-18:00")
    came = {row[0].split(maxsplit=1)[1]: row[2] for row in rows(check)}
    assert came == foretold
    assert came == {
        "Aberto às 11h": "qua., 25/11, 15h",
        "Aberto às 12h": "qua., 25/11, 16h",
        "Aberto às 14h": "qui., 26/11, 11h",
    }

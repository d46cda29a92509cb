"""The page that shows how a deadline was computed."""

import random
import re
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of, folded
from tests.pages.reading import facts, impersonal, statements, top_level
from tests.tickets.life.states import at
from tests.tickets.sla import hours
from web.clock import now, set_now
from web.tickets.actions import replies, resolution, waits
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def opened(people, state: str) -> tuple[str, Browser]:
    """The address of the deadlines of a ticket in this state at NOW, and Ana's browser."""
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return f"/tickets/{number}/deadlines", await browser_of(people.ana)


def told(page: Page) -> list[tuple[str, str]]:
    """Each deadline with its status."""
    return [(folded(each.css_first("h2")), folded(each.css_first("p"))) for each in page.html.css(".computation")]


def days(page: Page) -> list[list[str]]:
    """The row of each day: the day, the counted time, the time still to count if any, and the reason."""
    return [[folded(cell) for cell in row.css("th, td")] for row in page.html.css(".computation tbody tr")]


def sums(page: Page) -> list[tuple[str, ...]]:
    """The lines below the days, without empty cells."""
    return [tuple(filter(None, map(folded, row.css("th, td")))) for row in page.html.css(".computation tfoot tr")]


async def test_each_deadline_says_where_it_stands_and_what_it_counted_day_by_day(people):
    await hours.target("resolution", 12)
    address, ana = await opened(people, "open")
    set_now(at("23/11 15:00"))
    page = await ana.get(address)
    assert page.text("h1") == "Como os prazos foram calculados"
    assert told(page) == [("Solução em 12 horas úteis", "Vence ter., 24/11, 12h.")]
    assert page.text(".computation > .quiet") == (
        "Conta desde seg., 23/11, 9h, pelo calendário Horário comercial, no fuso de Brasília."
    )
    assert page.texts(".computation thead th") == ["Dia", "Contou", "Ainda conta", "Por quê"]
    assert days(page) == [["seg., 23/11", "6 h", "3 h", ""], ["ter., 24/11", "", "3 h", ""]]
    assert sums(page) == [("Contado", "6 h"), ("Falta", "6 h"), ("Prazo", "12 h")]


async def test_days_that_did_not_count_say_why(people):
    await hours.target("resolution", 12)
    await hours.closure("2026-11-24", name="Aniversário da cidade", calendar=1)
    await hours.closure("2026-11-26", name="Reunião", hours=((32400, 36000),), calendar=1)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    await waits.ask(await cast.seen(number, people.bia), "Qual?", by=people.bia, at=at("23/11 10:00"))
    await replies.reply(await cast.seen(number, people.ana), "Este.", by=people.ana, at=at("26/11 9:00"))
    set_now(at("26/11 9:30"))
    page = await ana.get(address)
    assert days(page) == [
        ["seg., 23/11", "1 h", "", "pausa"],
        ["ter., 24/11", "nada", "", "Aniversário da cidade"],
        ["qua., 25/11", "nada", "", "pausa"],
        ["qui., 26/11", "30 min", "30 min", "Reunião"],
        ["sex., 27/11", "", "9 h", ""],
        ["sáb., 28/11", "nada", "", "sem atendimento"],
        ["dom., 29/11", "nada", "", "sem atendimento"],
        ["seg., 30/11", "", "1 h", ""],
    ]
    assert sums(page) == [("Contado", "1 h 30 min"), ("Falta", "10 h 30 min"), ("Prazo", "12 h")]


@pytest.mark.parametrize(
    ("state", "now", "standing"),
    [
        ("open", "23/11 16:59", "Vence seg., 23/11, 17h."),
        ("open", "23/11 17:01", "Venceu seg., 23/11, 17h: atraso de 1 min até agora."),
        ("open", "23/11 17:00:20", "Venceu seg., 23/11, 17h: atraso de menos de 1 min até agora."),
        ("resolved", "25/11 9:00", "Resolvido no prazo, seg., 23/11, 9h."),
        ("waiting_requester", "25/11 9:00", "Parado desde seg., 23/11, 9h, espera você; faltam 8 h."),
        ("waiting_team", "25/11 9:00", "Venceu seg., 23/11, 17h: atraso de 10 h até agora."),
    ],
)
async def test_a_promise_says_whether_it_runs_stands_still_or_is_over(people, state, now, standing):
    await hours.target("resolution", 8)
    address, ana = await opened(people, state)
    set_now(at(now))
    assert told(await ana.get(address))[-1] == ("Solução em 8 horas úteis", standing)


async def test_while_it_waits_for_the_requester_everybody_reads_for_whom(people):
    await hours.target("resolution", 8)
    address, ana = await opened(people, "waiting_requester")
    set_now(at("24/11 9:00"))
    read = {}
    for name, browser in (("ana", ana), ("bia", await browser_of(people.bia))):
        ticket = await browser.get(address.removesuffix("/deadlines"))
        read[name] = (told(await browser.get(address))[-1][1], facts(ticket)["Prazo de solução"])
    assert read == {
        "ana": ("Parado desde seg., 23/11, 9h, espera você; faltam 8 h.", "parado, espera você; faltam 8 h"),
        "bia": ("Parado desde seg., 23/11, 9h, espera Ana; faltam 8 h.", "parado, espera Ana; faltam 8 h"),
    }


async def test_while_the_organization_has_not_given_leave_it_says_so(people):
    await hours.target("resolution", 8)
    number = await cast.ticket(people.rui)
    await cast.brought_to(number, "leave", by=people.bia, asker=people.rui)
    read = [await browser_of(each, at=at("24/11 9:00")) for each in (people.rui, people.ana)]
    assert [told(await each.get(f"/tickets/{number}/deadlines"))[-1][1] for each in read] == [
        "Parado desde seg., 23/11, 9h, espera a aprovação; faltam 8 h.",
        "Parado desde seg., 23/11, 9h, espera você; faltam 8 h.",
    ]


async def test_another_team_that_stops_the_clock_is_what_it_waits_for(people):
    await hours.target("resolution", 8, pauses_for_team=True)
    address, ana = await opened(people, "waiting_team")
    set_now(at("24/11 9:00"))
    assert told(await ana.get(address))[-1][1] == "Parado desde seg., 23/11, 9h, espera outra equipe; faltam 8 h."


async def test_rule_03_what_was_late_before_a_pause_is_still_called_late_and_no_date_gone_by_is_shown(people):
    await hours.target("resolution", 8)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    await waits.ask(await cast.seen(number, people.bia), "Qual?", by=people.bia, at=at("24/11 10:00"))
    set_now(at("26/11 9:00"))
    page = await ana.get(address)
    standing = "Parado desde ter., 24/11, 10h, espera você; já tinha atraso de 2 h."
    assert told(page)[-1] == ("Solução em 8 horas úteis", standing)
    assert page.texts(".computation > .tone") == [standing]
    assert sums(page)[-3:] == [("Prazo", "8 h"), ("Atraso", "2 h"), ("Contado", "10 h")]
    ticket = await ana.get(f"/tickets/{number}")
    assert facts(ticket)["Prazo de solução"] == "parado, espera você; já estava atrasado"
    assert "23/11, 17h" not in ticket.words


@pytest.mark.parametrize(
    ("promise", "title", "done"),
    [("resolution", "Solução", "Resolvido"), ("first_response", "Primeira resposta", "Respondido")],
)
async def test_what_was_done_late_says_by_how_much(people, promise, title, done):
    await hours.target(promise, 8)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    sheet = await cast.seen(number, people.bia)
    await resolution.solve(sheet, message=NewMessage("Pronto."), by=people.bia, at=at("25/11 13:00"))
    set_now(at("27/11 9:00"))
    page = await ana.get(address)
    assert told(page)[-1] == (f"{title} em 8 horas úteis", f"{done} com atraso de 14 h, qua., 25/11, 13h.")
    assert days(page)[-3:] == [["seg., 23/11", "9 h", ""], ["ter., 24/11", "9 h", ""], ["qua., 25/11", "4 h", ""]]
    assert sums(page)[-3:] == [("Prazo", "8 h"), ("Atraso", "14 h"), ("Contado", "22 h")]


async def test_what_was_done_in_time_tells_no_day_after_it(people):
    await hours.target("resolution", 12)
    address, ana = await opened(people, "open")
    sheet = await cast.seen(int(address.split("/")[2]), people.bia)
    await resolution.solve(sheet, message=NewMessage("Pronto."), by=people.bia, at=at("23/11 11:30"))
    page = await ana.get(address)
    assert days(page)[-1:] == [["seg., 23/11", "2 h 30 min", ""]]
    assert sums(page)[-3:] == [("Contado", "2 h 30 min"), ("Sobrou", "9 h 30 min"), ("Prazo", "12 h")]


@pytest.mark.parametrize("seed", range(5))
async def test_the_days_add_up_to_the_sum_whatever_the_seconds(people, seed):
    """The written times of the days add up to the written sum."""
    chance = random.Random(seed)
    await hours.target("resolution", 30)
    start = NOW + timedelta(seconds=chance.randrange(30_000), microseconds=chance.randrange(10**6))
    number = await cast.ticket(people.ana, at=start)
    for each in range(4):
        asked = start + timedelta(hours=9 * each, seconds=chance.randrange(20_000))
        await waits.ask(await cast.seen(number, people.bia), "Qual?", by=people.bia, at=asked)
        answered = asked + timedelta(seconds=chance.randrange(12_000))
        await replies.reply(await cast.seen(number, people.ana), "Este.", by=people.ana, at=answered)
    set_now(answered + timedelta(seconds=chance.randrange(100_000)))
    page = await (await browser_of(people.ana, at=now())).get(f"/tickets/{number}/deadlines")
    counted = [sum(minutes(row[column]) for row in days(page)) for column in (1, 2)]
    (_, first), (_, second), (_, third) = sums(page)
    assert counted == [minutes(first), minutes(second)]
    assert (sum(counted), minutes(third)) == (30 * 60, 30 * 60)


def minutes(text: str) -> int:
    """The minutes of 2 h 30 min; 0 for an empty text."""
    amounts = {unit: int(number) for number, unit in re.findall(r"(\d+) (h|min)", text)}
    return amounts.get("h", 0) * 60 + amounts.get("min", 0)


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ("cancelled", "o ticket foi cancelado"),
        ("merged", "o ticket foi unido a outro"),
        ("refused", "o pedido não foi aprovado"),
        ("spam", "o ticket foi rejeitado"),
    ],
)
async def test_what_ended_without_a_solution_is_neither_kept_nor_broken(people, ends, why):
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    number = await cast.unsolved(people, ends, at=at("25/11 9:00"))
    bia = await browser_of(people.bia, at=at("26/11 9:00"))
    assert [text for _, text in told(await bia.get(f"/tickets/{number}/deadlines"))] == [f"Fora dos prazos: {why}."] * 2
    assert "Prazo de solução" not in facts(await bia.get(f"/tickets/{number}"))


async def test_what_time_will_do_comes_first_and_then_what_was_promised(people):
    await hours.target("first_response", 2)
    await hours.target("resolution", 8)
    address, ana = await opened(people, "waiting_requester")
    assert [title for title, _ in told(await ana.get(address))] == [
        "Resposta do solicitante em 72 horas úteis",
        "Primeira resposta em 2 horas úteis",
        "Solução em 8 horas úteis",
    ]


async def test_where_no_deadline_runs_the_page_says_so(people):
    address, ana = await opened(people, "open")
    page = await ana.get(address)
    assert page.text("#deadlines-" + address.split("/")[2]) == "Nenhum prazo corre para este ticket agora."


async def test_the_ticket_leads_there_only_where_there_is_something_to_explain(people):
    for state, leads in (("open", []), ("resolved", ["Como os prazos foram calculados"])):
        address, ana = await opened(people, state)
        page = await ana.get(address.removesuffix("/deadlines"))
        assert page.texts(".why a") == leads
        assert page.attributes(".why a", "href") == [address] * len(leads)


async def test_with_htmx_the_account_opens_in_place(people):
    address, _ = await opened(people, "resolved")
    ana = await browser_of(people.ana, htmx=True)
    block = await ana.get(address)
    assert top_level(block) == ["deadlines-" + address.split("/")[2]]


async def test_a_very_long_reckoning_shows_its_last_days_and_how_many_it_left_out(people):
    await hours.target("resolution", 9 * 80)
    address, ana = await opened(people, "open")
    page = await ana.get(address)
    first, *others = days(page)
    assert (len(others), first[0][:12], first[1]) == (60, "Os primeiros", "")
    assert sum(minutes(row[2]) for row in days(page)) == 720 * 60
    assert sums(page) == [("Contado", "0 min"), ("Falta", "720 h"), ("Prazo", "720 h")]


async def test_a_stranger_finds_what_an_unknown_number_finds(people):
    address, _ = await opened(people, "resolved")
    caio = await browser_of(people.caio)
    unseen, absent = await caio.get(address), await caio.get("/tickets/999999999/deadlines")
    assert (unseen.status, impersonal(unseen)) == (404, impersonal(absent))


async def test_the_page_asks_as_much_for_a_long_life_as_for_a_short_one(people):
    await hours.target("resolution", 8)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    made = []
    for day in range(3):
        with statements() as these:
            await ana.get(address)
        made.append(len(these))
        when = NOW + timedelta(days=day)
        await replies.reply(await cast.seen(number, people.bia), f"Dia {day}", by=people.bia, at=when)
    assert len(set(made)) == 1

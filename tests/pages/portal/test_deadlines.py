"""How a deadline came about, as whoever may see the ticket reads it."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import impersonal, statements, top_level
from tests.tickets.life.states import at
from tests.tickets.sla import hours
from web.clock import set_now
from web.tickets.actions import replies, resolution, waits
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio


@pytest.fixture
async def people(database):
    return await cast.enrol()


async def opened(people, state: str) -> tuple[str, Browser]:
    """The address of the deadlines of a ticket brought to this state at NOW, and Ana's browser."""
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return f"/tickets/{number}/deadlines", await browser_of(people.ana)


def told(page: Page) -> list[tuple[str, str]]:
    """Each deadline and where it stands."""
    return [(each.css_first("h2").text(), each.css_first("p").text()) for each in page.html.css(".computation")]


def days(page: Page) -> list[str]:
    return page.texts(".computation tbody tr")


async def test_each_deadline_says_where_it_stands_and_what_it_counted_day_by_day(people):
    await hours.target("resolution", 12)
    address, ana = await opened(people, "open")
    set_now(at("23/11 15:00"))
    page = await ana.get(address)
    assert page.text("h1") == "Como os prazos foram calculados"
    assert told(page) == [("Solução em 12 horas úteis", "Vence ter., 24/11, 12h.")]
    assert page.text(".computation > .quiet") == "Conta desde seg., 23/11, 9h. Contado até agora: 6h."
    assert days(page) == ["seg., 23/11 9h", "ter., 24/11 3h"]


async def test_days_that_did_not_count_say_why(people):
    await hours.target("resolution", 12)
    await hours.closure("2026-11-24", name="Aniversário da cidade", calendar=1)
    await hours.closure("2026-11-26", name="Reunião", hours=[[32400, 36000]], calendar=1)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    await waits.ask(await cast.seen(number, people.bia), "Qual?", by=people.bia, at=at("23/11 10:00"))
    await replies.reply(await cast.seen(number, people.ana), "Este.", by=people.ana, at=at("26/11 9:00"))
    assert days(await ana.get(address)) == [
        "seg., 23/11 1h",
        "ter., 24/11 nada Aniversário da cidade",
        "qua., 25/11 nada pausa",
        "qui., 26/11 1h Reunião",
        "sex., 27/11 9h",
        "sáb., 28/11 nada sem atendimento",
        "dom., 29/11 nada sem atendimento",
        "seg., 30/11 1h",
    ]


@pytest.mark.parametrize(
    ("state", "now", "standing"),
    [
        ("open", "23/11 16:59", "Vence seg., 23/11, 17h."),
        ("open", "23/11 17:01", "Venceu seg., 23/11, 17h."),
        ("resolved", "25/11 9:00", "Cumprido no prazo, seg., 23/11, 9h."),
        ("waiting_requester", "25/11 9:00", "Pausado desde seg., 23/11, 9h; faltavam 8h de tempo contado."),
        ("waiting_team", "25/11 9:00", "Venceu seg., 23/11, 17h."),
    ],
)
async def test_a_promise_says_whether_it_runs_stands_still_or_is_over(people, state, now, standing):
    await hours.target("resolution", 8)
    address, ana = await opened(people, state)
    set_now(at(now))
    assert told(await ana.get(address))[-1] == ("Solução em 8 horas úteis", standing)


async def test_rule_03_what_was_late_before_a_pause_is_still_called_late(people):
    await hours.target("resolution", 8)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    await waits.ask(await cast.seen(number, people.bia), "Qual?", by=people.bia, at=at("24/11 10:00"))
    set_now(at("26/11 9:00"))
    page = await ana.get(address)
    assert told(page)[-1] == ("Solução em 8 horas úteis", "Venceu seg., 23/11, 17h.")
    assert page.texts(".computation > .tone") == ["Venceu seg., 23/11, 17h."]


async def test_a_late_solution_says_all_the_time_it_took(people):
    await hours.target("resolution", 8)
    address, ana = await opened(people, "open")
    number = int(address.split("/")[2])
    sheet = await cast.seen(number, people.bia)
    await resolution.solve(sheet, says=NewMessage("Pronto."), by=people.bia, at=at("24/11 12:00"))
    page = await ana.get(address)
    assert told(page)[-1] == ("Solução em 8 horas úteis", "Cumprido fora do prazo, ter., 24/11, 12h.")
    assert page.texts(".computation > .quiet")[-1] == "Conta desde seg., 23/11, 9h. Contado até agora: 12h."


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
    for state, leads in (("open", []), ("resolved", ["Como este prazo foi calculado"])):
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
    assert len(days(page)) == 60
    (text,) = page.texts(".computation > .quiet")
    assert text.startswith("Conta desde seg., 23/11, 9h. Contado até agora: 0 min. Os primeiros ")


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

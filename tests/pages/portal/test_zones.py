"""Times in the reader's time zone, which is named where it differs from the institution's."""

from datetime import UTC, datetime

import pytest

from tests import cast
from tests.client import Browser, browser_of
from tests.pages.reading import chosen, facts, option, refusals, ticket_row
from tests.tickets.life.states import at
from tests.tickets.sla import hours

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]

ACRE, NORONHA = "America/Rio_Branco", "America/Noronha"
CALENDARS = "/desk/settings/calendars"


async def reading_in(zone: str, person: int | cast.Actor) -> Browser:
    """The browser of somebody who chose this zone."""
    browser = await browser_of(person)
    page = await browser.send(await browser.get("/account"), "/account/zone", zone=zone)
    assert page.text(".notice") == "Fuso horário salvo."
    return browser


async def test_who_chose_a_zone_reads_every_time_in_it_and_its_name():
    people = await cast.enrol()
    await hours.target("resolution", 8)
    number = await cast.ticket(people.ana)
    ana = await reading_in(ACRE, people.ana)
    page = await ana.get(f"/tickets/{number}")
    assert facts(page)["Aberto em"] == "seg., 23/11, 7h (Rio Branco)"
    assert facts(page)["Prazo de solução"] == "seg., 23/11, 15h (Rio Branco)"
    assert page.text(".next") == "Na fila Financeiro. Previsão de solução: seg., 23/11, 15h (Rio Branco)."
    assert "23/11/2026, 7h00min00s (Rio Branco)" in page.attributes("time", "title")
    assert "9h" not in page.words


async def test_a_day_is_the_readers_day():
    people = await cast.enrol()
    number = await cast.ticket(people.ana, at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
    read = {}
    for zone, place in ((ACRE, "Rio Branco"), (NORONHA, "Fernando de Noronha")):
        ana = await reading_in(zone, people.ana)
        read[place] = facts(await ana.get(f"/tickets/{number}"))["Aberto em"]
    assert read == {
        "Rio Branco": "dom., 22/11, 21h30 (Rio Branco)",
        "Fernando de Noronha": "seg., 23/11, 0h30 (Fernando de Noronha)",
    }


async def test_readers_of_several_zones_read_the_same_ticket_each_in_their_own():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    ana, bia = await reading_in(ACRE, people.ana), await browser_of(people.bia)
    for _ in range(2):
        pages = [await browser.get(f"/tickets/{number}") for browser in (ana, bia)]
        assert [facts(page)["Aberto em"] for page in pages] == ["seg., 23/11, 7h (Rio Branco)", "seg., 23/11, 9h"]


async def test_without_a_choice_it_is_the_zone_of_the_organizations_calendar_and_a_choice_outweighs_it():
    people = await cast.enrol()
    acre = await hours.calendar("Rio Branco", zone=ACRE)
    lia = await browser_of(people.lia)
    typed = {"organization": "Colégio Aurora"}
    check = await lia.send(await lia.get(f"{CALENDARS}/{acre}"), f"{CALENDARS}/{acre}/organizations", **typed)
    assert "Colégio Aurora passa a ler os horários no fuso de Rio Branco, do calendário Rio Branco." in check.words
    page = await lia.send(check, check.path, press="save")
    assert page.texts("[aria-labelledby=readers] li") == ["Colégio Aurora"]
    number = await cast.ticket(people.ana)
    other = await cast.ticket(people.caio)
    ana, caio = await browser_of(people.ana), await browser_of(people.caio)
    pages = [await ana.get(f"/tickets/{number}"), await caio.get(f"/tickets/{other}")]
    assert [facts(page)["Aberto em"] for page in pages] == ["seg., 23/11, 7h (Rio Branco)", "seg., 23/11, 9h"]
    ana = await reading_in(NORONHA, people.ana)
    assert facts(await ana.get(f"/tickets/{number}"))["Aberto em"] == "seg., 23/11, 10h (Fernando de Noronha)"


async def test_the_account_says_in_which_zone_one_reads_and_takes_a_choice_back():
    people = await cast.enrol()
    ana = await reading_in(ACRE, people.ana)
    page = await ana.get("/account")
    assert chosen(page, "zone") == "Rio Branco: Acre"
    assert page.options("zone")[-2:] == ["Rio Branco: Acre", "Fernando de Noronha"]
    assert page.text("form[action='/account/zone'] > p") == "Você lê os horários no fuso de Rio Branco."
    assert page.options("zone")[1:4] == [
        "Brasília, Goiás, Minas, Sudeste e Sul",
        "Bahia",
        "Maceió: Alagoas e Sergipe",
    ]
    page = await ana.send(page, "/account/zone", zone="")
    assert page.text("form[action='/account/zone'] > p") == "Você lê os horários no fuso de Brasília."


async def test_a_zone_that_is_none_is_refused():
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.send(await ana.get("/account"), "/account/zone", zone="America/Atlantida")
    assert (page.status, refusals(page)) == (422, {"zone": "Este fuso horário não existe. Escolha um da lista."})


async def test_an_agent_types_a_date_in_their_own_zone_and_the_field_says_which():
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    bia = await reading_in(ACRE, people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    assert page.text("#until-hint") == "Para voltar numa data. No fuso de Rio Branco."
    kind = option(page, "wait", "Esperar até")
    page = await bia.send(page, f"/desk/tickets/{number}/waits", wait=kind, until="2026-11-26T10:00")
    assert (await ticket_row(number))["wait_until"] == at("26/11 12:00")
    assert page.text(".head__sub strong") == "Em espera até qui., 26/11, 10h (Rio Branco)."


async def test_the_account_of_a_deadline_names_the_calendar_and_its_zone_and_tells_times_in_the_readers():
    people = await cast.enrol()
    plantao = await hours.calendar("Plantão de Noronha", zone=NORONHA)
    await hours.target("resolution", 4, calendar=plantao)
    await hours.target("first_response", 30, "calendar_hours", calendar=plantao)
    number = await cast.ticket(people.ana)
    page = await (await reading_in(ACRE, people.ana)).get(f"/tickets/{number}/deadlines")
    assert page.texts(".computation > p") == [
        "Vence seg., 23/11, 11h (Rio Branco).",
        "Conta desde seg., 23/11, 7h (Rio Branco), pelo calendário Plantão de Noronha, no fuso de Fernando de Noronha.",
        "Vence ter., 24/11, 13h (Rio Branco).",
        "Conta desde seg., 23/11, 7h (Rio Branco), em tempo corrido, no fuso de Fernando de Noronha.",
    ]


async def test_a_day_of_a_report_begins_at_the_readers_midnight():
    people = await cast.enrol()
    await cast.ticket(people.ana, at=datetime(2026, 11, 23, 3, 30, tzinfo=UTC))
    told = []
    for zone in ("", ACRE):
        lia = await reading_in(zone, people.lia)
        page = await lia.get("/desk/reports?from=2026-11-22&to=2026-11-23")
        told.append(page.texts(".chart__columns title"))
    assert told == [["22/11: 0", "23/11: 1"], ["22/11: 1", "23/11: 0"]]

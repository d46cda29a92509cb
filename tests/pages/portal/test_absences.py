"""Absences of agents: set by themselves or by a lead, and what the desk sees."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import refusals
from web.clock import set_now
from web.database import fetch
from web.notifications import announcing
from web.tickets.actions import assignment, replies
from web.tickets.record.ticket import find_ticket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

AWAY = "Ausente de 23/11/2026 até 27/11/2026, substituto: Lia Castro."


async def away(people, *, by=None, at="/account"):
    """Bia is away this week; Lia is her stand-in."""
    browser = await browser_of(by or people.bia)
    page = await browser.get(at)
    days = {"first": "2026-11-23", "last": "27/11/2026"}
    return await browser.send(page, f"{at}/absence", **days, stand_in=str(people.lia.id))


async def told(person) -> list[str]:
    await announcing.announce(NOW)
    rows = await fetch("SELECT occasion FROM notice WHERE person = {} ORDER BY id", person.id)
    return [row["occasion"] for row in rows]


async def test_an_agent_says_when_they_are_away_and_that_they_are_back(database):
    people = await cast.enrol()
    page = await away(people)
    assert page.text(".notice") == "Ausência salva. O substituto também passa a receber os avisos."
    form = page.form("/account/absence/removal")
    assert form.css_first("p").text(strip=True) == AWAY
    bia = await browser_of(people.bia)
    back = await bia.send(await bia.get("/account"), "/account/absence/removal")
    assert (back.text(".notice"), "Ausente de" in back.words) == ("Ausência encerrada.", False)
    lia = await browser_of(people.lia)
    log = await lia.get("/desk/settings/log?kind=person")
    assert log.texts("tbody tr td:last-of-type")[-1] == (
        "ausente desde: era –, passou a 23/11/2026 ausente até: era –, passou a 27/11/2026 "
        "substituto: era –, passou a Lia Castro"
    )


async def test_a_lead_says_it_for_an_agent_and_other_agents_read_it(database):
    people = await cast.enrol()
    page = await away(people, by=people.lia, at=f"/desk/people/{people.bia.id}")
    assert AWAY in page.text("[aria-labelledby=absence]")
    davi = await browser_of(people.davi)
    seen = await davi.get(f"/desk/people/{people.bia.id}")
    assert seen.text("[aria-labelledby=absence] p") == AWAY
    assert seen.html.css("[aria-labelledby=absence] form") == []


async def test_what_cannot_be_is_refused_beside_its_field(database):
    people = await cast.enrol()
    bia = await browser_of(people.bia)
    page = await bia.get("/account")
    wrong = await bia.send(page, "/account/absence", first="2026-11-27", last="2026-11-25")
    assert (wrong.status, refusals(wrong)) == (
        422,
        {"last": "O último dia vem antes do primeiro.", "stand_in": "Escolha quem substitui."},
    )
    assert wrong.values("/account/absence")["first"] == "2026-11-27"


async def test_assigning_to_whoever_is_away_says_so_and_offers_the_stand_in(database):
    people = await cast.enrol()
    await away(people)
    number = await cast.ticket(people.ana)
    lia = await browser_of(people.lia)
    page = await lia.get(f"/desk/tickets/{number}")
    offered = page.options("assignee")
    where = offered.index("Bia Nunes (ausente até 27/11/2026, substituto: Lia Castro)")
    assert offered[where + 1] == "Lia Castro, no lugar de Bia Nunes"
    later = await browser_of(people.lia, at=NOW + timedelta(days=5))
    assert "Bia Nunes" in (await later.get(f"/desk/tickets/{number}")).options("assignee")


async def test_the_stand_in_is_told_of_answers_as_long_as_it_lasts(database):
    people = await cast.enrol()
    await away(people)
    number = await cast.ticket(people.ana)
    await assignment.take(await find_ticket(number, by=people.bia), by=people.bia, at=NOW)
    before = await told(people.lia)
    await replies.reply(await find_ticket(number, by=people.ana), "Alguma novidade?", by=people.ana, at=NOW)
    assert (await told(people.lia))[len(before) :] == ["requester_answered"]
    over = NOW + timedelta(days=5)
    set_now(over)
    await replies.reply(await find_ticket(number, by=people.ana), "E agora?", by=people.ana, at=over)
    assert (await told(people.lia))[len(before) :] == ["requester_answered"]
    assert (await told(people.bia))[-2:] == ["requester_answered"] * 2

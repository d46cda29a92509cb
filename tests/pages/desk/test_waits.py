"""Waiting tickets at the desk: a message marks the ticket at once, and the wait goes on."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page, browser_of
from tests.pages.reading import statements
from tests.tickets.life.states import at
from web.clock import set_now
from web.tickets.actions import replies, timers

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database", "storage")]

OWN = "/desk?view=own"
ELSEWHERE = ("waiting_until", "waiting_team", "waiting_children", "waiting_case")


async def waiting(state: str = "waiting_until") -> tuple[cast.Cast, int, Browser]:
    people = await cast.enrol()
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return people, number, await browser_of(people.bia)


async def written(browser: Browser, number: int, body: str) -> Page:
    address = f"/tickets/{number}"
    return await browser.send(await browser.get(address), f"{address}/replies", body=body)


def marks(page: Page) -> tuple[list[str], list[str]]:
    """The texts of marks for screen readers in the navigation and the rows."""
    return page.texts(".navigation__news"), page.texts(".line__next strong")


@pytest.mark.parametrize("state", ELSEWHERE)
async def test_p15_a_message_during_a_wait_raises_a_mark_at_once_and_the_wait_goes_on(state):
    people, number, bia = await waiting(state)
    chip = (await bia.get(f"/desk/tickets/{number}")).text(".head__sub .chip")
    assert marks(await bia.get(OWN)) == ([], [])
    await written(await browser_of(people.ana), number, "Mais um detalhe.")
    for page in (await bia.get(OWN), await bia.get("/desk")):
        assert page.texts(".navigation__news") == ["1 com mensagem nova"]
    own = await bia.get(OWN)
    assert own.texts(".line__next strong") == ["Ana escreveu."]
    assert "data-turn" in own.html.css_first(".line").attributes
    ticket = await bia.get(f"/desk/tickets/{number}")
    assert ticket.text(".head__sub .tone") == "Ana escreveu durante a espera."
    assert ticket.text(".head__sub .chip") == chip


async def test_p15_who_is_in_copy_raises_the_mark_as_well():
    people, number, bia = await waiting()
    sheet = await cast.seen(number, people.bia)
    await replies.reply(sheet, "Rui em cópia.", copies=["rui@aurora.example"], by=people.bia, at=NOW)
    assert marks(await bia.get(OWN)) == ([], [])
    await written(await browser_of(people.rui), number, "Também vi.")
    assert marks(await bia.get(OWN)) == (["1 com mensagem nova"], ["Rui escreveu."])


async def test_the_mark_goes_once_an_agent_has_answered_and_the_date_still_ends_the_wait():
    people, number, bia = await waiting()
    await written(await browser_of(people.ana), number, "Mais um detalhe.")
    await replies.reply(await cast.seen(number, people.bia), "Visto.", by=people.bia, at=NOW)
    assert marks(await bia.get(OWN)) == ([], [])
    assert (await bia.get(f"/desk/tickets/{number}")).texts(".head__sub .tone") == []
    set_now(at("26/11 9:00"))
    await timers.run_due(at("26/11 9:00"))
    assert marks(await bia.get("/desk")) == ([], ["Chegou a data."])


async def test_a_message_that_ends_a_wait_is_no_message_during_one():
    people, number, bia = await waiting("waiting_requester")
    await written(await browser_of(people.ana), number, "11.222.333/0001-81")
    assert marks(await bia.get("/desk")) == ([], ["Ana respondeu."])


async def test_nobody_elses_waits_are_among_ones_own():
    people, number, _ = await waiting()
    await written(await browser_of(people.ana), number, "Mais um detalhe.")
    page = await (await browser_of(people.lia)).get("/desk?view=all")
    assert page.texts(".navigation__news") == []


async def test_however_many_wait_the_lists_take_as_many_queries():
    people, number, bia = await waiting()
    made = []
    for place in range(2):
        with statements() as these:
            await bia.get(OWN)
        made.append(len(these))
        await written(await browser_of(people.ana), number, f"Mensagem {place}.")
        number = await cast.ticket(people.ana, f"Outro {place}", at=NOW + timedelta(minutes=place))
        await cast.brought_to(number, "waiting_until", by=people.bia, asker=people.ana)
    assert made[0] == made[1]

"""Messages to agents outside opening hours wait, and come as one."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.post_office import post_office, text_of, worked
from web.mail.outgoing import digest
from web.tickets.actions import replies, resolution
from web.tickets.record.messages import NewMessage

pytestmark = pytest.mark.anyio

EVENING = NOW + timedelta(hours=12)
OPENING = NOW + timedelta(hours=24)
"""Tuesday, nine in the morning."""


@pytest.fixture
async def people(database, storage):
    return await cast.enrol()


@pytest.fixture
async def office():
    async with post_office() as office:
        yield office


async def held(people) -> list[int]:
    """Two tickets of Bia's, on which the customers write in the evening."""
    numbers = [await cast.ticket(who, f"Pedido de {who.name}") for who in (people.ana, people.rui)]
    for number, who in zip(numbers, (people.ana, people.rui), strict=True):
        await replies.reply(await cast.seen(number, people.bia), "Vamos ver.", by=people.bia, at=NOW)
        await cast.brought_to(number, "open", by=people.bia, asker=who)
        await replies.reply(await cast.seen(number, who), "E então?", by=who, at=EVENING)
    return numbers


async def test_in_the_evening_agents_are_left_alone_and_in_the_morning_told_once(people, office):
    first, second = await held(people)
    await worked(office, EVENING)
    assert office.to("bia@guiche.example") == []
    await worked(office, OPENING - timedelta(minutes=1))
    assert office.to("bia@guiche.example") == []
    await worked(office, OPENING)
    (only,) = office.to("bia@guiche.example")
    assert only["Subject"] == "2 avisos de quando a sua equipe não atendia"
    assert text_of(only) == (
        f"#{first} Pedido de Ana Prado\nAna Prado respondeu\nhttp://127.0.0.1:8000/desk/tickets/{first}#unseen\n\n"
        f"#{second} Pedido de Rui Alves\nRui Alves respondeu\nhttp://127.0.0.1:8000/desk/tickets/{second}#unseen\n\n"
        "Fora do horário da equipe, os avisos esperam a abertura e chegam juntos.\n\n"
        "Escolher quais e-mails você recebe: http://127.0.0.1:8000/account#own-notices\n"
    )
    await worked(office, OPENING + timedelta(hours=1))
    assert len(office.to("bia@guiche.example")) == 1


async def test_that_their_ticket_was_closed_in_the_evening_waits_for_the_agent_too(people, office):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "resolved", by=people.bia, asker=people.ana)
    await worked(office, NOW)
    before = len(office.to("bia@guiche.example"))
    await resolution.confirm(await cast.seen(number, people.ana), by=people.ana, at=EVENING)
    await worked(office, EVENING)
    assert len(office.to("bia@guiche.example")) == before
    await worked(office, OPENING)
    assert "\nA solicitação foi encerrada\n" in text_of(office.to("bia@guiche.example")[-1])


async def test_of_a_long_evening_the_newest_are_told_and_how_many_came_before(people, office):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    for n in range(digest.MOST + 2):
        await replies.reply(await cast.seen(number, people.ana), f"{n}", by=people.ana, at=EVENING)
    await worked(office, EVENING)
    await worked(office, OPENING)
    (only,) = [each for each in office.to("bia@guiche.example") if "avisos" in each["Subject"]]
    assert only["Subject"] == f"{digest.MOST + 2} avisos de quando a sua equipe não atendia"
    assert text_of(only).count("Ana Prado respondeu") == digest.MOST
    assert text_of(only).split("\n\n")[-3] == 'Antes destes, mais 2: leia em "Avisos", no portal.'


async def test_a_server_that_is_down_at_the_opening_delays_the_one_message(people, office):
    await held(people)
    await worked(office, EVENING)
    office.says = {"bia@": "451 Later"}
    await worked(office, OPENING)
    office.says = {}
    await worked(office, OPENING + timedelta(minutes=20))
    assert [each["Subject"].partition(" ")[0] for each in office.to("bia@guiche.example")] == ["2"]


async def test_what_requesters_are_told_never_waits(people, office):
    number = await cast.ticket(people.ana)
    ticket = await cast.seen(number, people.bia)
    await resolution.solve(ticket, message=NewMessage("Feito."), by=people.bia, at=EVENING)
    await worked(office, EVENING)
    assert len(office.to("ana@aurora.example")) == 2


async def test_in_hours_agents_are_told_at_once(people, office):
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, "open", by=people.bia, asker=people.ana)
    await worked(office, NOW)
    await replies.reply(await cast.seen(number, people.ana), "E então?", by=people.ana, at=NOW)
    await worked(office, NOW)
    assert office.to("bia@guiche.example")[-1]["Subject"] == f"[#{number}] Boletos com o valor errado"


async def test_the_page_of_preferences_says_so_to_agents_alone(people):
    words = "Fora do horário da sua equipe"
    assert words in (await (await browser_of(people.bia)).get("/account")).words
    assert words not in (await (await browser_of(people.ana)).get("/account")).words

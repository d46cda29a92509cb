"""Recipients of a reply at the desk: shown before it is sent, and chosen among the people in copy."""

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.mail.post_office import post_office, worked
from tests.presets import started_with
from web.database import fetch
from web.notifications import preferences

pytestmark = pytest.mark.anyio

COPIES = ("rui@aurora.example", "eva@familia.example")


@pytest.fixture
async def people(database, storage):
    return await cast.enrol()


@pytest.fixture
async def office():
    async with post_office() as office:
        with started_with(GUICHE_SMTP=office.url):
            yield office


async def shown(people, number: int) -> list[str]:
    page = await (await browser_of(people.bia)).get(f"/desk/tickets/{number}")
    return [*page.texts(".addressees legend"), *page.texts(".addressees label")]


async def test_the_composer_says_who_is_told_and_by_which_way(people, office):
    number = await cast.ticket(people.ana, copies=COPIES)
    await preferences.choose(people.rui, "none")
    assert await shown(people, number) == [
        "Vai para: Ana Prado (e-mail)",
        "Rui Alves (portal), em cópia",
        "eva (e-mail), em cópia",
    ]


async def test_where_no_mail_can_be_sent_none_is_promised(people):
    number = await cast.ticket(people.ana, copies=COPIES[:1])
    assert await shown(people, number) == ["Vai para: Ana Prado (portal)", "Rui Alves (portal), em cópia"]


async def test_who_is_ticked_off_is_not_told_of_this_message_and_reads_it_all_the_same(people, office):
    number = await cast.ticket(people.ana, copies=COPIES)
    await worked(office, NOW)
    before = {address: len(office.to(address)) for address in ("ana@aurora.example", *COPIES)}
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    (eva,) = [each for each in page.values(f"/desk/tickets/{number}/replies")["told"] if each != str(people.rui.id)]
    await bia.send(page, f"/desk/tickets/{number}/replies", body="Só entre nós.", told=[eva])
    await worked(office, NOW)
    now = {address: len(office.to(address)) - count for address, count in before.items()}
    assert now == {"ana@aurora.example": 1, "rui@aurora.example": 0, "eva@familia.example": 1}
    assert await fetch("SELECT id FROM notice WHERE person = {} AND occasion = 'answered'", people.rui.id) == []
    rui = await (await browser_of(people.rui)).get(f"/tickets/{number}")
    assert rui.texts(".message__body")[-1] == "Só entre nós."


async def test_a_refused_reply_comes_back_with_the_same_people_ticked(people):
    number = await cast.ticket(people.ana, copies=COPIES)
    bia = await browser_of(people.bia)
    page = await bia.get(f"/desk/tickets/{number}")
    told = [str(people.rui.id)]
    refused = await bia.send(page, f"/desk/tickets/{number}/replies", body=" ", told=told)
    assert (refused.status, refused.attributes(".addressees input:checked", "value")) == (422, told)

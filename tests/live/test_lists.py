"""An open list shows how many tickets changed, and loads them on request."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import browser_of
from tests.pages.reading import asked, statements, titles
from web.database import fetch
from web.live import lists, topics
from web.live.hub import Hub
from web.live.streams import Stream
from web.people.permissions import Actor
from web.tickets.actions import assignment, replies

pytestmark = pytest.mark.anyio

LATER = NOW + timedelta(minutes=5)
AFTERWARDS = LATER + timedelta(minutes=1)


@pytest.mark.parametrize(
    "place", ["/tickets", "/tickets?scope=mine&sort=created", "/desk?view=all", "/desk?view=all&channel=form"]
)
async def test_a_list_says_how_many_are_new_and_shows_them_when_asked(database, storage, place):
    people = await cast.enrol()
    first = await cast.ticket(people.ana, "O primeiro")
    await cast.ticket(people.ana, "O segundo", at=NOW + timedelta(seconds=1))
    who = people.bia if place.startswith("/desk") else people.ana
    browser = await browser_of(who, at=LATER)
    page = await browser.get(place)
    assert (await asked(browser, page, "arrived")).status == 204
    await replies.reply(await cast.seen(first, people.lia), "Estamos vendo.", by=people.lia, at=AFTERWARDS)
    one = await asked(browser, page, "arrived")
    await cast.ticket(people.ana, "O terceiro", at=AFTERWARDS)
    two = await asked(browser, one, "arrived")
    assert (one.texts("p"), two.texts("p")) == (["1 novo. Mostrar"], ["2 novos. Mostrar"])
    assert (await asked(browser, two, "arrived")).status == 204
    shown = await browser.get(two.links()["Mostrar"])
    assert {"O terceiro", "O primeiro", "O segundo"} == set(titles(shown))
    assert (await asked(browser, shown, "arrived")).status == 204


async def test_what_is_in_no_list_of_mine_is_no_news(database, storage):
    people = await cast.enrol()
    await cast.ticket(people.ana)
    ana, caio = await browser_of(people.ana, at=LATER), await browser_of(people.caio, at=LATER)
    hers, his = await ana.get("/tickets"), await caio.get("/tickets")
    await cast.ticket(people.caio, "Do Horizonte", at=AFTERWARDS)
    assert (await asked(ana, hers, "arrived")).status == 204
    assert (await asked(caio, his, "arrived")).texts("p") == ["1 novo. Mostrar"]


@pytest.mark.parametrize("address", ["/tickets?q=boleto", "/desk?q=boleto", "/desk?after=1-1", "/tickets?after=1-1"])
async def test_a_search_and_a_later_page_stay_as_they_are(database, storage, address):
    people = await cast.enrol()
    await cast.ticket(people.ana, "Boleto")
    browser = await browser_of(people.bia, at=LATER)
    assert (await browser.get(address)).html.css("#arrived") == []


async def test_the_counts_beside_a_list_follow(database, storage):
    people = await cast.enrol()
    browser = await browser_of(people.bia, at=LATER)
    page = await browser.get("/desk")
    assert (await asked(browser, page, "navigation")).status == 204
    await cast.ticket(people.ana, at=LATER)
    counts = await asked(browser, page, "navigation")
    assert (
        counts.texts("#navigation a")[0]
        == (await browser.get("/desk")).texts("#navigation a")[0]
        == "Caixa de entrada 1"
    )


ASKED = ("/desk/news?since=1-1", "/tickets/news?since=1-1", "/desk/navigation", "/notices/unread")


@pytest.mark.parametrize("path", ASKED)
async def test_asking_costs_the_same_however_much_there_is(database, storage, path):
    people = await cast.enrol()
    browser = await browser_of(people.bia, at=LATER, htmx=True)
    with statements() as few:
        await browser.client.get(path)
    for _ in range(5):
        await cast.ticket(people.ana)
    with statements() as many:
        await browser.client.get(path)
    assert len(few) == len(many) <= 4


@pytest.mark.parametrize("since", ["", "x", "9" * 40, "1", "-1", "1-1-1"])
@pytest.mark.parametrize("path", ["/desk/news", "/tickets/news"])
async def test_what_is_no_place_in_a_list_leads_to_the_list(database, storage, path, since):
    people = await cast.enrol()
    browser = await browser_of(people.bia, htmx=True)
    answer = await browser.client.get(path, params={"since": since})
    assert (answer.status_code, answer.content) in ((200, b""), (204, b""))


async def test_those_are_told_whose_lists_may_change(database, storage):
    people = await cast.enrol()
    named = {name: getattr(people, name) for name in ("ana", "rui", "caio", "bia", "davi", "lia")}
    number = await cast.ticket(people.ana)
    assert await told(number, named) == {"ana", "bia", "davi", "lia"}
    copied = await cast.ticket(people.ana, copies=("rui@aurora.example",))
    assert await told(copied, named) == {"ana", "rui", "bia", "davi", "lia"}
    (team,) = await fetch("SELECT id FROM team WHERE name = 'Ouvidoria'")
    await assignment.assign(await cast.seen(copied, people.lia), team=team["id"], person=None, by=people.lia, at=NOW)
    assert await told(copied, named) == {"ana", "rui", "lia"}


async def told(number: int, named: dict[str, Actor]) -> set[str]:
    """The people with an open list who are notified of a change of the ticket."""
    hub = Hub()
    streams = {name: Stream(person, "s1", "", topics.parse("l,n")) for name, person in named.items()}
    for stream in streams.values():
        hub.open(stream)
    hub.moved.add(number)
    await lists.tell(hub, NOW)
    return {name for name, stream in streams.items() if "l" in await news_of(stream)}


async def news_of(stream: Stream) -> list[str]:
    """The next message with a notice."""
    news = stream.news()
    await anext(news)
    stream.tell("n")
    return (await anext(news)).split()


async def test_who_asks_for_it_is_called_by_a_window_and_a_sound(database, storage):
    people = await cast.enrol()
    ana = await browser_of(people.ana)
    page = await ana.get("/account")
    assert page.html.css("[data-alerts]") == []
    saved = await ana.send(page, "/account/alerts", screen="1", sound="drop")
    assert saved.one("#unread").attributes["data-alerts"] == "screen drop"
    values = saved.values("/account/alerts")
    assert (values.pop("screen"), values["sound"]) == ("1", "drop")
    await ana.post("/account/alerts", {**values, "sound": ""})
    saved = await ana.get("/account")
    assert saved.html.css("[data-alerts]") == []
    refused = await ana.send(saved, "/account/alerts", sound="trombone")
    assert (refused.status, "Escolha uma das opções da lista." in refused.words) == (422, True)

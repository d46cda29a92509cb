"""Streams: what changed in any process, for those who may see it, until their right ends."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.browser.demonstration import Remote
from tests.client import folded
from tests.live.following import Followed, following
from tests.resilience.portals import Portal, portal

pytestmark = pytest.mark.anyio

CAP = 6


@pytest.fixture(scope="module")
def running() -> Iterator[Portal]:
    with portal() as running:
        yield running


@pytest.fixture
async def ana(running: Portal) -> AsyncIterator[Remote]:
    browser = await running.visited_by("Ana")
    yield browser
    await browser.client.aclose()


async def said(browser: Remote, address: str, form: str = "replies") -> None:
    page = await browser.get(address)
    values = {**page.values(f"{address}/{form}"), "body": f"Sobre {secrets.token_hex(8)}"}
    answer = await browser.post(f"{address}/{form}", values)
    assert answer.status == 303, answer.words


async def begun(browser: Remote, address: str) -> None:
    page = await browser.get(address)
    token = page.values(f"{address}/replies")["_token"]
    answer = await browser.post(f"{address}/unsent", {"_token": token, "noun": "replies", "body": "Já vejo"})
    assert answer.status in (200, 204), answer.words


def number(address: str) -> str:
    return address.rpartition("/")[2]


async def test_a_reply_is_told_to_the_page_that_is_open_and_no_word_of_it(running: Portal, ana: Remote) -> None:
    address, bia = await ana.open_ticket("Boleto"), await running.visited_by("Bia")
    ticket = f"t{number(address)}"
    async with following(ana, ticket) as page:
        await said(bia, f"/desk{address}")
        assert await page.next() == [ticket]


async def test_a_note_is_told_to_the_desk_alone(running: Portal, ana: Remote) -> None:
    address, other = await ana.open_ticket("Nota fiscal"), await ana.open_ticket("Outro assunto")
    bia, davi = await running.visited_by("Bia"), await running.visited_by("Davi")
    ticket, last, writes = f"t{number(address)}", f"t{number(other)}", f"w{number(other)}"
    async with following(ana, f"{ticket},{last},{writes}") as hers, following(davi, f"{ticket},{writes}") as of_desk:
        await said(bia, f"/desk{address}")
        await begun(bia, f"/desk{other}")
        await asyncio.gather(hers.until(writes), of_desk.until(writes))  # and all that was told before
        await said(bia, f"/desk{address}", "notes")
        await of_desk.until(ticket)
        await said(bia, f"/desk{other}")
        assert ticket not in await hers.until(last)


async def test_who_looks_and_who_leaves_is_told(running: Portal, ana: Remote) -> None:
    address = f"/desk{await ana.open_ticket('Matrícula')}"
    bia, davi = await running.visited_by("Bia"), await running.visited_by("Davi")
    looked = f"w{number(address)}"
    async with following(bia, looked) as page:
        async with following(davi, looked):
            await davi.get(address)
            await _until_told(page, bia, address, ["Davi Reis também está com este ticket aberto."])
        await _until_told(page, bia, address, [])


async def _until_told(page: Followed, browser: Remote, address: str, words: list[str]) -> None:
    while (await browser.get(address)).texts("#presence .notice") != words:
        assert await page.next()


async def test_a_notice_is_told_to_its_person_and_the_number_beside_the_bell_follows(
    running: Portal, ana: Remote
) -> None:
    address, bia = await ana.open_ticket("Histórico"), await running.visited_by("Bia")
    async with following(ana, "n") as page:
        await said(bia, f"/desk{address}")
        await page.until("n")
    shown = (await ana.get("/")).text("#unread")
    ana.client.headers["HX-Request"] = "true"
    bell = await ana.get("/notices/unread?shown=0")
    assert bell.text("#unread") == shown
    again = await ana.client.get(bell.one("#unread").attributes["data-hx-get"])
    assert (again.status_code, again.content) == (204, b"")


async def test_what_changed_before_the_stream_began_is_told_to_a_page_of_that_age(running: Portal, ana: Remote) -> None:
    address, bia = await ana.open_ticket("Rematrícula"), await running.visited_by("Bia")
    ticket, silent = f"t{number(address)}", f"t{number(await ana.open_ticket('Outro assunto'))}"
    async with following(ana, ticket):
        await said(bia, f"/desk{address}")
    async with following(ana, f"{ticket},{silent}", age=20_000) as page:
        assert ticket in await page.next()
    async with following(ana, f"{ticket},{silent}", age=3_600_000) as page:
        assert await page.next() == sorted([ticket, silent])


async def test_lists_are_told(running: Portal, ana: Remote) -> None:
    bia = await running.visited_by("Bia")
    async with following(ana, "l") as hers, following(bia, "l") as of_desk:
        await ana.open_ticket("Da Aurora")
        assert (await hers.next(), await of_desk.next()) == (["l"], ["l"])


@pytest.mark.parametrize("topics", ["t999999", "t1,t999999", "w999999"])
async def test_what_is_out_of_sight_is_not_found(running: Portal, ana: Remote, topics: str) -> None:
    assert (await ana.client.get("/live", params={"topics": topics})).status_code == 404


async def test_a_ticket_of_others_is_not_found_like_one_that_is_not(running: Portal, ana: Remote) -> None:
    caio = await running.visited_by("Caio")
    theirs = await caio.open_ticket("Só nosso")
    answers = [await ana.client.get("/live", params={"topics": topics}) for topics in (f"t{number(theirs)}", "t999999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert as_told(answers[0], theirs) == as_told(answers[1], theirs)


def as_told(answer: httpx.Response, theirs: str) -> str:
    """The response without the requested number and form tokens."""
    return re.sub(r'value="[^"]{40,}"', "", answer.text.replace(number(theirs), "999999"))


@pytest.mark.parametrize("topics", ["", "x1", "t", "t-1", "t0", "t1e9", "t99999999999", "T1", "s1", "p2"])
async def test_what_is_no_topic_is_not_followed(running: Portal, ana: Remote, topics: str) -> None:
    answer = await ana.client.get("/live", params={"topics": topics})
    assert (answer.status_code, answer.content) == (204, b"")


async def test_without_a_session_there_is_no_stream(running: Portal) -> None:
    answer = await Remote(running.url).client.get("/live", params={"topics": "n"})
    assert (answer.status_code, answer.content) == (204, b"")


async def test_f42_of_many_streams_of_one_person_a_few_are_had_and_then_again(running: Portal, ana: Remote) -> None:
    async with asyncio.TaskGroup() as asked:
        streams = [ana.client.build_request("GET", "/live", params={"topics": "n"}) for _ in range(3 * CAP)]
        answers = [asked.create_task(ana.client.send(each, stream=True)) for each in streams]
    statuses = sorted(each.result().status_code for each in answers)
    assert statuses == [200] * CAP + [204] * (2 * CAP)
    caio = await running.visited_by("Caio")
    async with following(caio, "n"):
        pass
    for each in answers:
        await each.result().aclose()
    await _until_there_is_room(ana)


async def _until_there_is_room(browser: Remote) -> None:
    async with asyncio.timeout(10):
        while True:
            async with browser.client.stream("GET", "/live", params={"topics": "n"}) as answer:
                if answer.status_code == 200:
                    return


@pytest.mark.parametrize("way", ["/sign-out", "/account/sign-out-everywhere"])
async def test_a29_a_stream_ends_with_its_session(running: Portal, way: str) -> None:
    rui = await running.visited_by("Rui")
    token = (await rui.get("/account")).values("/sign-out")
    async with following(rui, "n") as followed:
        assert (await rui.post(way, token)).status == 303
        assert await followed.ends()
    assert (await rui.client.get("/live", params={"topics": "n"})).status_code == 204


async def test_a29_a_stream_ends_with_the_account(running: Portal) -> None:
    caio, ivo = await running.visited_by("Caio"), await running.visited_by("Ivo")
    [(person,)] = await running.rows("SELECT person FROM identity WHERE value = 'caio@horizonte.example'")
    at = f"/desk/people/{person}/deactivation"
    async with following(caio, "n") as followed:
        assert (await ivo.send(await ivo.get(at), at, follow=False)).status == 303
        assert await followed.ends()
    back = f"/desk/people/{person}/reactivation"
    assert (await ivo.post(back, (await ivo.get("/account")).values("/sign-out"))).status == 303


async def test_a27_the_address_of_a_stream_opens_nothing_to_who_has_it(running: Portal, ana: Remote) -> None:
    address = await ana.open_ticket("Endereço visto")
    async with following(ana, f"n,t{number(address)}") as page:
        copied = str(page.answer.request.url)
    assert copied == f"{running.url}/live?topics=n%2Ct{number(address)}&age=0"
    assert (await Remote(running.url).client.get(copied)).content == b""
    assert (await (await running.visited_by("Caio")).client.get(copied)).status_code == 404


async def test_a19_a_stream_ends_when_its_ticket_goes_out_of_sight(running: Portal, ana: Remote) -> None:
    address, lia, bia = await ana.open_ticket("Reservado"), *[await running.visited_by(who) for who in ("Lia", "Bia")]
    desk = f"/desk{address}"
    page = await lia.get(desk)
    [team] = {each.attributes["value"] for each in page.html.css("option") if folded(each) == "Ouvidoria"}
    values = {**page.values(f"{desk}/properties"), "team": team, "assignee": ""}
    async with following(bia, f"t{number(address)}") as followed:
        assert (await lia.post(f"{desk}/properties", values)).status == 303
        assert await followed.ends()
    assert (await bia.client.get(desk)).status_code == 404


async def test_a_stream_is_neither_compressed_nor_kept_back(running: Portal, ana: Remote) -> None:
    async with following(ana, "n") as page:
        headers = page.answer.headers
        assert (headers["content-type"], headers["x-accel-buffering"], headers["cache-control"]) == (
            "text/event-stream; charset=utf-8",
            "no",
            "no-store",
        )
        assert "content-encoding" not in headers

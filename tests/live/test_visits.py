"""A ticket followed by its code, in a frame or not: live updates as long as the visit lasts."""

import secrets
from collections.abc import Iterator

import pytest

from tests.browser.demonstration import Remote
from tests.client import Page
from tests.live.following import following_by_code
from tests.live.test_streams import said
from tests.resilience.portals import Portal, portal

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def running() -> Iterator[Portal]:
    with portal() as running:
        yield running


async def opened(browser: Remote) -> Page:
    """The receipt of a ticket opened in a frame."""
    page = await browser.get("/embed/new")
    category = page.attributes("select[name=category] option", "value")[1]
    typed = {"name": "Marta Reis", "body": f"Sobre {secrets.token_hex(8)}", "category": category}
    return await browser.send(page, "/embed/new", **typed)


async def followed(browser: Remote, receipt: Page) -> Page:
    """The page that follows it, by number and code."""
    page = await browser.get("/follow")
    typed = {"number": receipt.text(".number"), "code": receipt.text(".code")}
    return await browser.send(page, "/follow", **typed)


async def test_a_reply_is_told_to_the_frame_in_which_its_ticket_is_open(running: Portal) -> None:
    marta, bia = Remote(running.url), await running.visited_by("Bia")
    receipt = await opened(marta)
    number = receipt.text(".number")
    async with following_by_code(marta, await marta.send(receipt, "/embed/ticket")) as page:
        await said(bia, f"/desk/tickets/{number}")
        assert await page.until(f"t{number}")
    assert dict(marta.client.cookies) == {}


async def test_a27_the_address_of_the_stream_of_a_visit_names_nothing_and_opens_nothing(running: Portal) -> None:
    marta = Remote(running.url)
    async with following_by_code(marta, await marta.send(await opened(marta), "/embed/ticket")) as page:
        address = str(page.answer.request.url)
    assert address == f"{running.url}/embed/ticket/live"
    assert (await marta.client.get(address)).status_code == 405
    assert (await marta.post("/embed/ticket/live", {"visit": "x" * 43})).status == 404


async def test_a29_a_stream_ends_with_its_visit(running: Portal) -> None:
    marta = Remote(running.url)
    page = await followed(marta, await opened(marta))
    async with following_by_code(marta, page) as stream:
        assert (await marta.send(page, "/follow/end", follow=False)).status == 303
        assert await stream.ends()


async def test_a19_a_stream_ends_when_the_ticket_is_taken_over(running: Portal) -> None:
    marta, lia = Remote(running.url), await running.visited_by("Lia")
    receipt = await opened(marta)
    desk = f"/desk/tickets/{receipt.text('.number')}"
    async with following_by_code(marta, await followed(marta, receipt)) as stream:
        page = await lia.get(desk)
        moved = {**page.values(f"{desk}/correction"), "requester": "ana@aurora.example"}
        assert (await lia.post(f"{desk}/correction", moved)).status == 303
        assert await stream.ends()

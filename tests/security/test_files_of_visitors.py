"""Files of a ticket without an account: by its code, in a frame, by a link in a mail."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import NOW, seen
from tests.client import Browser, Page
from tests.kiosks.lobby import bound, follows, lobby, opened
from tests.mail.post_office import link_in, post_office, text_of, worked
from tests.pages.embed import test_frames as frames
from tests.security.world import UNKNOWN, told, upload
from tests.thumbnails.drawn import picture
from web.clock import set_now
from web.kiosks import settings
from web.kiosks.settings import KioskInput
from web.people.permissions import Actor
from web.tickets.actions import replies, resolution
from web.tickets.record.messages import NewMessage

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

BILL, PHOTO = b"%PDF-1.4 boleto", picture()
NAMES = {"boleto.pdf": BILL, "tela.png": PHOTO}


@dataclass
class Shown:
    """A page that shows files, to whom, and what else there is that it may not show."""

    page: Page
    browser: Browser = field(default_factory=Browser)
    others: list[int] = field(default_factory=list)

    def links(self) -> list[str]:
        return self.page.attributes("a.file", "href")

    def pictures(self) -> list[str]:
        return self.page.attributes(".file img", "src")


async def said(number: int, by: Actor, *, kind: str = "reply") -> list[int]:
    """Sends a message with files. Returns their numbers."""
    files = [await upload(by, name, content) for name, content in NAMES.items()]
    await getattr(replies, kind)(await seen(number, by), "Segue.", files=files, by=by, at=NOW)
    return files


async def by_code() -> Shown:
    place = await lobby()
    number, code = await opened(place.browser)
    other, _ = await opened(place.browser)
    bia, browser = place.people.bia, Browser()
    others = [*await said(number, bia, kind="note"), *await said(other, bia), await upload(bia, "so.pdf", BILL)]
    await said(number, bia)
    return Shown(await follows(browser, number, code), browser, others)


async def in_frame() -> Shown:
    people, browser = await frames.house(), Browser()
    receipt, other = [await frames.asks(browser, frames.QUERY) for _ in range(2)]
    number, about = int(receipt.text(".number")), int(other.text(".number"))
    others = [*await said(number, people.bia, kind="note"), *await said(about, people.bia)]
    await said(number, people.bia)
    return Shown(await browser.send(receipt, f"/embed/ticket{frames.QUERY}"), browser, others)


async def by_mail() -> Shown:
    """The link of a message about a solution; earlier messages need signing in."""
    people = await cast.enrol()
    set_now(NOW)
    number, other = [await cast.ticket(people.ana) for _ in range(2)]
    bia = people.bia
    others = [*await said(number, bia), *await said(number, bia, kind="note"), *await said(other, bia)]
    files = [await upload(bia, name, content) for name, content in NAMES.items()]
    await resolution.solve(await seen(number, bia), message=NewMessage("Segue.", files), by=bia, at=NOW)
    async with post_office() as office:
        await worked(office, NOW)
    [link] = [link_in(each) for each in office.to("ana@aurora.example") if "/answers/" in text_of(each)]
    browser = Browser()
    return Shown(await browser.get(link), browser, others)


@pytest.fixture(params=[by_code, in_frame, by_mail])
async def shown(request, database) -> Shown:
    return await request.param()


async def test_files_are_told_with_their_sizes_and_pictures_are_seen(shown):
    assert shown.page.texts(".file span") == ["boleto.pdf", "15 bytes", "tela.png", shown.page.texts(".file .quiet")[1]]
    assert len(shown.pictures()) == 1
    small = await shown.browser.client.get(shown.pictures()[0])
    assert (small.status_code, small.headers["content-type"]) == (200, "image/webp")


async def test_a21_a_file_is_downloaded_as_the_portal_gives_it_and_stays_in_no_browser(shown):
    answers = [await shown.browser.client.get(each) for each in (*shown.links(), *shown.pictures())]
    assert [each.content for each in answers[:2]] == [*NAMES.values()]
    assert [each.headers["content-disposition"].partition(";")[0] for each in answers] == [
        *("attachment", "inline", "inline")
    ]
    assert {each.headers["cache-control"] for each in answers} == {"no-store"}
    assert {each.headers["x-content-type-options"] for each in answers} == {"nosniff"}
    assert {each.headers["content-security-policy"] for each in answers} == {
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    }


async def test_a12_no_other_number_opens_a_file_and_all_are_answered_alike(shown):
    answers = []
    for address in (*shown.links(), *shown.pictures()):
        for number in (*shown.others, UNKNOWN, 0):
            asked = re.sub(r"/(attachments|thumbnails)/\d+", rf"/\1/{number}", address)
            answers.append(await shown.browser.client.get(asked))
    assert {each.status_code for each in answers} == {404}
    assert len({told(each, *shown.others, UNKNOWN) for each in answers}) == 1


async def test_a55_once_the_visit_or_the_link_is_over_nothing_opens(shown):
    set_now(NOW + timedelta(days=400))
    for address in (*shown.links(), *shown.pictures()):
        assert (await shown.browser.client.get(address)).status_code == 404


@pytest.mark.parametrize("begin", [by_code, in_frame])
async def test_a55_a_visit_is_not_kept_alive_by_its_files_once_it_is_over(begin, database):
    shown = await begin()
    set_now(NOW + timedelta(minutes=31))
    for address in (*shown.links(), *shown.pictures()):
        assert (await shown.browser.client.get(address)).status_code == 404


async def test_a12_by_a_code_only_the_browser_of_the_visit_opens_them(database):
    shown = await by_code()
    for address in (*shown.links(), *shown.pictures()):
        assert (await Browser().client.get(address)).status_code == 404


async def test_a12_in_a_frame_the_address_opens_files_and_nothing_else(database):
    shown = await in_frame()
    token = shown.links()[0].split("/")[3]
    visit = shown.page.values(f"/embed/ticket/replies{frames.QUERY}")["visit"]
    assert visit not in " ".join([*shown.links(), *shown.pictures()])
    form = shown.page.values(f"/embed/ticket/replies{frames.QUERY}") | {"visit": token, "body": "Oi"}
    for path in ("/embed/ticket", "/embed/ticket/replies", "/embed/ticket/news"):
        assert (await shown.browser.post(path, form)).status == 404
    for forged in (f"{token}0", token.replace(".", ".0"), f"9{token}", "%C3%A7", "1"):
        assert (await shown.browser.client.get(shown.links()[0].replace(token, forged))).status_code == 404


async def test_a55_at_a_kiosk_pictures_are_seen_and_no_file_is_left_on_the_device(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await said(number, place.people.bia)
    page = await follows(place.browser, number, code)
    shown = Shown(page, place.browser)
    assert (page.texts(".file span")[::2], shown.links(), len(shown.pictures())) == (["boleto.pdf", "tela.png"], [], 1)
    assert page.texts("#news > p")[-1] == "Os arquivos abrem no seu celular ou computador, com o número e o código."
    small = await place.browser.client.get(shown.pictures()[0])
    assert (small.status_code, small.headers["cache-control"]) == (200, "no-store")
    whole = shown.pictures()[0].replace("/thumbnails/", "/attachments/") + "/tela.png"
    assert (await place.browser.client.get(whole)).status_code == 404


async def test_a12_a_visit_at_one_kiosk_opens_no_picture_at_another(database):
    place = await lobby()
    number, code = await opened(place.browser)
    await said(number, place.people.bia)
    shown = Shown(await follows(place.browser, number, code), place.browser)
    other = await bound(await settings.add(KioskInput(name="Biblioteca"), by=place.people.admin, at=NOW), place.people)
    other.client.cookies.set("guiche-visit", place.browser.client.cookies["guiche-visit"])
    assert (await other.client.get(shown.pictures()[0])).status_code == 404

"""Attacks on kiosks and on codes of tickets."""

from datetime import timedelta

import pytest

from tests.cast import NOW, seen
from tests.client import HOME, Browser, browser_of
from tests.kiosks.lobby import asks, category, follows, lobby, opened
from web.clock import set_now
from web.database import fetch
from web.errors import Invalid, Throttled
from web.http.security import POLICY
from web.kiosks import codes
from web.people.privacy import erasing
from web.settings import settings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

HERE = "127.0.0.1"


async def test_a12_a_wrong_code_a_thousand_times_opens_nothing(database):
    place = await lobby()
    number, code = await opened(place.browser)
    assert await _guessed(number, 1_000, HERE) == [Invalid] * 10 + [Throttled] * 990
    page = await follows(Browser(), number, code)
    assert (page.status, page.texts(".field__error")) == (
        429,
        ["Foram muitas tentativas. Espere um minuto e tente de novo."],
    )
    set_now(NOW + timedelta(minutes=1))
    assert (await follows(Browser(), number, code)).path == "/follow/ticket"


async def test_a86_who_guesses_keeps_nobody_out_at_the_kiosk_or_in_another_network(database):
    place = await lobby()
    number, code = await opened(place.browser)
    for each in range(60):
        await _guessed(number, 2, f"198.51.100.{each}")
    assert await _guessed(number, 12, HERE) == [Invalid] * 10 + [Throttled] * 2
    assert (await follows(place.browser, number, code)).path == "/follow/ticket"
    assert await codes.check(number, code, network="203.0.113.9", at=NOW)


async def _guessed(number: int, times: int, network: str) -> list[type]:
    """The responses to `times` wrong codes from one network."""
    told = []
    for each in range(times):
        with pytest.raises((Invalid, Throttled)) as refused:
            await codes.check(number, f"AAAA{each:04}", network=network, at=NOW)
        told.append(type(refused.value))
    return told


async def test_a12_numbers_tried_from_one_network_are_slowed_whatever_they_are(database):
    await lobby()
    told = []
    for number in range(10_000, 10_040):
        with pytest.raises((Invalid, Throttled)) as refused:
            await codes.check(number, "AAAAAAAA", network="192.0.2.1", at=NOW)
        told.append(type(refused.value))
    assert told == [Invalid] * 30 + [Throttled] * 10


async def test_a33_no_code_is_kept_in_clear(database):
    place = await lobby()
    number, code = await opened(place.browser)
    rows = str([await fetch(f"SELECT * FROM {table}") for table in ("follow_code", "kiosk_visit", "kiosk")])
    assert [each for each in (code, code.replace("-", "")) if each in rows] == []
    for name in ("guiche-kiosk", "guiche-visit"):
        assert dict(place.browser.client.cookies)[name] not in rows
    assert number


async def test_a13_a_code_opens_one_ticket_and_no_page_of_the_portal(database):
    place = await lobby()
    number, code = await opened(place.browser)
    browser = Browser()
    await follows(browser, number, code)
    for path in ("/tickets", f"/tickets/{number}", "/account", "/notices"):
        assert (await browser.get(path)).path.startswith("/sign-in")


async def test_a20_a_file_of_an_earlier_visitor_is_not_given_to_a_later_one(database):
    place = await lobby()
    page = await asks(place.browser, phone="12", files=[("foto.jpg", b"\xff\xd8\xff\xe0 foto")])
    upload = page.attributes("[name=uploads]", "value")[0]
    browser = place.browser
    page = await browser.send(await browser.get("/kiosk/categories"), "/kiosk/visits", category=await category())
    page = await browser.send(page, "/kiosk/request", name="Outra", body="Nada a ver", uploads=upload)
    assert (page.status, page.texts(".summary a")) == (422, ["Foto"])
    assert await fetch("SELECT id FROM ticket") == []


async def test_a1_no_address_of_the_desk_is_sent_a_link(database):
    place = await lobby()
    page = await asks(place.browser, address=settings().sender)
    assert (page.status, page.texts(".summary a")) == (422, ["E-mail"])
    assert await fetch("SELECT id FROM outgoing") == []


async def test_a34_a_known_address_looks_like_an_unknown_one_at_the_kiosk(database):
    place, told = await lobby(), []
    for left in ("ana@aurora.example", "nova@sol.example"):
        receipt = await asks(place.browser, address=left)
        told.append((receipt.path, [each.replace(left, "…") for each in receipt.texts("main p")[3:]]))
    assert told == [("/kiosk/receipt", told[0][1])] * 2
    assert await fetch("SELECT count(*) AS sent FROM outgoing") == [{"sent": 2}]


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/categories", "/follow", "/kiosk/help"])
async def test_a55_a62_a64_pages_are_kept_nowhere_and_framed_by_nobody(path, database):
    place = await lobby()
    headers = (await place.browser.get(path)).response.headers
    assert (headers["cache-control"], headers["content-security-policy"]) == ("no-store", POLICY)
    assert "frame-ancestors 'none'" in POLICY


async def test_a61_cookies_of_kiosk_and_visit_are_for_our_pages_and_no_script(database):
    place = await lobby()
    page = await place.browser.get("/kiosk/categories")
    answer = await place.browser.send(page, "/kiosk/visits", follow=False, category=await category())
    told = answer.response.headers["set-cookie"]
    assert "HttpOnly" in told
    assert "samesite=strict" in told.lower()
    assert "max-age" not in told.lower()


async def test_a5_the_mail_to_an_address_that_was_typed_signs_nobody_in(database):
    place = await lobby()
    number, _ = await opened(place.browser, address="ana@aurora.example")
    [mail] = await fetch("SELECT body FROM outgoing WHERE recipient = 'ana@aurora.example'")
    links = [each.removeprefix(HOME) for each in mail["body"].split() if each.startswith(HOME)]
    assert [link.rpartition("/")[0] for link in links] == ["/follow/claims"]
    browser = Browser()
    assert (await browser.send(await browser.get(links[0]), links[0])).text("h1") == "Pronto"
    assert (await browser.get(f"/tickets/{number}")).path.startswith("/sign-in")


async def test_a39_what_is_written_in_html_is_shown_as_it_was_typed(database):
    place = await lobby()
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)> <b>negrito</b>"
    number, code = await opened(place.browser, body=typed, name="<i>Marta</i>")
    page = await follows(place.browser, number, code)
    assert typed in page.texts(".message__body")[0]
    assert page.html.css("main script, main img, main b, main i") == []


async def test_a56_a_picture_that_says_it_is_immense_is_kept_as_it_came_and_unpacked_by_nobody(database):
    place = await lobby()
    size = (30_000).to_bytes(4, "big")
    bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + size + b"\x08\x02\x00\x00\x00" + bytes(2_000)
    number, _ = await opened(place.browser, files=[("foto.png", bomb), ("fotos.zip", b"PK\x03\x04" + bytes(2_000))])
    kept = await fetch("SELECT name, size FROM attachment WHERE message IS NOT NULL ORDER BY id")
    assert [(each["name"], each["size"]) for each in kept] == [("foto.png", len(bomb)), ("fotos.zip", 2_004)]
    desk = await (await browser_of(place.people.bia)).get(f"/desk/tickets/{number}")
    assert desk.texts(".file span:first-of-type") == ["foto.png", "fotos.zip"]


async def test_a79_of_who_was_erased_no_code_opens_anything(database):
    place = await lobby()
    number, code = await opened(place.browser)
    ticket, browser = await seen(number, place.people.bia), Browser()
    assert (await follows(browser, number, code)).path == "/follow/ticket"
    await erasing.erase(ticket.requester, called="Pessoa apagada", by=place.people.admin, at=NOW)
    assert (await browser.get("/follow/ticket")).path == "/follow"
    assert (await follows(Browser(), number, code)).status == 422
    assert [await fetch(f"SELECT id FROM {table}") for table in ("kiosk_visit", "follow_code")] == [[], []]


async def test_a38_another_site_ends_no_visit_and_calls_nobody(database):
    place = await lobby()
    for path in ("/follow/end", "/kiosk/calls", "/kiosk/visits"):
        answer = await place.browser.post(path, {}, headers={"Origin": "https://mal.example"})
        assert answer.status == 403
    assert await fetch("SELECT id FROM outgoing") == []

"""The token of a kiosk: rotated, kept after a lost response or a power cut, and a copy is noticed."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.client import Browser, browser_of
from tests.kiosks.lobby import Lobby, lobby
from web.clock import set_now
from web.database import fetch

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("storage")]

COOKIE = "guiche-kiosk"


def token(browser: Browser) -> str:
    return dict(browser.client.cookies)[COOKIE]


def with_token(kept: str) -> Browser:
    browser = Browser()
    browser.client.cookies.set(COOKIE, kept, domain="127.0.0.1")
    return browser


async def at_home(browser: Browser, *, minutes: int) -> int:
    """The status of the start page, `minutes` after the device was bound."""
    set_now(NOW + timedelta(minutes=minutes))
    return (await browser.get("/kiosk")).status


async def test_the_token_turns_after_an_hour_and_the_old_one_is_good_until_the_new_one_has_settled(database):
    place = await lobby()
    first = token(place.browser)
    assert [await at_home(place.browser, minutes=each) for each in (1, 59)] == [200, 200]
    assert token(place.browser) == first
    assert await at_home(place.browser, minutes=61) == 200
    second = token(place.browser)
    assert second != first
    assert await at_home(with_token(first), minutes=62) == 200
    assert await at_home(place.browser, minutes=62) == 200
    assert await at_home(place.browser, minutes=64) == 200
    assert token(place.browser) == second


async def test_a_device_that_lost_its_power_before_it_kept_the_new_token_goes_on_with_the_old_one(database):
    place = await lobby()
    first = token(place.browser)
    await at_home(place.browser, minutes=61)
    again = with_token(first)
    assert await at_home(again, minutes=70) == 200
    assert token(again) != first
    assert await at_home(again, minutes=80) == 200


async def test_a_copied_token_ends_both_devices_and_the_administrators_are_told_once(database):
    place = await lobby()
    copied = with_token(token(place.browser))
    for minutes in (61, 64):
        await at_home(place.browser, minutes=minutes)
    assert [await at_home(copied, minutes=65), await at_home(place.browser, minutes=66)] == [404, 404]
    assert await at_home(copied, minutes=67) == 404
    mails = await fetch("SELECT recipient, subject FROM outgoing")
    assert mails == [{"recipient": "admin@guiche.example", "subject": "O quiosque Recepção foi desligado"}]
    assert await _told(place) == {"Recepção": f"/desk/settings/kiosks/{place.number}"}


async def test_a_thief_who_is_first_is_found_out_by_the_device_itself(database):
    place = await lobby()
    thief = with_token(token(place.browser))
    for minutes in (61, 64):
        await at_home(thief, minutes=minutes)
    assert [await at_home(place.browser, minutes=65), await at_home(thief, minutes=66)] == [404, 404]


@pytest.mark.parametrize("made_up", ["", "x", "1.1.x.y", "1.1.1", "\u00e9", "0" * 5000])
async def test_a_token_that_is_not_ours_is_no_kiosk_and_ends_none(made_up, database):
    place = await lobby()
    made_up = made_up or token(place.browser)[:-1] + "z"
    stranger = Browser()
    answer = await stranger.client.get("/kiosk", headers={"Cookie": f"{COOKIE}={made_up}".encode()})
    assert answer.status_code == 404
    assert await at_home(place.browser, minutes=1) == 200


async def test_a_token_of_an_earlier_binding_ends_nothing(database):
    place = await lobby()
    old = with_token(token(place.browser))
    ivo = await browser_of(place.people.admin)
    at = f"/desk/settings/kiosks/{place.number}"
    shown = await ivo.send(await ivo.get(at), f"{at}/links")
    link = shown.text("code.secret").removeprefix("http://127.0.0.1:8000")
    new = Browser()
    await new.send(await new.get(link), link)
    assert [await at_home(old, minutes=1), await at_home(new, minutes=2)] == [404, 200]
    assert await fetch("SELECT id FROM outgoing") == []


async def _told(place: Lobby) -> dict[str, str]:
    page = await (await browser_of(place.people.admin, at=NOW + timedelta(hours=2))).get("/notices")
    return {name: address for name, address in page.links().items() if "kiosks" in address}

"""A kiosk in a lobby, and browsers bound to it."""

from dataclasses import dataclass
from typing import Any

from tests import cast
from tests.cast import NOW
from tests.client import Browser, Page
from web.clock import set_now
from web.database import fetch
from web.demo.cast import Cast
from web.kiosks import settings
from web.kiosks.settings import KioskInput


@dataclass
class Lobby:
    """The people of the desk, a kiosk, and the browser of its device."""

    people: Cast
    number: int
    browser: Browser


async def lobby(*, team: str = "", **wanted: Any) -> Lobby:
    people = await cast.enrol()
    set_now(NOW)
    if team:
        wanted["team"] = (await fetch("SELECT id FROM team WHERE name = {}", team))[0]["id"]
    if "categories" in wanted:
        wanted["categories"] = [await category(each) for each in wanted["categories"]]
    number = await settings.add(KioskInput(**{"name": "Recepção", **wanted}), by=people.admin, at=NOW)
    return Lobby(people, number, await bound(number, people))


async def bound(number: int, people: Cast) -> Browser:
    """A browser that opened a new binding link of the kiosk."""
    browser = Browser()
    token = await settings.give_link(number, by=people.admin, at=NOW)
    page = await browser.get(f"/kiosk/bindings/{token}")
    await browser.send(page, f"/kiosk/bindings/{token}")
    return browser


async def category(name: str = "Cobrança") -> int:
    return (await fetch("SELECT id FROM category WHERE name = {}", name))[0]["id"]


async def asks(browser: Browser, **typed: Any) -> Page:
    """Opens a ticket at the kiosk. Returns the receipt, or the form with its errors."""
    chosen = await category()
    page = await browser.get("/kiosk/categories")
    page = await browser.send(page, "/kiosk/visits", category=chosen)
    files = typed.pop("files", ())
    wanted = {"name": "Marta Reis", "body": "O boleto não abre.", **typed}
    return await browser.send(page, "/kiosk/request", files=files, **wanted)


async def opened(browser: Browser, **typed: Any) -> tuple[int, str]:
    """The number and the code on the receipt."""
    receipt = await asks(browser, **typed)
    return int(receipt.text(".number")), receipt.text(".code")


async def follows(browser: Browser, number: object, code: str) -> Page:
    return await browser.send(await browser.get("/follow"), "/follow", number=number, code=code)

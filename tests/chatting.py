"""Builders for chats: turned on by an administrator, started by a visitor."""

from datetime import datetime

from tests.cast import NOW, subject
from tests.client import Browser, Page
from web.brand import brand
from web.demo.cast import Cast
from web.people.permissions import Actor
from web.tickets.life.states import Channel
from web.tickets.requests import chats, submission
from web.tickets.requests.categories import filter_choices
from web.tickets.requests.drafts import Request
from web.tickets.settings.chats import choose

FIRST = "Bom dia, meu boleto não abre."


async def turned_on(people: Cast, category: str = "Cobrança", *, at: datetime = NOW) -> int:
    """Turns chat on. Returns the number of its category."""
    numbers = {name: number for number, name in (await filter_choices(people.admin))[0]}
    await choose(numbers[category], seen=brand.known().version, by=people.admin, at=at)
    return numbers[category]


async def turned_off(people: Cast) -> None:
    await choose(None, seen=brand.known().version, by=people.admin, at=NOW)


async def begun(browser: Browser, said: str = FIRST) -> Page:
    """Starts a chat with this message. Returns its page."""
    return await browser.send(await browser.get("/chat"), "/chat", body=said)


async def chat_of(person: Actor, said: str = FIRST, *, at: datetime = NOW) -> int:
    """Starts a chat without its page. Returns its number."""
    return (await chats.say(said, by=person, at=at)).ticket


async def another_of(person: Actor) -> int:
    """A second chat of the same person, which no page would start."""
    about, _ = await subject()
    made = await submission.open_ticket(Request(FIRST, FIRST, about, channel=Channel.CHAT), by=person, at=NOW)
    return made.ticket


async def retired(lead: Browser, category: int) -> None:
    """Retires the category, as a lead does on its page."""
    address = f"/desk/settings/categories/{category}"
    await lead.send(await lead.get(address), address, is_active=())  # unticked


def number_in(page: Page) -> int:
    return int(page.path.rpartition("/")[2].partition("?")[0])

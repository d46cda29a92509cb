"""Answers requests for a link by e-mail, each with one message, so that the page does not reveal who has an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from web.database import columns_of, fetch_as, fetch_column, transaction
from web.notifications.outbox import Render, write
from web.people import accounts, one_time_links
from web.people.one_time_links import Purpose
from web.people.tables import Person
from web.settings import settings

UNKNOWN_ADDRESS_EVERY = timedelta(days=1)
KNOWN_ADDRESS_EVERY = timedelta(minutes=1)


async def answer_link_requests(at: datetime, *, render: Render) -> int:
    """Answers each request with one message: the link, or how to begin. Returns how many it answered."""
    asked = await fetch_column(int, "SELECT id FROM link_request ORDER BY id LIMIT 50")
    for number in asked:
        async with transaction():
            await _answer(number, at=at, render=render)
    return len(asked)


@dataclass(frozen=True)
class _Wish:
    """A request for a link: the typed address, the browser it came from, and where that was going."""

    purpose: str
    identifier: str
    name: str
    cnpj: str
    browser: str
    person: int | None
    onward: str

    @property
    def typed(self) -> dict[str, str]:
        return {"name": self.name, "cnpj": self.cnpj, "browser": self.browser}


_WISH = ", ".join(columns_of(_Wish))


async def _answer(number: int, *, at: datetime, render: Render) -> None:
    taken = await fetch_as(_Wish, f"DELETE FROM link_request WHERE id = {{}} RETURNING {_WISH}", number)
    for wish in taken:
        if wish.purpose == Purpose.ADDRESS:
            await _answer_address(wish, at=at, render=render)
        else:
            await _answer_entrance(wish, at=at, render=render)


async def _answer_entrance(wish: _Wish, *, at: datetime, render: Render) -> None:
    person = await accounts.find(wish.identifier)
    every = KNOWN_ADDRESS_EVERY if person else UNKNOWN_ADDRESS_EVERY
    if not await _was_told(wish.identifier, since=at - every):
        await _write_link(wish, person, at=at, render=render)
    elif wish.purpose == Purpose.SIGN_UP:
        await one_time_links.update_wish(wish.identifier, **wish.typed)


async def _write_link(wish: _Wish, person: Person | None, *, at: datetime, render: Render) -> None:
    purpose, template = await _meant(Purpose(wish.purpose), person)
    opens = person.id if person and purpose is not Purpose.SIGN_UP else None
    token = await one_time_links.make(purpose, wish.identifier, person=opens, **wish.typed, at=at)
    link = f"{settings().base_url}/claim/{token}" + (f"?{urlencode({'next': wish.onward})}" if wish.onward else "")
    subject, _, body = render(f"mail/{template}.txt", link=link).partition("\n\n")
    await write(wish.identifier, subject, body, at=at)


async def _answer_address(wish: _Wish, *, at: datetime, render: Render) -> None:
    """Sends nothing to an address that already belongs to somebody, because its owner did not ask for anything."""
    address = wish.identifier
    if await accounts.is_known(address) or await _was_told(address, since=at - UNKNOWN_ADDRESS_EVERY):
        return
    token = await one_time_links.make(Purpose.ADDRESS, address, person=wish.person, browser=wish.browser, at=at)
    link = f"{settings().base_url}/account/confirmations/{token}"
    subject, _, body = render("mail/address.txt", link=link).partition("\n\n")
    await write(address, subject, body, at=at)


async def _meant(wanted: Purpose, person: Person | None) -> tuple[Purpose, str]:
    """The purpose of the link, and the template of the message."""
    if person is None:
        return Purpose.SIGN_UP, "sign_up" if wanted is Purpose.SIGN_UP else "unknown"
    if wanted is Purpose.SIGN_UP and await accounts.is_settled(person.id):
        return Purpose.PASSWORD, "password"
    return wanted, wanted.value


async def _was_told(address: str, *, since: datetime) -> bool:
    """Whether a link was sent to the address since. An invitation does not count."""
    sought = (
        "SELECT one_time_link.id FROM one_time_link JOIN outgoing ON outgoing.recipient = one_time_link.address "
        "AND outgoing.made_at > {} WHERE one_time_link.address = {} AND one_time_link.made_at > {} LIMIT 1"
    )
    return bool(await fetch_column(int, sought, since, address, since))

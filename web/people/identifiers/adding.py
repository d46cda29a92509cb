"""Adds an e-mail address to one's own account, once its owner opens a link sent to it, and removes it."""

from datetime import datetime

from web import audit
from web.database import fetch_column, transaction
from web.errors import Invalid, refuse
from web.people import accounts, one_time_links, sign_in
from web.people.directory import search_words
from web.people.identifiers.addresses import is_address
from web.people.one_time_links import Purpose
from web.people.permissions import Actor
from web.people.tables import OneTimeLink

MOST = 10


async def ask(address: str, *, current: str, browser: str, network: str, by: Actor, at: datetime) -> None:
    """Sends a link to the address, unless it is in use. The answer is the same in both cases."""
    address = accounts.normal(address)
    refuse({"address": _refusal(address, len(await accounts.identities(by.id)))})
    await sign_in.reauthenticate(by, current, at=at)
    await one_time_links.request(Purpose.ADDRESS, address, browser=browser, person=by.id, network=network, at=at)


async def confirm(token: str, *, by: Actor, at: datetime) -> None:
    """Adds the address. Raises `NotFound` for an invalid link, `Invalid` if the address belongs to somebody else."""
    link = await one_time_links.find_added(token, at, by=by)
    async with transaction():
        await one_time_links.spend(link)
        made = await fetch_column(int, _CONFIRMED, by.id, link.address, at)
        if not made:
            raise Invalid("address", "in_use")
        await search_words.index_person(by.id)
    audit.note("address_added", person=by.id)


_CONFIRMED = (
    "INSERT INTO identity (person, kind, value, verified_at) VALUES ({}, 'email', {}, {}) "
    "ON CONFLICT (value) DO NOTHING RETURNING id"
)


async def remove(address: str, *, current: str, by: Actor, at: datetime) -> None:
    """Removes an address and invalidates links sent to it. The last address always stays."""
    known = [each.value for each in await accounts.identities(by.id)]
    refuse({"address": None if address in known else "unknown"})
    await sign_in.reauthenticate(by, current, at=at)
    async with transaction():
        left = await fetch_column(int, _REMOVED, by.id, address)
        if not left:
            raise Invalid("address", "last_address")
        await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.address == address)
        await search_words.index_person(by.id)
    audit.note("address_removed", person=by.id)


_REMOVED = (
    "DELETE FROM identity WHERE person = {} AND value = {} AND EXISTS (SELECT 1 FROM identity other "
    "WHERE other.person = identity.person AND other.id <> identity.id AND other.verified_at IS NOT NULL) "
    "RETURNING id"
)


def _refusal(address: str, known: int) -> str | None:
    if not address:
        return "missing"
    if not is_address(address):
        return "not_an_address"
    if accounts.is_the_desks(address):
        return "desks_address"
    return "too_many_addresses" if known >= MOST else None

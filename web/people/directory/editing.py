"""Changes of a person by the desk: name, zone, sign-in names."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import fetch_as, fetch_column
from web.errors import Invalid, refuse
from web.people import accounts, one_time_links
from web.people.directory.changing import changing, locked
from web.people.identifiers.adding import MOST
from web.people.identifiers.addresses import is_address
from web.people.identifiers.logins import wrong_login
from web.people.names import checked_name
from web.people.one_time_links import Purpose
from web.people.permissions import Actor, Role
from web.people.tables import Identity, OneTimeLink, Person


@dataclass(frozen=True)
class UnconfirmedAddress:
    """An address whose owner has to open a link first; `known` are the person's existing addresses."""

    address: str
    token: str
    known: list[str]


@dataclass(frozen=True)
class _Identity:
    """A sign-in name."""

    id: int
    value: str
    is_verified: bool


async def revise(number: int, *, name: str, zone: str | None, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Changes name and zone. Raises `Invalid`, `NotFound`, `NotPermitted`, and `Overtaken` after changes by others."""
    async with changing(number, seen=seen, by=by, at=at) as person:
        name = checked_name(name, role=Role(person.role))
        await Person.update({Person.name: name, Person.zone: zone}).where(Person.id == number)


async def add_login(number: int, login: str, *, by: Actor, at: datetime) -> None:
    """Adds an organization login, which is valid at once because the desk vouches for it."""
    login = accounts.normal(login)
    async with changing(number, by=by, at=at):
        refuse({"identity": await _wrong(number, login) or wrong_login(login)})
        await accounts.identify(number, login, field="identity", verified_at=at)
    audit.note("login_added", person=by.id, to=number)


async def offer(number: int, address: str, *, by: Actor, at: datetime) -> UnconfirmedAddress:
    """Offers an address, which is added once the link is opened. Its token is for a message to that address only."""
    address = accounts.normal(address)
    person = await locked(number, by=by)
    known = await _identities(number)
    refuse({"identity": await _wrong(number, address) or _wrong_address(address)})
    if not person.is_active:
        raise Invalid("identity", "inactive_person")
    token = await one_time_links.make(Purpose.DESK_ADDRESS, address, person=number, at=at)
    audit.note("address_offered", person=by.id, to=number)
    return UnconfirmedAddress(address, token, [each.value for each in known if each.is_verified and "@" in each.value])


async def waiting(number: int, at: datetime) -> list[str]:
    """Addresses whose link was not opened yet."""
    return await fetch_column(
        str,
        "SELECT DISTINCT address FROM one_time_link WHERE person = {} AND purpose = {} AND token_hash IS NOT NULL "
        "AND ends_at > {} ORDER BY address",
        number,
        Purpose.DESK_ADDRESS.value,
        at,
    )


async def remove(number: int, identity: int | None, *, by: Actor, at: datetime) -> None:
    """Removes a sign-in name and invalidates links sent to it. Raises `Invalid` for the last one."""
    async with changing(number, by=by, at=at):
        known = await _identities(number)
        gone = next((each for each in known if each.id == identity), None)
        if gone is None:
            raise Invalid("identity", "unknown")
        left = [each for each in known if each is not gone]
        if not any(each.is_verified or not gone.is_verified for each in left):
            raise Invalid("identity", "last_way_in")
        await Identity.delete().where(Identity.id == gone.id)
        await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.address == gone.value)
    audit.note("identity_removed", person=by.id, to=number)


async def check(number: int, identity: str) -> None:
    """Raises `Invalid` if the person cannot get this address or login."""
    value = accounts.normal(identity)
    wrong_value = _wrong_address if "@" in value else wrong_login
    refuse({"identity": await _wrong(number, value) or wrong_value(value)})


async def _wrong(number: int, value: str) -> str | None:
    if not value:
        return "missing"
    if len(await _identities(number)) >= MOST:
        return "too_many_addresses"
    return "person_known" if await accounts.is_known(value) else None


def _wrong_address(address: str) -> str | None:
    if not is_address(address):
        return "not_an_address"
    return "desks_address" if accounts.is_the_desks(address) else None


async def _identities(number: int) -> list[_Identity]:
    return await fetch_as(
        _Identity,
        "SELECT id, value, verified_at IS NOT NULL AS is_verified FROM identity WHERE person = {} ORDER BY kind, value",
        number,
    )

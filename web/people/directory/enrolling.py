"""Creates people for the desk, and invites them to set their password."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import fetch_as, fetch_column, within
from web.errors import NotPermitted, refuse
from web.people import accounts, memberships, names, one_time_links
from web.people.directory import changing, search_words
from web.people.identifiers.addresses import is_address
from web.people.identifiers.logins import wrong_login
from web.people.one_time_links import Purpose
from web.people.permissions import Actor, Role, Sees, may_change
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, record_change


@dataclass(frozen=True)
class NewPerson:
    """A person to create, with an e-mail address (`identifier`), an organization login, or both."""

    name: str
    identifier: str = ""
    login: str = ""
    organization: int | None = None
    role: Role = Role.REQUESTER


@dataclass(frozen=True)
class Invitation:
    """A link that sets a password; `address` is where to send it, empty if it has to be handed over."""

    name: str
    address: str
    token: str


@dataclass(frozen=True)
class KnownPerson:
    """An existing person whom the form would have duplicated."""

    id: int
    name: str


async def known(*identities: str) -> list[KnownPerson]:
    """The person who already has one of these addresses or logins."""
    return await fetch_as(
        KnownPerson,
        "SELECT p.id, p.name FROM person p WHERE p.id IN (SELECT person FROM identity WHERE value IN ({}, {})) "
        "ORDER BY p.id",
        *(accounts.normal(each) for each in (*identities, "", "")[:2]),
    )


async def enrol(wanted: NewPerson, *, by: Actor, at: datetime) -> int:
    """Creates a person. Returns the id. Their address is valid once they open a link sent to it, a login at once.

    Raises `NotPermitted` for a role that `by` may not give, `Invalid` for wrong values and for a known person.
    """
    if not may_change(by, wanted.role):
        raise NotPermitted("role")
    address, login = accounts.normal(wanted.identifier), accounts.normal(wanted.login)
    async with within():
        await check(wanted)
        person = await accounts.insert(names.checked_name(wanted.name, role=wanted.role), [], role=wanted.role, at=at)
        for field, value, verified_at in (("identifier", address, None), ("login", login, at)):
            if value:
                await accounts.identify(person, value, field=field, verified_at=verified_at)
        await search_words.add("person", person, [address, login])
        if wanted.organization is not None:
            await memberships.add(person, wanted.organization, sees=Sees.OWN, at=at)
        after = await changing.told(person)
        await record_change(Kind.PERSON, person, Personal(str(after["name"]), person), None, after, by=by.id, at=at)
    audit.note("person_made", person=by.id, to=person, role=wanted.role)
    return person


async def invite(person: int, *, by: Actor, at: datetime) -> Invitation:
    """Creates a link to set a password, and invalidates earlier ones to the same address.

    Raises `Invalid` for deactivated people and for robots, `NotFound`, `NotPermitted`.
    """
    async with within():
        subject = await changing.locked(person, by=by)
        values = await fetch_column(str, _DOORS, person)
        is_inactive = not subject.is_active or subject.is_robot
        refuse({"identifier": "inactive_person" if is_inactive else None if values else "missing"})
        token = await one_time_links.make(Purpose.INVITATION, values[0], person=person, at=at)
    audit.note("invited", person=by.id, to=person)
    return Invitation(subject.name, values[0] if "@" in values[0] else "", token)


async def check(wanted: NewPerson) -> None:
    """Raises `Invalid` for wrong values and for a known person."""
    address, login = accounts.normal(wanted.identifier), accounts.normal(wanted.login)
    refuse(
        {
            "name": names.wrong_name(wanted.name, role=wanted.role),
            "identifier": await _wrong_address(address, login),
            "login": (wrong_login(login) or await _in_use(login)) if login else None,
        }
    )


async def _wrong_address(address: str, login: str) -> str | None:
    if not address:
        return None if login else "missing"
    if not is_address(address):
        return "not_an_address"
    return "desks_address" if accounts.is_the_desks(address) else await _in_use(address)


async def _in_use(value: str) -> str | None:
    return "person_known" if await accounts.is_known(value) else None


_DOORS = (
    "SELECT value FROM identity WHERE person = {} "
    "ORDER BY CASE WHEN kind <> 'email' THEN 2 WHEN verified_at IS NULL THEN 1 ELSE 0 END, id"
)
"""A person's sign-in names: verified addresses first, then other addresses, then logins."""

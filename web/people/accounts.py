"""Accounts of people: creation, search by sign-in name, names, passwords."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import fetch_as, fetch_column, transaction
from web.errors import Invalid, NotFound, refuse
from web.people.directory import search_words
from web.people.identifiers import desk_addresses
from web.people.identifiers.addresses import address_in, is_address
from web.people.names import LONGEST_NAME, checked_name, names_the_desk
from web.people.passwords import hashing
from web.people.permissions import Actor, Role
from web.people.tables import Identity, KnownBrowser, OneTimeLink, Person, Session


@dataclass(frozen=True)
class IdentityShown:
    """A sign-in name of a person."""

    kind: str
    value: str
    verified_at: datetime | None


TOLD_APART = """CASE WHEN EXISTS (SELECT 1 FROM person twin WHERE twin.name = person.name AND twin.id <> person.id)
 THEN person.name || ' (' || COALESCE((SELECT min(value) FROM identity WHERE identity.person = person.id),
 CAST(person.id AS TEXT)) || ')' ELSE person.name END"""
"""The name of a row of `person`, with an address if somebody else has the same name."""


async def create(
    name: str,
    identifiers: list[str],
    *,
    role: Role = Role.REQUESTER,
    is_robot: bool = False,
    password: str | None = None,
    at: datetime,
) -> int:
    """Creates a person. Returns the id.

    Raises `Invalid` for a wrong name, and without an address that can be theirs; robots need none.
    """
    name = checked_name(name, role=role)
    is_unknown = not is_robot and not (identifiers and all(map(normal, identifiers)))
    refuse({"identifier": "missing" if is_unknown else None})
    kept = await hashing.hashed(password) if password else None
    async with transaction():
        person = await insert(name, identifiers, role=role, is_robot=is_robot, password=kept, at=at)
    if role is not Role.REQUESTER:
        audit.note("role", person=None, to=person, role=role)
    return person


async def find_or_create(address: str, *, at: datetime) -> int:
    """The person of an e-mail address. For an unknown address, a person without a password is created.

    Call it inside a transaction.
    """
    known = await owner_of(address)
    if known is not None:
        return known
    local = address.split("@", maxsplit=1)[0][:LONGEST_NAME]
    return await insert(address if names_the_desk(local) else local, [address], verified=False, at=at)


async def find(value: str) -> Person | None:
    """The active person who signs in with this e-mail address or organization login."""
    person: Person | None = (
        await Person.objects()
        .where(Person.id.is_in(Identity.select(Identity.person).where(Identity.value == normal(value))))
        .where(Person.is_active == True)  # noqa: E712 - a column, not a truth value
        .first()
    )
    return person


async def number_of(field: str, value: str) -> int:
    """The id of the active person with this sign-in name. Raises `Invalid` for that field with the reason."""
    person = await number_even_if_inactive(value, field=field)
    if not await is_active(person):
        raise Invalid(field, "inactive_person")
    return person


async def number_even_if_inactive(value: str, *, field: str = "identifier") -> int:
    """The id of the person with this sign-in name, active or not. Raises `Invalid`."""
    known = await owner_of(value)
    if known is None:
        raise Invalid(field, "unknown_person")
    return known


async def is_known(value: str) -> bool:
    """Whether anybody, active or not, has this e-mail address or organization login."""
    return await owner_of(value) is not None


async def owner_of(value: str) -> int | None:
    """The person, active or not, of an e-mail address or organization login."""
    known = await fetch_column(int, "SELECT person FROM identity WHERE value = {}", normal(value))
    return known[0] if known else None


async def name_of(person: int) -> str:
    return (await fetch_column(str, "SELECT name FROM person WHERE id = {}", person))[0]


async def identities(person: int) -> list[IdentityShown]:
    return await fetch_as(
        IdentityShown, "SELECT kind, value, verified_at FROM identity WHERE person = {} ORDER BY kind, value", person
    )


async def address_of(person: int) -> str:
    """The person's e-mail address, or else their organization login."""
    known = await identities(person)
    return known[0].value if known else ""


async def has_password(person: int) -> bool:
    return bool(await fetch_column(int, "SELECT 1 AS one FROM person WHERE id = {} AND password IS NOT NULL", person))


async def is_active(person: int) -> bool:
    return bool(await fetch_column(int, "SELECT 1 AS one FROM person WHERE id = {} AND is_active", person))


async def is_settled(person: int) -> bool:
    """Whether they have signed up themselves, instead of being only an address that others typed."""
    return bool(
        await fetch_column(
            int,
            "SELECT 1 AS one FROM person p WHERE p.id = {} AND (p.password IS NOT NULL "
            "OR EXISTS (SELECT 1 FROM identity i WHERE i.person = p.id AND i.verified_at IS NOT NULL))",
            person,
        )
    )


def is_the_desks(address: str) -> bool:
    """Whether messages to it reach the desk. A person with this address would cause mail loops."""
    local, _, host = normal(address).partition("@")
    return f"{local.partition('+')[0]}@{host}" in desk_addresses.known()


async def rename(by: Actor, *, name: str) -> None:
    """Changes one's own name. Raises `Invalid`."""
    name = checked_name(name, role=by.role)
    async with transaction():
        await Person.update({Person.name: name}).where(Person.id == by.id)
        await search_words.index_person(by.id)


async def zone_of(by: Actor) -> str | None:
    """The zone that they chose themselves."""
    return next(iter(await fetch_column(str, "SELECT zone FROM person WHERE id = {} AND zone <> ''", by.id)), None)


async def choose_zone(by: Actor, zone: str | None) -> None:
    """Sets the zone in which they see times; None for that of their organization or of the installation."""
    await Person.update({Person.zone: zone}).where(Person.id == by.id)


async def set_password(person: int, kept: str) -> None:
    """Sets the password. Every session ends, and every link sent before it.

    No browser is trusted any more, because somebody else may have known the old password.
    """
    await Person.update({Person.password: kept}).where(Person.id == person)
    await Session.delete().where(Session.person == person)
    await KnownBrowser.delete().where(KnownBrowser.person == person)
    await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.person == person)


async def name_newcomer(person: int, name: str) -> None:
    """Names a person who was known only by an address that others typed. Nobody else is renamed."""
    renamed = await fetch_column(
        int,
        "UPDATE person SET name = {} WHERE id = {} AND password IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM identity i WHERE i.person = person.id AND i.verified_at IS NOT NULL) RETURNING id",
        name,
        person,
    )
    if renamed:
        await search_words.index_person(person)


async def verify_identity(person: int, address: str, at: datetime) -> None:
    """Marks the address as verified, because the link was sent to it.

    Does nothing if it now belongs to somebody else.
    """
    verified = await fetch_column(
        int,
        "UPDATE identity SET verified_at = COALESCE(verified_at, {}) WHERE person = {} AND value = {} "
        "AND person IN (SELECT id FROM person WHERE is_active) RETURNING id",
        at,
        person,
        address,
    )
    if not verified:
        raise NotFound("link")


async def insert(
    name: str,
    identifiers: list[str],
    *,
    role: Role = Role.REQUESTER,
    is_robot: bool = False,
    password: str | None = None,
    verified: bool = True,
    at: datetime,
) -> int:
    sort_name = search_words.sort_name(name)
    person = Person(name=name, sort_name=sort_name, role=role, is_robot=is_robot, password=password, created_at=at)
    await person.save()
    for value in map(normal, identifiers):
        await identify(person.id, value, field="identifier", verified_at=at if verified else None)
    await search_words.add("person", person.id, [name, *map(normal, identifiers)])
    return int(person.id)


async def identify(person: int, value: str, *, field: str, verified_at: datetime | None) -> None:
    """Adds a sign-in name. Raises `Invalid` for that field if it is malformed or somebody else's."""
    if is_the_desks(value):
        raise Invalid(field, "desks_address")
    if "@" in value and not is_address(value):
        raise Invalid(field, "not_an_address")
    made = await fetch_column(int, _IDENTIFIED, person, "email" if "@" in value else "login", value, verified_at)
    if not made:
        raise Invalid(field, "in_use")


_IDENTIFIED = (
    "INSERT INTO identity (person, kind, value, verified_at) VALUES ({}, {}, {}, {}) "
    "ON CONFLICT (value) DO UPDATE SET verified_at = COALESCE(identity.verified_at, excluded.verified_at) "
    "WHERE identity.person = excluded.person RETURNING id"
)


def normal(identifier: str) -> str:
    """Normalizes a sign-in name for comparison: in lower case, without characters that come along when pasted."""
    return address_in(identifier).casefold()

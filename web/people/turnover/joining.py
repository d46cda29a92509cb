"""How people come to an organization: they ask and are confirmed, or are invited and accept."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import execute, fetch_as, fetch_column, transaction
from web.errors import Invalid, NotFound
from web.people import accounts
from web.people.identifiers.addresses import is_address
from web.people.permissions import Actor, Sees


@dataclass(frozen=True)
class Invitation:
    """A membership that somebody is offered."""

    id: int
    organization_name: str


@dataclass(frozen=True)
class Invited:
    """Whom a letter of invitation goes to, and about which organization."""

    address: str
    organization_name: str
    cnpj: str


async def request(person: int, organization: int, *, at: datetime) -> None:
    """Asks to join: nothing opens before who manages the organization confirms it, unless they invited the person."""
    await _put(person, organization, "asked_at", at=at)
    await execute(
        "UPDATE membership SET confirmed_at = {} "
        "WHERE person = {} AND organization = {} AND invited_at IS NOT NULL AND confirmed_at IS NULL",
        at,
        person,
        organization,
    )


async def invite(address: str, organization: int, *, by: Actor, at: datetime) -> Invited:
    """Offers a membership to whoever has the address, known or not; they accept, or sign up with the CNPJ.

    Raises `NotFound` for who manages none, `Invalid` for another organization and for what is no address.
    """
    if not by.manages:
        raise NotFound("organization")
    if organization not in by.manages:
        raise Invalid("organization", "unknown")
    if not is_address(address):
        raise Invalid("identifier", "not_an_address")
    async with transaction():
        person = await accounts.find_or_create(address, at=at)
        await _put(person, organization, "invited_at", at=at)
        await execute(
            "UPDATE membership SET confirmed_at = {} "
            "WHERE person = {} AND organization = {} AND asked_at IS NOT NULL AND confirmed_at IS NULL",
            at,
            person,
            organization,
        )
    audit.note("invitation", person=by.id, to=person, organization=organization)
    return (
        await fetch_as(
            Invited,
            "SELECT {} AS address, name AS organization_name, cnpj FROM organization WHERE id = {}",
            accounts.normal(address),
            organization,
        )
    )[0]


async def invitations(by: Actor) -> list[Invitation]:
    return await fetch_as(
        Invitation,
        "SELECT m.id, o.name AS organization_name FROM membership m JOIN organization o ON o.id = m.organization "
        "WHERE m.person = {} AND m.invited_at IS NOT NULL AND m.confirmed_at IS NULL ORDER BY o.name, m.id",
        by.id,
    )


async def accept(membership: int, *, by: Actor, at: datetime) -> None:
    """Joins the organization that invited. Raises `NotFound`."""
    if not await fetch_column(int, _ACCEPT, at, membership, by.id):
        raise NotFound("membership")
    audit.note("invitation_accepted", person=by.id, membership=membership)


_ACCEPT = (
    "UPDATE membership SET confirmed_at = {} "
    "WHERE id = {} AND person = {} AND invited_at IS NOT NULL AND confirmed_at IS NULL RETURNING id"
)


async def _put(person: int, organization: int, when: str, *, at: datetime) -> None:
    """Makes the membership, or notes the instant on one that waits or was ended. One that holds stays as it is."""
    known = await fetch_column(
        int,
        "SELECT id FROM membership WHERE person = {} AND organization = {} ORDER BY id LIMIT 1",
        person,
        organization,
    )
    if known:
        await execute(
            "UPDATE membership SET asked_at = CASE WHEN removed_at IS NULL THEN asked_at END, "
            "invited_at = CASE WHEN removed_at IS NULL THEN invited_at END WHERE id = {} AND confirmed_at IS NULL",
            known[0],
        )
        await execute(
            f"UPDATE membership SET {when} = {{}}, removed_at = NULL WHERE id = {{}} AND confirmed_at IS NULL",
            at,
            known[0],
        )
    else:
        await execute(
            f"INSERT INTO membership (person, organization, sees, approves, manages, {when}) "
            "VALUES ({}, {}, {}, {}, {}, {})",
            *(person, organization, Sees.OWN.value, False, False, at),
        )

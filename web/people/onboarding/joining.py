"""Joins an organization: by a request, by an invitation, or by admission without either."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import execute, fetch_as, fetch_column, transaction
from web.errors import Invalid, NotFound
from web.people import accounts, memberships
from web.people.identifiers.addresses import is_address
from web.people.permissions import Actor, Sees
from web.settings_log.recording import Kind, Values, record_change
from web.sql import literals


@dataclass(frozen=True)
class Invitation:
    """A membership that is offered to a person."""

    id: int
    organization_name: str


@dataclass(frozen=True)
class Invited:
    """The recipient of an invitation, and its organization."""

    address: str
    organization_name: str
    cnpj: str


async def request(person: int, organization: int, *, at: datetime) -> None:
    """Requests a membership. A manager must confirm it, unless the person was invited."""
    await _put(person, organization, "asked_at", at=at)
    await _confirm("person = {} AND organization = {} AND invited_at IS NOT NULL", person, organization, at=at)


async def how_many_ask(organizations: frozenset[int]) -> int:
    """How many people wait until a manager lets them into these organizations."""
    if not organizations:
        return 0
    asking = f"organization IN ({literals(organizations)}) AND asked_at IS NOT NULL"
    unanswered = "confirmed_at IS NULL AND removed_at IS NULL"
    return (await fetch_column(int, f"SELECT count(*) AS number FROM membership WHERE {asking} AND {unanswered}"))[0]


async def admit(person: int, organization: int, *, even_removed: bool, at: datetime) -> list[int]:
    """Makes somebody a member who sees their own tickets. Returns the membership if they were none.

    Somebody who was removed stays out, unless `even_removed`.
    """
    made = await fetch_column(int, _ADMITTED, person, organization, Sees.OWN.value, False, False, at, even_removed)
    for number in made:
        await _tell_entry(number, at=at)
    return made


_ADMITTED = (
    "INSERT INTO membership (person, organization, sees, approves, manages, confirmed_at) "
    "VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (person, organization) DO UPDATE SET sees = excluded.sees, "
    "approves = excluded.approves, manages = excluded.manages, confirmed_at = excluded.confirmed_at, "
    "removed_at = NULL WHERE membership.confirmed_at IS NULL AND (membership.removed_at IS NULL OR {}) "
    "RETURNING id"
)


async def invite(address: str, organization: int, *, by: Actor, at: datetime) -> Invited:
    """Offers a membership to the owner of an address, who accepts it or signs up with the CNPJ.

    Raises `NotFound` if `by` manages none, `Invalid` for a foreign organization, a wrong address and a member.
    """
    if not by.manages:
        raise NotFound("organization")
    if organization not in by.manages or organization not in by.organizations:
        raise Invalid("organization", "unknown")
    address = accounts.normal(address)
    if not is_address(address):
        raise Invalid("identifier", "not_an_address")
    async with transaction():
        person = await accounts.find_or_create(address, at=at)
        if await fetch_column(int, _BELONGS, person, organization):
            raise Invalid("identifier", "already_member")
        await _put(person, organization, "invited_at", at=at)
        await _confirm("person = {} AND organization = {} AND asked_at IS NOT NULL", person, organization, at=at)
    audit.note("invitation", person=by.id, to=person, organization=organization)
    return (
        await fetch_as(
            Invited,
            "SELECT {} AS address, name AS organization_name, cnpj FROM organization WHERE id = {}",
            address,
            organization,
        )
    )[0]


_BELONGS = (
    "SELECT 1 AS one FROM membership WHERE person = {} AND organization = {} AND confirmed_at IS NOT NULL LIMIT 1"
)


async def invitations(by: Actor) -> list[Invitation]:
    return await fetch_as(
        Invitation,
        "SELECT m.id, o.name AS organization_name FROM membership m JOIN organization o ON o.id = m.organization "
        "WHERE m.person = {} AND m.invited_at IS NOT NULL AND m.confirmed_at IS NULL AND o.is_active "
        "ORDER BY o.sort_name, m.id",
        by.id,
    )


async def accept(membership: int, *, by: Actor, at: datetime) -> None:
    """Accepts an invitation. Raises `NotFound`."""
    async with transaction():
        if not await _confirm("id = {} AND person = {} AND invited_at IS NOT NULL", membership, by.id, at=at):
            raise NotFound("membership")
    audit.note("invitation_accepted", person=by.id, membership=membership)


async def _confirm(waiting: str, *values: int, at: datetime) -> list[int]:
    """Confirms the membership, if the organization accepts members."""
    confirmed = await fetch_column(
        int,
        f"UPDATE membership SET confirmed_at = {{}} WHERE confirmed_at IS NULL AND {waiting} "
        "AND EXISTS (SELECT 1 FROM organization o WHERE o.id = membership.organization AND o.is_active) RETURNING id",
        at,
        *values,
    )
    for number in confirmed:
        await _tell_entry(number, at=at)
    return confirmed


async def _tell_entry(number: int, *, at: datetime) -> None:
    """Records in the log that the person joined."""
    row = await memberships.membership(number)
    after: Values = {"sees": row.sees, "approves": row.approves, "manages": row.manages}
    await record_change(Kind.MEMBERSHIP, row.person, row.title, None, after, by=row.person, at=at)


async def _put(person: int, organization: int, when: str, *, at: datetime) -> None:
    """Creates the membership, or notes the time on an unconfirmed or ended one. A confirmed one stays as it is."""
    known = await memberships.number_of(person, organization)
    if known is not None:
        await execute(
            "UPDATE membership SET asked_at = CASE WHEN removed_at IS NULL THEN asked_at END, "
            "invited_at = CASE WHEN removed_at IS NULL THEN invited_at END WHERE id = {} AND confirmed_at IS NULL",
            known,
        )
        await execute(
            f"UPDATE membership SET {when} = {{}}, removed_at = NULL WHERE id = {{}} AND confirmed_at IS NULL",
            at,
            known,
        )
    else:
        await execute(
            f"INSERT INTO membership (person, organization, sees, approves, manages, {when}) "
            "VALUES ({}, {}, {}, {}, {}, {})",
            *(person, organization, Sees.OWN.value, False, False, at),
        )

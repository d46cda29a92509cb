"""Verifies an organization's e-mail domain by a link to its postmaster."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, transaction
from web.errors import Invalid, NotFound, Throttled
from web.people import actors, throttle, tokens
from web.people.onboarding import domains
from web.people.onboarding.tables import DomainProof
from web.people.permissions import Actor
from web.people.throttle import Limit
from web.text import one_line

PLACES = ("postmaster", "admin")
"""Local parts of the recipients: RFC 2142 names the first for the postmaster of a domain."""
LASTS = timedelta(days=3)
TO_ONE_ADDRESS = Limit("domain-proof", tries=1, seconds=86_400)


@dataclass(frozen=True)
class DomainLink:
    """A valid link: what it turns on, and who requested it."""

    id: int
    organization: int
    organization_name: str
    domain: str
    person: int
    person_name: str


@dataclass(frozen=True)
class VerificationMail:
    """A message to send, with the token of its link."""

    address: str
    domain: str
    organization_name: str
    token: str


async def ask(organization: int, domain: str, place: str, *, by: Actor, at: datetime) -> VerificationMail:
    """Requests a proof, once a day for each address.

    Raises as `domains.turn_on` does, except for a domain that is not one's own.
    """
    domain = await domains.checked(organization, domain, own=False, by=by)
    if place not in PLACES:
        raise Invalid("to_whom", "unknown")
    address, token = f"{place}@{domain}", tokens.new()
    try:
        await throttle.spend(TO_ONE_ADDRESS, address, at=at)
    except Throttled:
        raise Invalid("domain", "proof_asked") from None
    made = DomainProof(
        token_hash=tokens.hash_of(token),
        organization=organization,
        domain=domain,
        person=by.id,
        made_at=at,
        ends_at=at + LASTS,
    )
    await made.save()
    audit.note("domain_proof", person=by.id, organization=organization, domain=domain)
    return VerificationMail(address, domain, by.organizations[organization], token)


async def find(token: str, *, at: datetime) -> DomainLink:
    """Raises `NotFound` for a redeemed or expired link, and when its requester may no longer turn the domain on."""
    return existing(await fetch_as(DomainLink, _PROOF, tokens.hash_of(one_line(token)), at), "link")


_PROOF = (
    "SELECT d.id, d.organization, o.name AS organization_name, d.domain, d.person, p.name AS person_name "
    "FROM domain_proof d JOIN organization o ON o.id = d.organization JOIN person p ON p.id = d.person "
    "WHERE d.token_hash = {} AND d.ends_at > {}"
)


async def confirm(token: str, *, at: datetime) -> DomainLink:
    """Turns on the domain for its requester. Raises `NotFound`, `Invalid` if that is no longer allowed."""
    async with transaction():
        found = await find(token, at=at)
        asker = await actors.of_person(found.person)
        gone = DomainProof.delete().where(DomainProof.id == found.id).returning(DomainProof.id)
        if asker is None or not await gone:
            raise NotFound("link")
        domain = await domains.checked(found.organization, found.domain, own=False, by=asker)
        await domains.turn_on_proved(found.organization, domain, by=asker, at=at)
    return found


async def sweep(at: datetime) -> None:
    await execute("DELETE FROM domain_proof WHERE ends_at < {}", at)

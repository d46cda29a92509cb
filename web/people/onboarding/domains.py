"""The e-mail domain of an organization: people who sign up with an address at it become members.

They see their own tickets. The domain is off until a manager of the organization with a verified address at it turns
it on, or until the postmaster of the domain agrees (`domain_verification`).
"""

from datetime import datetime

from web import audit
from web.database import fetch_column, within
from web.errors import NotFound, refuse
from web.people import accounts, organizations
from web.people.identifiers import desk_addresses
from web.people.identifiers.addresses import is_address
from web.people.identifiers.public_mail import PUBLIC
from web.people.onboarding import joining
from web.people.permissions import Actor
from web.people.tables import Organization
from web.settings_log.recording import Kind, record_change
from web.text import plain_code


async def turn_on(organization: int, domain: str, *, by: Actor, at: datetime) -> None:
    """Turns on the domain. Raises `NotFound` if `by` manages none, `Invalid` for a foreign organization or domain."""
    await turn_on_proved(organization, await checked(organization, domain, own=True, by=by), by=by, at=at)


async def turn_on_proved(organization: int, domain: str, *, by: Actor, at: datetime) -> None:
    """Turns on a domain that was checked and belongs to the organization."""
    await _set(organization, domain, by=by, at=at)


async def checked(organization: int, domain: str, *, own: bool, by: Actor) -> str:
    """The domain. `own` demands that `by` has a verified address at it. Raises as `turn_on` does."""
    if not by.manages:
        raise NotFound("organization")
    domain = plain_code(domain).casefold().rpartition("@")[2]
    is_open = organization in by.manages and organization in by.organizations
    wrong = await _wrong(domain, organization)
    if own and wrong is None and domain not in await domains_of(by):
        wrong = "not_your_domain"
    refuse({"organization": None if is_open else "unknown", "domain": wrong})
    return domain


async def turn_off(organization: int, *, by: Actor, at: datetime) -> None:
    """Turns off the domain for a manager or a lead. Existing members stay. Raises `NotFound`."""
    if organization not in by.manages and not by.is_lead:
        raise NotFound("organization")
    await _set(organization, None, by=by, at=at)


async def domains_of(by: Actor) -> list[str]:
    """The domains of their verified addresses, except public ones."""
    verified = [each.value for each in await accounts.identities(by.id) if each.verified_at and "@" in each.value]
    return sorted({each.rpartition("@")[2] for each in verified} - PUBLIC)


async def admit(person: int, address: str, *, at: datetime) -> None:
    """Makes the person a member by the domain of their address; requesters only, never agents."""
    found = await fetch_column(
        int,
        "SELECT id FROM organization WHERE domain = {} AND is_active "
        "AND EXISTS (SELECT 1 FROM person WHERE person.id = {} AND role = 'requester' AND NOT is_robot)",
        address.rpartition("@")[2],
        person,
    )
    for organization in found:
        await joining.admit(person, organization, even_removed=False, at=at)
        audit.note("domain_entry", person=person, organization=organization)


async def _set(organization: int, domain: str | None, *, by: Actor, at: datetime) -> None:
    async with within():
        found = await organizations.organization(organization)
        await Organization.update({Organization.domain: domain}).where(Organization.id == organization)
        old, new = {"domain": found.domain}, {"domain": domain}
        await record_change(Kind.ORGANIZATION, organization, found.name, old, new, by=by.id, at=at)
    audit.note("domain", person=by.id, organization=organization, domain=domain)


async def _wrong(domain: str, organization: int) -> str | None:
    if not domain:
        return "missing"
    if not is_address(f"alguem@{domain}"):
        return "not_a_domain"
    if domain in PUBLIC:
        return "public_domain"
    if domain in {each.rpartition("@")[2] for each in desk_addresses.known()}:
        return "desks_domain"
    taken = "SELECT id FROM organization WHERE domain = {} AND id <> {}"
    return "domain_taken" if await fetch_column(int, taken, domain, organization) else None

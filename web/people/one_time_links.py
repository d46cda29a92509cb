"""Links sent by e-mail that open once: asked for, made, redeemed."""

from datetime import datetime, timedelta
from enum import StrEnum

from web.database import fetch, transaction
from web.errors import Invalid, NotFound
from web.people import accounts, passwords, throttle, tokens
from web.people.permissions import Sees
from web.people.tables import LinkRequest, Membership, OneTimeLink, Organization
from web.people.throttle import Limit

LINKS_FROM_ONE = Limit("links-network", tries=30, seconds=60)
CLAIMS_FROM_ONE = Limit("claims-network", tries=30, seconds=10)
"""Attempts to redeem one, for each costs the weighing of a password."""


class Purpose(StrEnum):
    """What a one-time link is for; a link opens nothing else."""

    SIGN_UP = "sign_up"
    PASSWORD = "password"  # noqa: S105 - a word, not a password
    SIGN_IN = "sign_in"


LASTS = {
    Purpose.SIGN_UP: timedelta(hours=24),
    Purpose.PASSWORD: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=30),
}


async def request(
    purpose: Purpose, identifier: str, *, name: str = "", cnpj: str = "", network: str, at: datetime
) -> None:
    """Notes the wish and no more: who exists is looked up later, out of sight of whoever asks."""
    await throttle.spend(LINKS_FROM_ONE, network, at=at)
    await LinkRequest(
        purpose=purpose, identifier=accounts.normal(identifier), name=name.strip(), cnpj=cnpj, asked_at=at
    ).save()


async def make(
    purpose: Purpose, address: str, *, person: int | None, name: str = "", cnpj: str = "", at: datetime
) -> str:
    """The token of a new link; earlier ones to the same address die."""
    token = tokens.new()
    await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.address == address)
    await OneTimeLink(
        token_hash=tokens.hash_of(token),
        purpose=purpose,
        person=person,
        address=address,
        name=name,
        cnpj=cnpj,
        made_at=at,
        ends_at=at + LASTS[purpose],
    ).save()
    return token


async def find_live(token: str, at: datetime) -> OneTimeLink | None:
    """The link, unless it was never made, is spent, replaced or over."""
    link: OneTimeLink | None = (
        await OneTimeLink.objects()
        .where((OneTimeLink.token_hash == tokens.hash_of(token)) & (OneTimeLink.ends_at > at))
        .first()
    )
    return link


async def redeem(token: str, *, password: str | None, name: str = "", at: datetime) -> int:
    """Spends a link: signs in, or sets the password of a known or a new person. The person's id.

    Raises `NotFound` for a link that opens nothing, `Invalid` for a weak password (the link stays good).
    """
    link = await find_live(token, at)
    if link is None:
        raise NotFound("link")
    name = link.name or name.strip()
    if link.purpose == Purpose.SIGN_UP and link.person is None and not name:
        raise Invalid("name", "missing")
    if link.purpose == Purpose.SIGN_IN:
        password = None
    else:
        known = await accounts.known_facts(link.person) if link.person is not None else []
        await passwords.refuse_weak(password or "", about=(name, link.address, link.cnpj, *known))
    kept = await passwords.hashed(password) if password else None
    async with transaction():
        await _spend(link)
        person = link.person if link.person is not None else await _person_of(link, name, at)
        if link.purpose == Purpose.SIGN_UP:
            await accounts.name_newcomer(person, name)
        await accounts.verify_identity(person, link.address, at)
        if kept is not None:
            await accounts.set_password(person, kept)
    return int(person)


async def _spend(link: OneTimeLink) -> None:
    spent = await fetch(
        "UPDATE one_time_link SET token_hash = NULL WHERE id = {} AND token_hash = {} RETURNING id",
        link.id,
        link.token_hash,
    )
    if not spent:
        raise NotFound("link")


async def _person_of(link: OneTimeLink, name: str, at: datetime) -> int:
    """Of a sign-up: whoever had the address meanwhile, or a new person who asks to join the organization named."""
    known = await fetch("SELECT person FROM identity WHERE value = {}", link.address)
    if known:
        return int(known[0]["person"])
    person = await accounts.insert(name[:200], [link.address], at=at)
    organization = await Organization.objects().where(Organization.cnpj == link.cnpj).first() if link.cnpj else None
    if organization is not None:
        await Membership(person=person, organization=organization.id, sees=Sees.OWN).save()
    return person


async def sweep(at: datetime) -> None:
    await fetch("DELETE FROM one_time_link WHERE ends_at < {}", at - timedelta(days=30))

"""One-time links sent by e-mail: requested, created, redeemed."""

from datetime import datetime, timedelta
from enum import StrEnum

from web import audit
from web.database import execute, fetch_column, transaction
from web.errors import NotFound
from web.people import accounts, names, organizations, throttle, tokens
from web.people.directory.changing import changing
from web.people.onboarding import domains, joining, paper
from web.people.passwords import hashing, strength
from web.people.permissions import Actor
from web.people.tables import LinkRequest, OneTimeLink
from web.people.throttle import Limit
from web.text import one_line

LINKS_IN_BROWSER = Limit("links-browser", tries=30, seconds=60)
LINKS_FROM_ONE = Limit("links-network", tries=300, seconds=10)
"""By network: one person in a school does not block the others."""
TRIES_AT_ONE = Limit("link-tries", tries=30, seconds=10)
"""To redeem one link, because each try checks the strength of a password."""
LONGEST_ONWARD = 500


class Purpose(StrEnum):
    """The purpose of a one-time link; it opens nothing else."""

    SIGN_UP = "sign_up"
    PASSWORD = "password"  # noqa: S105 - a word, not a password
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    """The desk created the account; the link sets its password."""
    DESK_ADDRESS = "desk_address"
    """The desk adds an address to an account; the link verifies it and signs in."""
    ADDRESS = "address"
    """Adds an address to the account that requested it, without signing in."""


PASSWORDLESS = (Purpose.SIGN_IN, Purpose.DESK_ADDRESS)
ENTRANCES = (Purpose.SIGN_UP, Purpose.PASSWORD, Purpose.INVITATION, *PASSWORDLESS)
"""Purposes of links that sign in."""

LASTS = {
    Purpose.SIGN_UP: timedelta(hours=24),
    Purpose.PASSWORD: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=30),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.DESK_ADDRESS: timedelta(days=7),
    Purpose.ADDRESS: timedelta(hours=24),
}


async def request(
    purpose: Purpose,
    identifier: str,
    *,
    name: str = "",
    cnpj: str = "",
    browser: str = "",
    person: int | None = None,
    onward: str = "",
    network: str,
    at: datetime,
) -> None:
    """Stores the request only: the account is looked up later, so that the response time reveals nothing."""
    await throttle.spend(LINKS_IN_BROWSER, browser, network, at=at)
    await throttle.spend(LINKS_FROM_ONE, network, at=at)
    audit.note("link_asked", person=person, purpose=purpose, network=network)
    await LinkRequest(
        purpose=purpose,
        identifier=accounts.normal(identifier),
        name=one_line(name),
        cnpj=cnpj,
        browser=tokens.hash_of(browser),
        person=person,
        onward=onward if len(onward) <= LONGEST_ONWARD else "",
        asked_at=at,
    ).save()


async def make(
    purpose: Purpose,
    address: str,
    *,
    person: int | None,
    name: str = "",
    cnpj: str = "",
    browser: str = "",
    at: datetime,
) -> str:
    """Creates a link. Returns its token. Earlier links that the same browser requested become invalid."""
    token = tokens.new()
    await OneTimeLink.update({OneTimeLink.token_hash: None}).where(
        (OneTimeLink.address == address) & (OneTimeLink.browser == browser)
    )
    await OneTimeLink(
        token_hash=tokens.hash_of(token),
        purpose=purpose,
        person=person,
        address=address,
        name=name,
        cnpj=cnpj,
        browser=browser,
        made_at=at,
        ends_at=at + LASTS[purpose],
    ).save()
    return token


async def find_live(token: str, at: datetime) -> OneTimeLink | None:
    """A valid link that signs in, or None."""
    link = await _live(token, at)
    return link if link and link.purpose in ENTRANCES else None


async def find_added(token: str, at: datetime, *, by: Actor) -> OneTimeLink:
    """The link that adds an address to the account of `by`. Raises `NotFound` for any other."""
    link = await _live(token, at)
    if link is None or link.purpose != Purpose.ADDRESS or link.person != by.id:
        raise NotFound("link")
    return link


async def _live(token: str, at: datetime) -> OneTimeLink | None:
    link: OneTimeLink | None = (
        await OneTimeLink.objects()
        .where((OneTimeLink.token_hash == tokens.hash_of(one_line(token))) & (OneTimeLink.ends_at > at))
        .first()
    )
    return link


async def update_wish(address: str, *, name: str, cnpj: str, browser: str) -> None:
    """Updates name and CNPJ of a sign-up link that was sent already; the last ones typed count."""
    await OneTimeLink.update({OneTimeLink.name: name, OneTimeLink.cnpj: cnpj, OneTimeLink.browser: browser}).where(
        (OneTimeLink.address == address)
        & (OneTimeLink.purpose == Purpose.SIGN_UP)
        & OneTimeLink.token_hash.is_not_null()
    )


def was_asked_for_in(link: OneTimeLink, browser: str) -> bool:
    """Whether this browser requested the link.

    Otherwise name and CNPJ are ignored, because anybody can request a link.
    """
    return bool(link.browser == tokens.hash_of(browser))


async def redeem(token: str, *, password: str | None, name: str = "", cnpj: str = "", at: datetime) -> int:
    """Redeems a link: signs in, or sets the password of a known or new person. Returns the person's id.

    Somebody who signs up gives their name and the organization they ask to join. Raises `NotFound` for an invalid link,
    `Invalid` for a weak password (the link stays valid).
    """
    link = await find_live(token, at)
    if link is None:
        raise NotFound("link")
    await throttle.spend(TRIES_AT_ONE, str(link.id), at=at)
    kept = None
    if link.purpose == Purpose.SIGN_UP:
        name, cnpj = names.checked_name(name), paper.code_or_cnpj(cnpj)
    if link.purpose not in PASSWORDLESS:
        about = await _known_of(link, name, cnpj)
        await strength.refuse_weak(password or "", about=about)
        kept = await hashing.hashed(password or "")
    async with transaction():
        await spend(link)
        person = int(link.person) if link.person is not None else await _sign_up(link.address, name, cnpj, at)
        if link.purpose == Purpose.DESK_ADDRESS:
            await _take_up(person, link.address, at)
        await accounts.verify_identity(person, link.address, at)
        if link.purpose == Purpose.SIGN_UP:
            await domains.admit(person, link.address, at=at)
        if kept is not None:
            await accounts.set_password(person, kept)
    audit.note("link_used", person=person, purpose=link.purpose)
    return person


async def _take_up(person: int, address: str, at: datetime) -> None:
    """Adds the address that the desk offered; only its owner could open the link."""
    async with changing(person, own=True, by=Actor(id=person, name=""), at=at):
        await accounts.identify(person, address, field="address", verified_at=at)


async def _known_of(link: OneTimeLink, name: str, cnpj: str) -> list[str]:
    """The facts that the password must not consist of."""
    known = await strength.known_facts(link.person) if link.person is not None else []
    if link.purpose == Purpose.SIGN_UP:
        joined = await organizations.by_cnpj(cnpj)
        known = [name, cnpj, joined.name if joined else ""]
    return [link.address, *known]


async def spend(link: OneTimeLink) -> None:
    spent = await fetch_column(
        int,
        "UPDATE one_time_link SET token_hash = NULL WHERE id = {} AND token_hash = {} RETURNING id",
        link.id,
        link.token_hash,
    )
    if not spent:
        raise NotFound("link")


async def _sign_up(address: str, name: str, cnpj: str, at: datetime) -> int:
    """The person of the address, who was only known from copies or not at all; they request to join or are invited."""
    person = await accounts.find_or_create(address, at=at)
    await accounts.name_newcomer(person, name)
    if paper.is_code(cnpj):
        await paper.take(cnpj, person, at=at)
    elif joined := await organizations.open_by_cnpj(cnpj):
        await joining.request(person, joined.id, at=at)
    return person


async def sweep(at: datetime) -> None:
    await execute("DELETE FROM one_time_link WHERE ends_at < {}", at - timedelta(days=30))

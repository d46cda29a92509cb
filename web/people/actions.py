"""Changes about people: signing in and out, links by e-mail, passwords, memberships."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from web.database import fetch, transaction
from web.errors import Invalid, NotFound, NotPermitted
from web.people import cnpj as cnpjs
from web.people import passwords, queries, throttle, tokens
from web.people.permissions import Actor, Role, Sees
from web.people.tables import KeptForm, LinkRequest, Membership, OneTimeLink, Organization, Person, Session
from web.people.throttle import Limit

SESSION_LASTS = timedelta(days=7)
"""Without a visit; each visit starts it anew."""

GUESSES_HERE = Limit("sign-in-here", tries=10, seconds=30)
"""At one account from one network. From elsewhere its owner still gets in, and by e-mail link always."""
GUESSES_AT_ONE = Limit("sign-in-account", tries=100, seconds=10)
GUESSES_FROM_ONE = Limit("sign-in-network", tries=100, seconds=5)
"""From one network, wrong ones only: a whole school may sit behind one address."""
LINKS_FROM_ONE = Limit("links-network", tries=30, seconds=60)


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


async def sign_in(identifier: str, password: str, *, network: str, browser: str, at: datetime) -> tuple[Person, str]:
    """The person and the token of a new session; raises `Invalid` or `Throttled`, equal for known and unknown names."""
    identifier = queries.normal(identifier)
    limits = (
        (GUESSES_HERE, (identifier, network)),
        (GUESSES_AT_ONE, (identifier,)),
        (GUESSES_FROM_ONE, (network,)),
    )
    for limit, about in limits:
        await throttle.spend(limit, *about, at=at)
    person = await queries.by_identity(identifier)
    if not await passwords.matches(password, person.password if person else None) or person is None:
        raise Invalid("identifier", "unknown_pair")
    await throttle.forgive(GUESSES_HERE, identifier, network)
    await throttle.refund(GUESSES_AT_ONE, identifier)
    await throttle.refund(GUESSES_FROM_ONE, network)
    return person, await start_session(person.id, network=network, browser=browser, at=at)


async def start_session(person: int, *, network: str, browser: str, at: datetime) -> str:
    """A new session's token; only its hash is kept."""
    token = tokens.new()
    await Session(
        token_hash=tokens.hash_of(token),
        person=person,
        started_at=at,
        seen_at=at,
        ends_at=at + SESSION_LASTS,
        browser=browser[:200],
        network=network[:50],
    ).save()
    return token


async def note_seen(session: int, *, at: datetime) -> None:
    await Session.update({Session.seen_at: at, Session.ends_at: at + SESSION_LASTS}).where(Session.id == session)


async def sign_out(token: str) -> None:
    await Session.delete().where(Session.token_hash == tokens.hash_of(token))


async def sign_out_everywhere(person: int) -> None:
    await Session.delete().where(Session.person == person)


async def end_session(session: int, *, by: Actor) -> None:
    """One of one's own; another's is not found."""
    ended = await fetch("DELETE FROM session WHERE id = {} AND person = {} RETURNING id", session, by.id)
    if not ended:
        raise NotFound("session")


async def ask_for_link(
    purpose: Purpose, identifier: str, *, name: str = "", cnpj: str = "", network: str, at: datetime
) -> None:
    """Notes the wish and no more: who exists is looked up later, out of sight of whoever asks."""
    await throttle.spend(LINKS_FROM_ONE, network, at=at)
    await LinkRequest(
        purpose=purpose, identifier=queries.normal(identifier), name=name.strip(), cnpj=cnpj, asked_at=at
    ).save()


async def make_link(
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


async def claim(token: str, *, password: str | None, name: str = "", at: datetime) -> int:
    """Spends a link: signs in, or sets the password of a known or a new person. The person's id.

    Raises `NotFound` for a link that opens nothing, `Invalid` for a weak password (the link stays good).
    """
    link = await queries.live_link(token, at)
    if link is None:
        raise NotFound("link")
    name = link.name or name.strip()
    if link.purpose == Purpose.SIGN_UP and link.person is None and not name:
        raise Invalid("name", "missing")
    if link.purpose == Purpose.SIGN_IN:
        password = None
    else:
        known = await queries.known_of(link.person) if link.person is not None else []
        passwords.refuse_weak(password or "", about=(name, link.address, link.cnpj, *known))
    kept = await passwords.hashed(password) if password else None
    async with transaction():
        await _spend(link)
        person = link.person if link.person is not None else await _person_of(link, name, at)
        if link.purpose == Purpose.SIGN_UP:
            await _name_newcomer(person, name)
        await _verify_identity(person, link.address, at)
        if kept is not None:
            await _set_password(person, kept)
    return int(person)


async def change_password(by: Actor, *, current: str, password: str, at: datetime) -> None:
    """Ends every session; raises `Invalid` unless the current password is right (a claim link needs none)."""
    await prove(by, current, at=at)
    passwords.refuse_weak(password, about=await queries.known_of(by.id))
    kept = await passwords.hashed(password)
    async with transaction():
        await _set_password(by.id, kept)


async def prove(by: Actor, current: str, *, at: datetime) -> None:
    """Before what a session left open should not do: raises `Invalid` unless this is their own password."""
    await throttle.spend(GUESSES_HERE, str(by.id), "own password", at=at)
    person = await Person.objects().get(Person.id == by.id)
    if person is None or not await passwords.matches(current, person.password):
        raise Invalid("current", "wrong_password")


async def rename(by: Actor, *, name: str) -> None:
    await Person.update({Person.name: name}).where(Person.id == by.id)


async def grant(membership: int, *, sees: Sees, approves: bool, manages: bool, by: Actor, at: datetime) -> None:
    """Confirms a colleague and sets what they may do; never one's own rights. Raises `NotFound`, `NotPermitted`."""
    row = await Membership.objects().get(Membership.id == membership)
    if row is None or row.organization not in by.manages:
        raise NotFound("membership")
    if row.person == by.id:
        raise NotPermitted("grant")
    if sees is Sees.GROUP and row.organization not in await queries.groups(by.id):
        raise NotPermitted("grant")
    await Membership.update(
        {
            Membership.sees: sees,
            Membership.approves: approves,
            Membership.manages: manages,
            Membership.confirmed_at: row.confirmed_at or at,
        }
    ).where(Membership.id == membership)


async def revoke(membership: int, *, by: Actor) -> None:
    """Ends a colleague's membership, or turns down who asked for one. Raises `NotFound`, `NotPermitted`."""
    row = await Membership.objects().get(Membership.id == membership)
    if row is None or row.organization not in by.manages:
        raise NotFound("membership")
    if row.person == by.id:
        raise NotPermitted("grant")
    await Membership.delete().where(Membership.id == membership)


async def enrol(
    name: str,
    identifiers: list[str],
    *,
    role: Role = Role.REQUESTER,
    is_robot: bool = False,
    password: str | None = None,
    at: datetime,
) -> int:
    """A new person, made by somebody who vouches for them; the id. Raises `Invalid` for a name in use."""
    kept = await passwords.hashed(password) if password else None
    async with transaction():
        return await _new_person(name, identifiers, role=role, is_robot=is_robot, password=kept, at=at)


async def known_or_new(address: str, *, at: datetime) -> int:
    """The person of an e-mail address; one without a password is made for an address not seen before.

    To be called inside a transaction.
    """
    known = await fetch("SELECT person FROM identity WHERE value = {}", queries.normal(address))
    if known:
        return int(known[0]["person"])
    return await _new_person(address.split("@", maxsplit=1)[0][:200], [address], verified=False, at=at)


async def _new_person(
    name: str,
    identifiers: list[str],
    *,
    role: Role = Role.REQUESTER,
    is_robot: bool = False,
    password: str | None = None,
    verified: bool = True,
    at: datetime,
) -> int:
    person = Person(name=name, role=role, is_robot=is_robot, password=password, created_at=at)
    await person.save()
    for value in map(queries.normal, identifiers):
        made = await fetch(
            "INSERT INTO identity (person, kind, value, verified_at) VALUES ({}, {}, {}, {}) "
            "ON CONFLICT (value) DO NOTHING RETURNING id",
            person.id,
            "email" if "@" in value else "login",
            value,
            at if verified else None,
        )
        if not made:
            raise Invalid("identifier", "in_use")
    return int(person.id)


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
    person = await _new_person(name[:200], [link.address], at=at)
    organization = await Organization.objects().where(Organization.cnpj == link.cnpj).first() if link.cnpj else None
    if organization is not None:
        await Membership(person=person, organization=organization.id, sees=Sees.OWN).save()
    return person


async def _name_newcomer(person: int, name: str) -> None:
    """Somebody known so far only by an address that others typed says what they are called; nobody else is renamed."""
    await fetch(
        "UPDATE person SET name = {} WHERE id = {} AND password IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.person = person.id AND i.verified_at IS NOT NULL)",
        name,
        person,
    )


async def _verify_identity(person: int, address: str, at: datetime) -> None:
    """The link came by this address, so it is the person's; one that has since gone to another opens nothing."""
    verified = await fetch(
        "UPDATE identity SET verified_at = COALESCE(verified_at, {}) WHERE person = {} AND value = {} "
        "AND person IN (SELECT id FROM person WHERE is_active) RETURNING id",
        at,
        person,
        address,
    )
    if not verified:
        raise NotFound("link")


async def _set_password(person: int, kept: str) -> None:
    """With the new password every session ends, wherever it is open, and every link sent before it."""
    await Person.update({Person.password: kept}).where(Person.id == person)
    await Session.delete().where(Session.person == person)
    await OneTimeLink.update({OneTimeLink.token_hash: None}).where(OneTimeLink.person == person)


async def found_organization(name: str, cnpj: str) -> int:
    """A new organization's id; raises `Invalid` for a malformed or known CNPJ."""
    number = cnpjs.parse(cnpj)
    rows = await fetch(
        "INSERT INTO organization (name, cnpj, root) VALUES ({}, {}, {}) ON CONFLICT (cnpj) DO NOTHING RETURNING id",
        name,
        number,
        cnpjs.root(number),
    )
    if not rows:
        raise Invalid("cnpj", "in_use")
    return int(rows[0]["id"])


async def enlist(
    person: int, organization: int, *, sees: Sees, approves: bool = False, manages: bool = False, at: datetime
) -> None:
    """Makes somebody a member with these rights, vouched for by whoever runs the desk."""
    await Membership(
        person=person,
        organization=organization,
        sees=sees,
        approves=approves,
        manages=manages,
        confirmed_at=at,
    ).save()


async def set_aside(person: int, address: str, fields: Mapping[str, Sequence[str]], *, at: datetime) -> str:
    """Keeps what somebody had typed until they are back; the token that opens it, for them alone."""
    token = tokens.new()
    await KeptForm(
        token_hash=tokens.hash_of(token),
        person=person,
        address=address[:500],
        fields=json.dumps(fields, ensure_ascii=False),
        kept_at=at,
    ).save()
    return token


async def sweep(at: datetime) -> None:
    """Forgets what is over: sessions, links, forms kept for people who never came back, empty buckets."""
    await fetch("DELETE FROM session WHERE ends_at < {}", at - timedelta(days=1))
    await fetch("DELETE FROM one_time_link WHERE ends_at < {}", at - timedelta(days=30))
    await fetch("DELETE FROM kept_form WHERE kept_at < {}", at - timedelta(days=2))
    await throttle.sweep(at)

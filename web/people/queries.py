"""Reads about people: who is behind a cookie, a name or a link."""

import json
from datetime import datetime

from web.database import Row, fetch
from web.people.permissions import Actor, Key, Role, Scope, Sees
from web.people.tables import Identity, OneTimeLink, Person
from web.people.tokens import hash_of

_WITH_RIGHTS = """
SELECT p.id, p.name, p.role, p.is_robot, p.is_active, m.organization, o.name AS organization_name,
       m.sees, m.approves, m.manages, b.id AS branch, t.team, c.id AS confidential
FROM person p
LEFT JOIN membership m ON m.person = p.id AND m.confirmed_at IS NOT NULL
LEFT JOIN organization o ON o.id = m.organization
LEFT JOIN organization b ON b.root = o.root AND m.sees = 'group'
LEFT JOIN team_member t ON t.person = p.id
LEFT JOIN team c ON c.is_confidential AND p.role <> 'requester'
"""

_BY_SESSION = _WITH_RIGHTS.replace("SELECT", "SELECT s.id AS session, s.seen_at,", 1).replace(
    "FROM person p", "FROM session s JOIN person p ON p.id = s.person AND p.is_active", 1
)


_BY_KEY = _WITH_RIGHTS.replace("SELECT", "SELECT k.id AS key, k.scopes, k.used_at,", 1).replace(
    "FROM person p", "FROM api_key k JOIN person p ON p.id = k.person AND p.is_robot AND p.is_active", 1
)


async def signed_in(token: str, at: datetime) -> tuple[Actor, int, datetime] | None:
    """The person behind a cookie, the session's id, and when it was last noted as seen."""
    rows = await fetch(_BY_SESSION + "WHERE s.token_hash = {} AND s.ends_at > {}", hash_of(token), at)
    if not rows:
        return None
    return _actor(rows), rows[0]["session"], rows[0]["seen_at"]


async def keyed(token: str, at: datetime) -> tuple[Actor, Key] | None:
    """The robot behind a key; nobody behind one that is revoked or over."""
    rows = await fetch(
        _BY_KEY + "WHERE k.token_hash = {} AND k.revoked_at IS NULL AND (k.ends_at IS NULL OR k.ends_at > {})",
        hash_of(token),
        at,
    )
    if not rows:
        return None
    first = rows[0]
    return _actor(rows), Key(first["key"], frozenset(map(Scope, first["scopes"].split())), first["used_at"])


async def actor(person: int) -> Actor | None:
    """An active person with their rights of this moment."""
    rows = await fetch(_WITH_RIGHTS + "WHERE p.id = {} AND p.is_active", person)
    return _actor(rows) if rows else None


async def has_approver(organization: int | None, *, but: tuple[int, int, int]) -> bool:
    """Whether somebody else of the organization holds the grant to approve."""
    return bool(
        await fetch(
            "SELECT 1 AS one FROM membership JOIN person ON person.id = membership.person AND person.is_active "
            "WHERE organization = {} AND approves AND confirmed_at IS NOT NULL AND person NOT IN ({}, {}, {}) LIMIT 1",
            organization or 0,
            *but,
        )
    )


async def by_identity(value: str) -> Person | None:
    """The active person who signs in with this e-mail or organization login."""
    person: Person | None = (
        await Person.objects()
        .where(Person.id.is_in(Identity.select(Identity.person).where(Identity.value == normal(value))))
        .where(Person.is_active == True)  # noqa: E712 - a column, not a truth value
        .first()
    )
    return person


async def known_of(person: int) -> list[str]:
    """What anybody may know of a person, and a password must not be: names, addresses, their organizations' CNPJ."""
    rows = await fetch(
        "SELECT p.name, i.value, o.name AS organization, o.cnpj FROM person p "
        "LEFT JOIN identity i ON i.person = p.id LEFT JOIN membership m ON m.person = p.id "
        "LEFT JOIN organization o ON o.id = m.organization WHERE p.id = {}",
        person,
    )
    return sorted({str(value) for row in rows for value in row.values() if value})


async def teams(by: Actor) -> list[Row]:
    """The teams whose tickets an agent may see, the first tier first."""
    mine = f" OR id IN ({','.join(map(str, sorted(by.teams)))})" if by.teams else ""
    return await fetch(f"SELECT id, name, tier FROM team WHERE NOT is_confidential{mine} ORDER BY tier, name, id")


async def has_password(person: int) -> bool:
    return bool(await fetch("SELECT 1 AS one FROM person WHERE id = {} AND password IS NOT NULL", person))


async def groups(person: int) -> set[int]:
    """The organizations all of whose branches the person sees."""
    rows = await fetch("SELECT organization FROM membership WHERE person = {} AND sees = {}", person, Sees.GROUP)
    return {row["organization"] for row in rows}


async def address_of(person: int) -> str:
    """A name the person is known by: their e-mail, or else their organization login."""
    known = await identities(person)
    return str(known[0]["value"]) if known else ""


async def identities(person: int) -> list[Row]:
    return await fetch("SELECT kind, value, verified_at FROM identity WHERE person = {} ORDER BY kind, value", person)


async def live_link(token: str, at: datetime) -> OneTimeLink | None:
    """The link, unless it was never made, is spent, replaced or over."""
    link: OneTimeLink | None = (
        await OneTimeLink.objects()
        .where((OneTimeLink.token_hash == hash_of(token)) & (OneTimeLink.ends_at > at))
        .first()
    )
    return link


async def keys(at: datetime) -> list[Row]:
    """Robots' keys: those that open something first, then what is over, then what was revoked; the newest first."""
    return await fetch(
        "SELECT k.id, k.name, k.scopes, k.made_at, k.ends_at, k.used_at, k.revoked_at, robot.name AS robot, "
        "maker.name AS made_by, revoker.name AS revoked_by FROM api_key k JOIN person robot ON robot.id = k.person "
        "LEFT JOIN person maker ON maker.id = k.made_by LEFT JOIN person revoker ON revoker.id = k.revoked_by "
        "ORDER BY CASE WHEN k.revoked_at IS NOT NULL THEN 2 WHEN k.ends_at <= {} THEN 1 ELSE 0 END, k.id DESC "
        "LIMIT 100",
        at,
    )


async def sessions(person: int, at: datetime) -> list[Row]:
    return await fetch(
        "SELECT id, started_at, seen_at, browser, network FROM session "
        "WHERE person = {} AND ends_at > {} ORDER BY seen_at DESC LIMIT 50",
        person,
        at,
    )


async def kept_form(token: str, *, by: Actor) -> dict[str, list[str]]:
    """What this person had typed when their session was over; nothing for anybody else."""
    rows = await fetch("SELECT fields FROM kept_form WHERE token_hash = {} AND person = {}", hash_of(token), by.id)
    return json.loads(rows[0]["fields"]) if rows else {}


async def colleagues(organizations: frozenset[int]) -> list[Row]:
    """Members of these organizations, those who wait for confirmation first."""
    if not organizations:
        return []
    return await fetch(
        "SELECT m.id, m.organization, o.name AS organization_name, p.id AS person, p.name, m.sees, m.approves, "
        "m.manages, m.confirmed_at, (SELECT min(value) FROM identity WHERE person = p.id) AS identity "
        "FROM membership m JOIN person p ON p.id = m.person JOIN organization o ON o.id = m.organization "
        f"WHERE m.organization IN ({','.join(str(int(each)) for each in organizations)}) "
        "ORDER BY m.confirmed_at IS NOT NULL, o.name, p.name, m.id LIMIT 500"
    )


async def organization_of(cnpj_or_name: str) -> Row | None:
    """The one organization of this CNPJ, without mask, or of this name."""
    rows = await fetch(
        "SELECT id, name FROM organization WHERE cnpj = {} OR name = {} LIMIT 2", cnpj_or_name, cnpj_or_name
    )
    return rows[0] if len(rows) == 1 else None


def normal(identifier: str) -> str:
    """How identities are compared: without spaces around, in lower case."""
    return identifier.strip().casefold()


def _actor(rows: list[Row]) -> Actor:
    """One person from the product of their memberships, branches and teams, and of what is confidential."""
    first = rows[0]
    memberships = {row["organization"]: row for row in rows if row["organization"] is not None}
    names = {org: row["organization_name"] for org, row in memberships.items()}
    teams = frozenset(row["team"] for row in rows if row["team"] is not None)
    whole = {org for org, row in memberships.items() if row["sees"] != Sees.OWN}
    return Actor(
        id=first["id"],
        name=first["name"],
        role=Role(first["role"]),
        is_robot=bool(first["is_robot"]),
        organizations=dict(sorted(names.items(), key=lambda each: each[1].casefold())),
        sees=frozenset(whole | {row["branch"] for row in rows if row["branch"] is not None}),
        approves=frozenset(org for org, row in memberships.items() if row["approves"]),
        manages=frozenset(org for org, row in memberships.items() if row["manages"]),
        teams=teams,
        shut_out=frozenset(row["confidential"] for row in rows if row["confidential"] is not None) - teams,
    )

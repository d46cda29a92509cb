"""Loads the person behind a session or a key, with the rights that they have now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.people.permissions import Actor, Key, Role, Scope, Sees
from web.people.sessions import LASTS_AT_MOST
from web.people.tokens import hash_of

_WITH_RIGHTS = """
SELECT p.id, p.name, p.role, p.is_robot, p.is_active, m.organization, o.name AS organization_name,
       o.is_active AS is_open, m.sees, m.approves, m.manages, b.id AS branch, t.team,
       c.id AS confidential, p.zone, home.zone AS home_zone, p.alerts, p.chat_sound,
       (SELECT COALESCE(max(id), 0) FROM workflow_version) AS newest_workflow,
       (SELECT COALESCE(max(version), 0) FROM field) AS newest_field
FROM person p
LEFT JOIN membership m ON m.person = p.id AND m.confirmed_at IS NOT NULL
LEFT JOIN organization o ON o.id = m.organization
LEFT JOIN calendar home ON home.id = o.calendar
LEFT JOIN organization b ON b.root = o.root AND m.sees = 'group'
LEFT JOIN team_member t ON t.person = p.id
LEFT JOIN team c ON c.is_confidential AND p.role <> 'requester'
"""

_BY_SESSION = _WITH_RIGHTS.replace(
    "FROM person p",
    ", s.id AS session, s.seen_at, "
    "(SELECT count(*) FROM (SELECT 1 FROM notice n WHERE n.person = p.id AND n.read_at IS NULL LIMIT 100) u) AS unread "
    "FROM session s JOIN person p ON p.id = s.person AND p.is_active",
    1,
)

_BY_KEY = _WITH_RIGHTS.replace(
    "FROM person p",
    ", k.id AS key, k.scopes, k.used_at FROM api_key k JOIN person p ON p.id = k.person AND p.is_robot AND p.is_active",
    1,
)


@dataclass(frozen=True)
class _Rights:
    """A person with one of their memberships, branches, teams and confidential teams."""

    id: int
    name: str
    role: str
    is_robot: bool
    is_active: bool
    organization: int | None
    organization_name: str | None
    is_open: bool | None
    sees: str | None
    approves: bool | None
    manages: bool | None
    branch: int | None
    team: int | None
    confidential: int | None
    zone: str | None
    home_zone: str | None
    alerts: str
    chat_sound: str
    newest_workflow: int
    newest_field: int


@dataclass(frozen=True)
class _OfSession(_Rights):
    session: int
    seen_at: datetime
    unread: int


@dataclass(frozen=True)
class _OfKey(_Rights):
    key: int
    scopes: str
    used_at: datetime | None


async def behind_session(token: str, at: datetime) -> tuple[Actor, int, datetime] | None:
    """The person behind a cookie, the session's id, and when its last visit was stored."""
    rows = await fetch_as(
        _OfSession,
        _BY_SESSION + "WHERE s.token_hash = {} AND s.ends_at > {} AND s.started_at > {}",
        hash_of(token),
        at,
        at - LASTS_AT_MOST,
    )
    if not rows:
        return None
    return _actor(rows, unread=rows[0].unread), rows[0].session, rows[0].seen_at


async def behind_key(token: str, at: datetime) -> tuple[Actor, Key] | None:
    """The robot behind a key; None if the key is revoked or expired."""
    rows = await fetch_as(
        _OfKey,
        _BY_KEY + "WHERE k.token_hash = {} AND k.revoked_at IS NULL AND (k.ends_at IS NULL OR k.ends_at > {})",
        hash_of(token),
        at,
    )
    if not rows:
        return None
    first = rows[0]
    return _actor(rows), Key(first.key, frozenset(map(Scope, first.scopes.split())), first.used_at)


async def of_person(person: int) -> Actor | None:
    """An active person with their present rights."""
    rows = await fetch_as(_Rights, _WITH_RIGHTS + "WHERE p.id = {} AND p.is_active", person)
    return _actor(rows) if rows else None


def _actor(rows: Sequence[_Rights], *, unread: int = 0) -> Actor:
    """Builds an actor from the rows of their memberships, branches, teams and confidential teams."""
    first = rows[0]
    memberships = {row.organization: row for row in rows if row.organization is not None}
    names = {org: row.organization_name or "" for org, row in memberships.items() if row.is_open}
    teams = frozenset(row.team for row in rows if row.team is not None)
    whole = {org for org, row in memberships.items() if row.sees != Sees.OWN}
    return Actor(
        id=first.id,
        name=first.name,
        role=Role(first.role),
        is_robot=first.is_robot,
        organizations=dict(sorted(names.items(), key=lambda each: each[1].casefold())),
        sees=frozenset(whole | {row.branch for row in rows if row.branch is not None}),
        approves=frozenset(org for org, row in memberships.items() if row.approves),
        manages=frozenset(org for org, row in memberships.items() if row.manages),
        teams=teams,
        shut_out=frozenset(row.confidential for row in rows if row.confidential is not None) - teams,
        zone=first.zone or _home_zone(memberships.values()),
        unread=unread,
        alerts=first.alerts,
        chat_sound=first.chat_sound,
        newest_workflow=first.newest_workflow,
        newest_field=first.newest_field,
    )


def _home_zone(memberships: Collection[_Rights]) -> str | None:
    """The zone of their organizations, if all use the same one."""
    zones = {row.home_zone for row in memberships}
    return zones.pop() if len(zones) == 1 else None

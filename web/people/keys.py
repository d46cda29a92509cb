"""API keys of robots: issued, noted as used, revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from web import audit
from web.database import fetch_as, fetch_column, transaction, within
from web.errors import Invalid, NotFound, NotPermitted, refuse
from web.people import accounts, tokens
from web.people.permissions import SYSTEM, Actor, Key, Role, Scope
from web.people.tables import ApiKey
from web.settings_log.recording import Change, Kind, record_change, record_changes
from web.text import one_line, too_long, wrong_name

NOTED_EVERY = timedelta(minutes=1)
"""How often the use of a key is stored."""

LONGEST_NAME = 100

PREFIX = "guiche_"
"""A prefix by which people and secret scanners recognize a key."""


@dataclass(frozen=True)
class KeyShown:
    """A key, its robot, and who made and revoked it."""

    id: int
    name: str
    scopes: str
    made_at: datetime
    ends_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None
    robot: str
    made_by: str | None
    revoked_by: str | None


async def issue(
    robot: str,
    *,
    name: str,
    scopes: Iterable[Scope],
    lasts: timedelta | None,
    by: Actor = SYSTEM,
    at: datetime,
    form_key: str | None = None,
) -> tuple[int, str]:
    """Creates a key, and a robot if none has that name. Returns the key's number and the key, which is not stored.

    If the same form is sent again, a new key replaces the one that its sender never saw. Raises `Invalid` for a robot
    of a confidential team that `by` is not in, because its key would see what `by` may not.
    """
    _check_lead(by)
    robot, name = one_line(robot), one_line(name)
    refuse(wrong(robot, name))
    key, person = PREFIX + tokens.new(), await _robot(robot, by=by, at=at)
    async with transaction():
        if form_key:
            await _revoke("made_by = {} AND form_key = {}", by.id, form_key, by=by, at=at)
        row = ApiKey(
            person=person,
            name=name,
            token_hash=tokens.hash_of(key),
            scopes=" ".join(sorted(set(scopes))),
            made_by=by.id,
            made_at=at,
            form_key=form_key,
            ends_at=at + lasts if lasts else None,
        )
        await row.save()
        told = {"place": name, "scope": row.scopes, "until": row.ends_at.isoformat() if row.ends_at else None}
        await record_change(Kind.KEY, row.id, robot, None, told, by=by.id, at=at)
    audit.note("key_made", person=by.id, key=row.id, robot=person, scopes=row.scopes)
    return int(row.id), key


def wrong(robot: str, name: str) -> dict[str, str | None]:
    """The code of each wrong value of a key."""
    return {"robot": wrong_name(robot, longest=LONGEST_NAME), "place": too_long(name, LONGEST_NAME)}


async def revoke(number: int, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Revokes a key. Raises `NotFound` unless it is active."""
    _check_lead(by)
    async with within():
        if not await _revoke("id = {}", number, by=by, at=at):
            raise NotFound("key")


async def revoke_all(robot: int, *, by: Actor, at: datetime) -> None:
    """Revokes all keys of a robot."""
    await _revoke("person = {}", robot, by=by, at=at)


@dataclass(frozen=True)
class _Revoked:
    """A key and the name of its robot."""

    id: int
    name: str


async def _revoke(which: str, *values: object, by: Actor, at: datetime) -> list[_Revoked]:
    """Revokes and returns the active ones of these keys. The caller has begun a transaction."""
    found = await fetch_as(_Revoked, _REVOKED.format(which), at, by.id, *values)
    revoked = sorted(found, key=attrgetter("id"))
    was, now = {"is_revoked": False}, {"is_revoked": True}
    await record_changes([Change(Kind.KEY, each.id, each.name, was, now) for each in revoked], by=by.id, at=at)
    for each in revoked:
        audit.note("key_revoked", person=by.id, key=each.id)
    return revoked


_REVOKED = (
    "UPDATE api_key SET revoked_at = {{}}, revoked_by = {{}} WHERE revoked_at IS NULL AND {} "
    "RETURNING id, (SELECT name FROM person WHERE person.id = api_key.person) AS name"
)


async def listed(at: datetime) -> list[KeyShown]:
    """All keys: active ones first, then expired ones, then revoked ones; each newest first."""
    return await fetch_as(
        KeyShown,
        "SELECT k.id, k.name, k.scopes, k.made_at, k.ends_at, k.used_at, k.revoked_at, robot.name AS robot, "
        "maker.name AS made_by, revoker.name AS revoked_by FROM api_key k JOIN person robot ON robot.id = k.person "
        "LEFT JOIN person maker ON maker.id = k.made_by LEFT JOIN person revoker ON revoker.id = k.revoked_by "
        "ORDER BY CASE WHEN k.revoked_at IS NOT NULL THEN 2 WHEN k.ends_at <= {} THEN 1 ELSE 0 END, k.id DESC "
        "LIMIT 100",
        at,
    )


async def note_used(key: Key, *, at: datetime) -> None:
    if key.used_at is None or at - key.used_at > NOTED_EVERY:
        await ApiKey.update({ApiKey.used_at: at}).where(ApiKey.id == key.id)


def _check_lead(by: Actor) -> None:
    if not (by.is_lead or by.is_system):
        raise NotPermitted("key")


_ROBOT = "SELECT id FROM person WHERE name = {} AND is_robot AND is_active AND role = 'agent'"
_CONFIDENTIAL_TEAMS = (
    "SELECT team.id FROM team_member JOIN team ON team.id = team_member.team AND team.is_confidential "
    "WHERE team_member.person = {}"
)


async def _robot(name: str, *, by: Actor, at: datetime) -> int:
    known = await fetch_column(int, _ROBOT, name)
    if not known:
        return await accounts.create(name, [], role=Role.AGENT, is_robot=True, at=at)
    teams = await fetch_column(int, _CONFIDENTIAL_TEAMS, known[0])
    if not by.is_system and not set(teams) <= by.teams:
        raise Invalid("robot", "reserved_robot")
    return known[0]

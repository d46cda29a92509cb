"""Keys of robots: made, noted as used, revoked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from web.database import fetch
from web.errors import NotFound
from web.people import actions, tokens
from web.people.actor import Key, Role, Scope
from web.people.tables import ApiKey

NOTED_EVERY = timedelta(minutes=1)
"""How often the use of a key is written down."""

PREFIX = "guiche_"
"""So that whoever finds a key in a file, and whatever looks for secrets, knows what it is."""


async def issue(
    robot: str, *, name: str, scopes: Iterable[Scope], lasts: timedelta | None, at: datetime
) -> tuple[int, str]:
    """A key's number and the key itself, which is not kept; a robot not known by that name is made."""
    key = PREFIX + tokens.new()
    row = ApiKey(
        person=await _robot(robot, at=at),
        name=name,
        token_hash=tokens.hash_of(key),
        scopes=" ".join(sorted(set(scopes))),
        made_at=at,
        ends_at=at + lasts if lasts else None,
    )
    await row.save()
    return int(row.id), key


async def revoke(number: int, *, at: datetime) -> None:
    """From here on the key opens nothing; raises `NotFound` unless there was one that did."""
    revoked = await fetch(
        "UPDATE api_key SET revoked_at = {} WHERE id = {} AND revoked_at IS NULL RETURNING id", at, number
    )
    if not revoked:
        raise NotFound("key")


async def note_used(key: Key, *, at: datetime) -> None:
    if key.used_at is None or at - key.used_at > NOTED_EVERY:
        await ApiKey.update({ApiKey.used_at: at}).where(ApiKey.id == key.id)


async def _robot(name: str, *, at: datetime) -> int:
    known = await fetch("SELECT id FROM person WHERE name = {} AND is_robot AND is_active AND role = 'agent'", name)
    return int(known[0]["id"]) if known else await actions.enrol(name, [], role=Role.AGENT, is_robot=True, at=at)

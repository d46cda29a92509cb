"""Forms that are kept after a session ended, until their author signs in again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from web.database import execute, fetch_column
from web.people.permissions import Actor
from web.people.tables import KeptForm
from web.people.tokens import hash_of, new

LASTS = timedelta(days=2)


async def store(person: int, address: str, fields: Mapping[str, Sequence[str]], *, at: datetime) -> str:
    """Keeps a form for this person only. Returns the token that restores it."""
    token = new()
    await KeptForm(
        token_hash=hash_of(token),
        person=person,
        address=address[:500],
        fields=json.dumps(fields, ensure_ascii=False),
        kept_at=at,
    ).save()
    return token


async def discard(person: int) -> dict[str, list[str]]:
    """Deletes and returns the form that was kept before; one form is kept for each person."""
    rows = await fetch_column(str, "DELETE FROM kept_form WHERE person = {} RETURNING fields", person)
    return json.loads(rows[0]) if rows else {}


async def restore(token: str, *, by: Actor, at: datetime) -> dict[str, list[str]]:
    """Restores what this person had typed when their session ended; empty for anybody else."""
    kept = await fetch_column(
        str,
        "SELECT fields FROM kept_form WHERE token_hash = {} AND person = {} AND kept_at > {}",
        hash_of(token),
        by.id,
        at - LASTS,
    )
    return json.loads(kept[0]) if kept else {}


async def sweep(at: datetime) -> None:
    await execute("DELETE FROM kept_form WHERE kept_at < {}", at - LASTS)

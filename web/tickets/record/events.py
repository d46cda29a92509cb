"""The log of what happened to tickets: only ever added to, and found again by the key of the form that asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web.database import fetch
from web.people.permissions import Actor
from web.tickets.life.states import Status


@dataclass(frozen=True)
class MoveResult:
    """What came of an action; `is_repeat` when the same form had already been sent."""

    ticket: int
    event: int
    is_repeat: bool = False


class Repeated(Exception):
    """The same person's form with the same key got here first."""


async def record(
    noun: str,
    number: int,
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
    data: Mapping[str, Any] | None = None,
    message: int | None = None,
    audience: str = "public",
) -> MoveResult:
    rows = await fetch(
        "INSERT INTO event (ticket, kind, actor, at, audience, data, message, key) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (actor, key) WHERE key IS NOT NULL DO NOTHING RETURNING id",
        number,
        noun,
        by.id,
        at,
        audience,
        json.dumps(data or {}, ensure_ascii=False),
        message,
        key,
    )
    if not rows:
        raise Repeated
    return MoveResult(ticket=number, event=rows[0]["id"])


async def earlier_result(by: Actor, key: str | None) -> MoveResult | None:
    if key is None:
        return None
    rows = await fetch("SELECT id, ticket FROM event WHERE actor = {} AND key = {}", by.id, key)
    return MoveResult(ticket=rows[0]["ticket"], event=rows[0]["id"], is_repeat=True) if rows else None


async def has_other_key(by: Actor, *, begins: str, key: str) -> bool:
    """Whether the person has sent another form under a key that begins so."""
    return bool(
        await fetch(
            "SELECT 1 AS one FROM event WHERE actor = {} AND key >= {} AND key < {} AND key <> {} LIMIT 1",
            by.id,
            begins,
            f"{begins}g",
            key,
        )
    )


def status_change(before: Status, after: Status) -> dict[str, str]:
    return {"from": before, "to": after}

"""The effect of an action: changed columns of the ticket, added events and messages."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from web.database import Row, fetch
from web.people.permissions import Actor
from web.tickets.sla.deadlines import Deadlines

DERIVED = frozenset(Deadlines.__dataclass_fields__)
"""What follows from the events is judged by tests of its own."""


@dataclass
class Left:
    row: dict[str, Any] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.row or self.events or self.messages)


@asynccontextmanager
async def left_by_block(number: int) -> AsyncIterator[Left]:
    """Filled in at the end of the block."""
    left, before, events, messages = Left(), await row(number), await events_of(number), await messages_of(number)
    yield left
    after = await row(number)
    left.row = {name: after[name] for name in after if after[name] != before[name] and name not in DERIVED}
    left.events = (await events_of(number))[len(events) :]
    left.messages = (await messages_of(number))[len(messages) :]


def event(kind: str, by: Actor, at: object, *, audience: str = "public", says: str | None = None, **data: Any) -> Row:
    """The expected event; `from_` is its `from`."""
    data = {name.rstrip("_"): value for name, value in data.items()}
    return {"kind": kind, "actor": by.id, "at": at, "audience": audience, "body": says, "data": data}


def message(by: Actor, at: object, body: str, *, kind: str = "reply", is_resolution: bool = False) -> Row:
    return {"kind": kind, "author": by.id, "at": at, "body": body, "is_resolution": is_resolution}


async def row(number: int) -> Row:
    return (await fetch("SELECT * FROM ticket WHERE id = {}", number))[0]


async def events_of(number: int) -> list[Row]:
    rows = await fetch(
        "SELECT event.kind, event.actor, event.at, event.audience, event.data, message.body FROM event "
        "LEFT JOIN message ON message.id = event.message WHERE event.ticket = {} ORDER BY event.id",
        number,
    )
    return [{**each, "data": json.loads(each["data"])} for each in rows]


async def messages_of(number: int) -> list[Row]:
    rows = await fetch(
        "SELECT kind, author, at, body, is_resolution FROM message WHERE ticket = {} ORDER BY id", number
    )
    return [{**each, "is_resolution": bool(each["is_resolution"])} for each in rows]


async def copied(number: int) -> list[str]:
    rows = await fetch("SELECT address FROM participant WHERE ticket = {} ORDER BY id", number)
    return [each["address"] for each in rows]


async def count(table: str) -> int:
    return (await fetch(f"SELECT count(*) AS many FROM {table}"))[0]["many"]

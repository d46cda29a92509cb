"""The event log of tickets. Rows are only added. The one-time key of a form finds the event that it created."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from web.database import fetch_as, fetch_column, together
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.life.states import Status
from web.tickets.life.timeline import EventData


class Stamp(TypedDict):
    """Who makes a move, when, and with which one-time key of its form."""

    by: Actor
    at: datetime
    key: NotRequired[str | None]


@dataclass(frozen=True)
class MoveResult:
    """The event that an action created. `is_repeat` means that the same form was sent before."""

    ticket: int
    event: int
    is_repeat: bool = False


@dataclass(frozen=True)
class NewEvent:
    """An event to record. `key` is the one-time key of its form."""

    noun: str
    by: Actor
    at: datetime
    data: EventData = field(default_factory=dict)
    message: int | None = None
    is_reply: bool = False
    """Whether its message is public."""
    is_internal: bool = False
    key: str | None = None


class Repeated(Exception):
    """The form with this key was recorded before."""


async def record(
    noun: str,
    number: int,
    *,
    data: EventData | None = None,
    message: int | None = None,
    audience: str = "public",
    **stamp: Unpack[Stamp],
) -> MoveResult:
    event = NewEvent(noun, data=data or {}, message=message, is_internal=audience == "internal", **stamp)
    return MoveResult(ticket=number, event=(await record_all(number, [event]))[0])


async def record_all(number: int, events: Sequence[NewEvent], *, along: Sequence[Fragment] = ()) -> list[int]:
    """Records the events, and writes `along` with them. Returns their ids, in the same order. Raises `Repeated`."""
    recording = Fragment(
        "INSERT INTO event (ticket, kind, actor, at, audience, data, message, key) "
        f"VALUES {', '.join([_PLACES] * len(events))} "
        "ON CONFLICT (actor, key) WHERE key IS NOT NULL DO NOTHING RETURNING id",
        tuple(value for each in events for value in (number, *_values(each))),
    )
    ids = await fetch_column(int, "{}", await together(along, recording))
    if len(ids) < len(events):
        raise Repeated
    return sorted(ids)


_PLACES = "({}, {}, {}, {}, {}, {}, {}, {})"


def _values(event: NewEvent) -> tuple[object, ...]:
    audience = "internal" if event.is_internal else "public"
    data = json.dumps(event.data, ensure_ascii=False)
    return event.noun, event.by.id, event.at, audience, data, event.message, event.key


async def earlier_result(by: Actor, key: str | None) -> MoveResult | None:
    """The result of the same form, if it was sent before."""
    if key is None:
        return None
    sought = "SELECT ticket, id AS event, true AS is_repeat FROM event WHERE actor = {} AND key = {}"
    return next(iter(await fetch_as(MoveResult, sought, by.id, key)), None)


async def has_other_key(by: Actor, *, begins: str, key: str) -> bool:
    """Whether the person has sent another form under a key that begins with `begins`."""
    return bool(
        await fetch_column(
            int,
            "SELECT 1 AS one FROM event WHERE actor = {} AND key >= {} AND key < {} AND key <> {} LIMIT 1",
            by.id,
            begins,
            f"{begins}g",
            key,
        )
    )


def status_change(before: Status, after: Status) -> dict[str, str]:
    return {"from": before, "to": after}

"""Keeps what follows from a ticket's events in its columns, for lists to sort by and for the worker to wake up to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import NamedTuple

from piccolo.columns import Column

from web.database import Row, fetch, json_list
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent, Timeline
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.policy import PolicyKey, read_terms, terms_in_sql
from web.tickets.sla.targets import Policy, Promise
from web.tickets.tables import Ticket

PROMISED = ("answer_due", "solve_due")

COLUMNS = tuple(each.name for each in fields(Deadlines))


class Shift(NamedTuple):
    """Promised instants that moved, by column (ISO 8601)."""

    old: Mapping[str, str | None]
    new: Mapping[str, str | None]


class Judged(NamedTuple):
    """What happened to a ticket (None while nothing moved it), its policy, and its columns as they are kept."""

    timeline: Timeline | None
    policy: Policy
    kept: Deadlines


async def refresh(number: int) -> Shift | None:
    """Computes the ticket's deadlines anew; which promised instants changed, if any did."""
    life, policy, kept = await load(number)
    if life is None:
        return None
    new = deadlines_of(life, policy)
    if changed := changes(kept, new):
        await Ticket.update(changed).where(Ticket.id == number)
    return shift(kept, new)


async def unmet(number: int) -> dict[str, str]:
    """When each promise is due that is neither met nor paused (ISO 8601), by its name."""
    row = (await fetch("SELECT answer_due, solve_due FROM ticket WHERE id = {}", number))[0]
    dues = {Promise.FIRST_RESPONSE: row["answer_due"], Promise.RESOLUTION: row["solve_due"]}
    return {str(promise): due.isoformat() for promise, due in dues.items() if due}


async def load(number: int) -> Judged:
    row = (await fetch(_TICKET, number))[0]
    found = (
        await fetch(
            f"SELECT {past_in_sql()} AS past, {{}} AS terms",
            row["requester"],
            number,
            terms_in_sql(row["organization"]),
        )
    )[0]
    policy = read_terms(found["terms"]).policy(case_of(row))
    return Judged(timeline_of(read_past(found["past"])), policy, kept_of(row))


def case_of(row: Row) -> PolicyKey:
    return PolicyKey(row["workflow"], row["priority"], row["category"], row["team"], row["organization"])


def kept_of(row: Row) -> Deadlines:
    return Deadlines(**{name: row[name] for name in COLUMNS})


def timeline_of(past: Iterable[PastEvent]) -> Timeline | None:
    """None for a draft, which nothing has moved yet."""
    events = list(past)
    return timeline.timeline_of(events) if any("to" in each.data for each in events) else None


def changes(old: Deadlines, new: Deadlines) -> dict[Column | str, object]:
    """The columns to write."""
    return {name: value for name in COLUMNS if (value := getattr(new, name)) != getattr(old, name)}


def shift(old: Deadlines, new: Deadlines) -> Shift | None:
    moved = [name for name in PROMISED if getattr(old, name) != getattr(new, name)]
    return Shift(_told(old, moved), _told(new, moved)) if moved else None


def is_worth_telling(shift: Shift) -> bool:
    """Whether an instant moved by a minute of the clock; seconds are not worth telling."""
    pairs = ((shift.old[name], shift.new[name]) for name in shift.old)
    return any(old is not None and new is not None and old[:16] != new[:16] for old, new in pairs)


def past_in_sql() -> str:
    """A ticket's events as a column of a larger statement, which takes the requester and the number."""
    return json_list(
        ("kind", "at", "data", "is_reply", "is_work"),
        "SELECT event.kind, event.at, event.data, message.kind = 'reply' AS is_reply, "
        "actor.id <> {} AND actor.role IN ('agent', 'lead', 'admin') AS is_work "
        "FROM event JOIN person actor ON actor.id = event.actor LEFT JOIN message ON message.id = event.message "
        "WHERE event.ticket = {} ORDER BY event.id",
    )


def read_past(text: str) -> list[PastEvent]:
    return [
        PastEvent(
            kind=each["kind"],
            at=datetime.fromisoformat(each["at"]).astimezone(UTC),
            data=json.loads(each["data"]),
            is_answer=bool(each["is_work"] and each["is_reply"]),
            is_work=bool(each["is_work"]),
        )
        for each in json.loads(text)
    ]


_TICKET = (
    f"SELECT requester, workflow, priority, category, team, organization, {', '.join(COLUMNS)} "
    "FROM ticket WHERE id = {}"
)


def _told(values: Deadlines, names: list[str]) -> dict[str, str | None]:
    instants: dict[str, datetime | None] = {name: getattr(values, name) for name in names}
    return {name: instant.isoformat() if instant else None for name, instant in instants.items()}

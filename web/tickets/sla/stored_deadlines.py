"""Stores a ticket's deadlines in its columns, by which lists sort and the worker finds due timers."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from piccolo.columns import Column

from web.database import columns_of, fetch_as, json_list
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent, Timeline
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.policy import PolicyKey, read_terms, terms_in_sql
from web.tickets.sla.targets import Policy, Promise
from web.tickets.tables import Ticket

PROMISED = ("answer_due", "solve_due")

COLUMNS = columns_of(Deadlines)


class Shift(NamedTuple):
    """The promised instants that moved, old and new, by column (ISO 8601)."""

    old: Mapping[str, str | None]
    new: Mapping[str, str | None]


@dataclass(frozen=True)
class DeadlinesRow(Deadlines):
    """The stored deadlines of a ticket, and the columns that they depend on."""

    requester: int
    workflow: str
    priority: str
    category: int | None
    team: int | None
    organization: int | None


@dataclass(frozen=True)
class PastAndTerms:
    """The events and the SLA settings of a ticket, each as JSON."""

    past: str
    terms: str


@dataclass(frozen=True)
class _Dues:
    """The due instants of a ticket's promises that are neither met nor paused."""

    answer_due: datetime | None
    solve_due: datetime | None


class Judged(NamedTuple):
    """A ticket's timeline (None before its first move), its policy, and its stored deadlines."""

    timeline: Timeline | None
    policy: Policy
    kept: Deadlines


async def refresh(number: int) -> Shift | None:
    """Recalculates the ticket's deadlines. Returns the promised instants that moved, if any did."""
    life, policy, kept = await load(number)
    if life is None:
        return None
    new = deadlines_of(life, policy)
    if changed := changes(kept, new):
        await Ticket.update(changed).where(Ticket.id == number)
    return shift(kept, new)


async def unmet(number: int) -> dict[str, str]:
    """The due instant (ISO 8601) of each promise that is neither met nor paused, by its name."""
    [kept] = await fetch_as(_Dues, "SELECT answer_due, solve_due FROM ticket WHERE id = {}", number)
    dues = {Promise.FIRST_RESPONSE: kept.answer_due, Promise.RESOLUTION: kept.solve_due}
    return {str(promise): due.isoformat() for promise, due in dues.items() if due}


async def load(number: int) -> Judged:
    [row] = await fetch_as(DeadlinesRow, _TICKET, number)
    [found] = await fetch_as(
        PastAndTerms,
        f"SELECT {past_in_sql()} AS past, {{}} AS terms",
        row.requester,
        number,
        terms_in_sql(row.organization),
    )
    policy = read_terms(found.terms).policy(_case_of(row))
    return Judged(timeline_of(read_past(found.past)), policy, kept_of(row))


def _case_of(row: DeadlinesRow) -> PolicyKey:
    return PolicyKey(row.workflow, row.priority, row.category, row.team, row.organization)


def kept_of(row: Deadlines) -> Deadlines:
    """Returns the deadlines alone from a row with other columns."""
    return Deadlines(**{name: getattr(row, name) for name in COLUMNS})


def timeline_of(past: Iterable[PastEvent]) -> Timeline | None:
    """Returns None for a draft, which no move has changed yet."""
    events = list(past)
    return timeline.timeline_of(events) if any("to" in each.data for each in events) else None


def changes(old: Deadlines, new: Deadlines) -> dict[Column | str, object]:
    """The columns that changed, with their new values."""
    return {name: value for name in COLUMNS if (value := getattr(new, name)) != getattr(old, name)}


def shift(old: Deadlines, new: Deadlines) -> Shift | None:
    moved = [name for name in PROMISED if getattr(old, name) != getattr(new, name)]
    return Shift(_told(old, moved), _told(new, moved)) if moved else None


def is_worth_telling(shift: Shift) -> bool:
    """Whether an instant moved to another minute. Seconds do not matter to readers."""
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
    f"SELECT {', '.join(COLUMNS)}, requester, workflow, priority, category, team, organization "
    "FROM ticket WHERE id = {}"
)


def _told(values: Deadlines, names: list[str]) -> dict[str, str | None]:
    instants: dict[str, datetime | None] = {name: getattr(values, name) for name in names}
    return {name: instant.isoformat() if instant else None for name, instant in instants.items()}

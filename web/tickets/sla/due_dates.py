"""Keeps what follows from a ticket's events in its columns, for lists to sort by and for the worker to wake up to."""

import json
from typing import Any

from web.database import Row, fetch
from web.tickets.life import timeline
from web.tickets.life.timeline import PastEvent, Timeline
from web.tickets.sla.deadlines import Deadlines, deadlines_of
from web.tickets.sla.policy import PolicyKey, policy_of
from web.tickets.sla.targets import Policy, Promise

PROMISED = ("answer_due", "solve_due")


async def refresh(number: int) -> dict[str, Any]:
    """Reckons the ticket's time anew; what changed of the promised instants, as `old` and `new` by column."""
    life, policy, kept = await load(number)
    if life is None:
        return {}
    new = vars(deadlines_of(life, policy))
    changed = {name: value for name, value in new.items() if kept[name] != value}
    if changed:
        sets = ", ".join(f"{name} = {{}}" for name in changed)
        await fetch(f"UPDATE ticket SET {sets} WHERE id = {{}}", *changed.values(), number)
    moved = [name for name in PROMISED if name in changed]
    return {"old": _told(kept, moved), "new": _told(new, moved)} if moved else {}


async def unmet(number: int) -> dict[str, str]:
    """When each promise is due that is neither met nor paused (ISO 8601), by its name."""
    row = (await fetch("SELECT answer_due, solve_due FROM ticket WHERE id = {}", number))[0]
    dues = {Promise.FIRST_RESPONSE: row["answer_due"], Promise.RESOLUTION: row["solve_due"]}
    return {str(promise): due.isoformat() for promise, due in dues.items() if due}


async def load(number: int) -> tuple[Timeline | None, Policy, Row]:
    """What happened to the ticket (None while nothing moved it), its policy, and its row."""
    row = (await fetch(_TICKET, number))[0]
    events = await fetch(_EVENTS, row["requester"], number)
    policy = await policy_of(case_of(row))
    happenings = [_happening(event) for event in events]
    has_moved = any("to" in each.data for each in happenings)
    return timeline.timeline_of(happenings) if has_moved else None, policy, row


def case_of(row: Row) -> PolicyKey:
    return PolicyKey(**{name: row[name] for name in PolicyKey.__dataclass_fields__})


_KEPT = ", ".join(Deadlines.__dataclass_fields__)

_TICKET = f"SELECT requester, workflow, priority, category, team, organization, {_KEPT} FROM ticket WHERE id = {{}}"

_EVENTS = """
SELECT event.kind, event.at, event.data, message.kind = 'reply' AS is_reply,
       actor.id <> {} AND actor.role IN ('agent', 'lead', 'admin') AS is_work
FROM event JOIN person actor ON actor.id = event.actor LEFT JOIN message ON message.id = event.message
WHERE event.ticket = {} ORDER BY event.id
"""


def _happening(row: Row) -> PastEvent:
    by_desk = bool(row["is_work"])
    return PastEvent(row["kind"], row["at"], json.loads(row["data"]), by_desk and bool(row["is_reply"]), by_desk)


def _told(values: Row, names: list[str]) -> dict[str, str | None]:
    return {name: values[name].isoformat() if values[name] else None for name in names}

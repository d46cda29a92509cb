"""Keeps what follows from a ticket's events in its columns, for lists to sort by and for the worker to wake up to."""

import json
from typing import Any

from web.database import Row, fetch
from web.tickets.life import timeline
from web.tickets.life.timeline import Happening, History
from web.tickets.sla.outlook import Outlook, outlook
from web.tickets.sla.policy import Case, terms_of
from web.tickets.sla.targets import Promise, Terms

PROMISED = ("answer_due", "solve_due")


async def renew(number: int) -> dict[str, Any]:
    """Reckons the ticket's time anew; what changed of the promised instants, as `old` and `new` by column."""
    life, terms, kept = await read(number)
    if life is None:
        return {}
    new = vars(outlook(life, terms))
    changed = {name: value for name, value in new.items() if kept[name] != value}
    if changed:
        sets = ", ".join(f"{name} = {{}}" for name in changed)
        await fetch(f"UPDATE ticket SET {sets} WHERE id = {{}}", *changed.values(), number)
    moved = [name for name in PROMISED if name in changed]
    return {"old": _told(kept, moved), "new": _told(new, moved)} if moved else {}


async def promised(number: int) -> dict[str, str]:
    """When each promise is due that is neither met nor paused (ISO 8601), by its name."""
    row = (await fetch("SELECT answer_due, solve_due FROM ticket WHERE id = {}", number))[0]
    dues = {Promise.FIRST_RESPONSE: row["answer_due"], Promise.RESOLUTION: row["solve_due"]}
    return {str(promise): due.isoformat() for promise, due in dues.items() if due}


async def read(number: int) -> tuple[History | None, Terms, Row]:
    """What happened to the ticket (None while nothing moved it), its terms, and its row."""
    row = (await fetch(_TICKET, number))[0]
    events = await fetch(_EVENTS, row["requester"], number)
    terms = await terms_of(case_of(row))
    happenings = [_happening(event) for event in events]
    has_moved = any("to" in each.data for each in happenings)
    return timeline.read(happenings) if has_moved else None, terms, row


def case_of(row: Row) -> Case:
    return Case(**{name: row[name] for name in Case.__dataclass_fields__})


_KEPT = ", ".join(Outlook.__dataclass_fields__)

_TICKET = f"SELECT requester, workflow, priority, category, team, organization, {_KEPT} FROM ticket WHERE id = {{}}"

_EVENTS = """
SELECT event.kind, event.at, event.data, message.kind = 'reply' AS is_reply,
       actor.id <> {} AND actor.role IN ('agent', 'lead', 'admin') AS is_work
FROM event JOIN person actor ON actor.id = event.actor LEFT JOIN message ON message.id = event.message
WHERE event.ticket = {} ORDER BY event.id
"""


def _happening(row: Row) -> Happening:
    by_desk = bool(row["is_work"])
    return Happening(row["kind"], row["at"], json.loads(row["data"]), by_desk and bool(row["is_reply"]), by_desk)


def _told(values: Row, names: list[str]) -> dict[str, str | None]:
    return {name: values[name].isoformat() if values[name] else None for name in names}

"""Holds messages to agents while their team is closed, and sends them as one when it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as
from web.tickets.sla.policy import read_terms, terms_for

HELD = 3
"""The urgency of a message that waits for the next opening."""


@dataclass(frozen=True)
class HeldMessage:
    """A message that is sent together with others of the same person."""

    event: int
    kind: str
    occasion: str
    ticket: int
    actor: str
    is_automatic: bool


async def openings(teams: Iterable[int | None], at: datetime) -> dict[int | None, datetime]:
    """When each team is open next: now, or the beginning of its next opening hours."""
    terms = read_terms(await terms_for(None))
    calendars = {team: terms.of_team(team) for team in teams}
    return {team: at if each.is_open(at) else next(each.open_from(at))[0] for team, each in calendars.items()}


async def gather(person: int, at: datetime, *, until: datetime) -> list[HeldMessage]:
    """Returns all messages due to the person, oldest first, and claims them until `until`."""
    due = f"UPDATE outgoing SET due_at = {{}} WHERE person = {{}} AND due_at <= {{}} AND {_WAITS}"
    await execute(due, until, person, at)
    return await fetch_as(HeldMessage, _GATHERED, person, until)


async def note_sent(person: int, at: datetime, *, until: datetime) -> None:
    """Marks them as sent with the message that was sent."""
    sent = f"UPDATE outgoing SET state = 'sent', sent_at = {{}} WHERE person = {{}} AND due_at = {{}} AND {_WAITS}"
    await execute(sent, at, person, until)


_WAITS = f"outgoing.state = 'waiting' AND outgoing.urgency = {HELD}"
_GATHERED = f"""
SELECT outgoing.event, event.kind, outgoing.occasion, event.ticket, actor.name AS actor,
       actor.role = 'system' AS is_automatic
FROM outgoing JOIN event ON event.id = outgoing.event JOIN person actor ON actor.id = event.actor
WHERE outgoing.person = {{}} AND outgoing.due_at = {{}} AND {_WAITS} ORDER BY outgoing.event
"""

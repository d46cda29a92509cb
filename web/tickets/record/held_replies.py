"""Reads held replies, and what prevents them from being sent."""

import json
from dataclasses import dataclass
from datetime import datetime

from web.database import columns_of, execute, fetch_as, fetch_column, json_list, read_json
from web.people.permissions import Actor
from web.tickets.record.attachments import release_files
from web.tickets.visibility import visible_to

Typed = dict[str, list[str]]
"""What was typed: lists of texts by field name."""


@dataclass(frozen=True)
class Held:
    """A held reply. `obstacle` names what prevents it from being sent, if anything does."""

    id: int
    ticket: int
    person: int
    author: str
    is_left: bool
    """Whether its author no longer works at the desk."""
    noun: str
    typed: str
    key: str | None
    held_at: datetime
    due_at: datetime
    kept_back_at: datetime | None
    obstacle: str

    @property
    def values(self) -> Typed:
        typed: Typed = json.loads(self.typed)
        return typed

    def is_for(self, by: Actor) -> bool:
        return may_take_back(by, person=self.person, is_left=self.is_left)


def may_take_back(by: Actor, *, person: int, is_left: bool) -> bool:
    """Whether `by` may take it back: its author, leads, and any agent once the author has left."""
    return by.id == person or by.is_lead or (is_left and by.is_agent)


_LEFT = "(NOT person.is_active OR person.role = 'requester')"
_ANSWERED = """EXISTS (SELECT 1 FROM event WHERE event.ticket = held_reply.ticket AND event.id > held_reply.seen
    AND event.actor <> held_reply.person AND event.message IS NOT NULL AND event.audience = 'public')"""
_OBSTACLE = f"""CASE WHEN {_LEFT} THEN 'left'
    WHEN ticket.status = 'closed' AND ticket.resolution = 'merged' THEN 'merged'
    WHEN ticket.status = 'closed' THEN 'closed' WHEN {_ANSWERED} THEN 'answered' ELSE '' END"""
_FROM = """FROM held_reply JOIN person ON person.id = held_reply.person JOIN ticket ON ticket.id = held_reply.ticket"""


async def find(number: int | None, ticket: int) -> Held | None:
    """Finds the held reply of this number on this ticket."""
    found = await fetch_as(
        Held,
        "SELECT held_reply.id, held_reply.ticket, held_reply.person, person.name AS author, "
        f"{_LEFT} AS is_left, held_reply.noun, held_reply.typed, held_reply.key, "
        "held_reply.held_at, held_reply.due_at, "
        f"held_reply.kept_back_at, {_OBSTACLE} AS obstacle {_FROM} WHERE held_reply.id = {{}} AND ticket.id = {{}}",
        number,
        ticket,
    )
    return found[0] if found else None


@dataclass(frozen=True)
class Due:
    """A held reply to send or to return to its author now."""

    id: int
    ticket: int


async def due(at: datetime) -> list[Due]:
    """The held replies that are due, and those that cannot be sent any more."""
    return await fetch_as(
        Due,
        f"SELECT held_reply.id, held_reply.ticket {_FROM} WHERE held_reply.kept_back_at IS NULL "
        f"AND (held_reply.due_at <= {{}} OR {_OBSTACLE} <> '') ORDER BY held_reply.due_at LIMIT {AT_ONCE}",
        at,
    )


AT_ONCE = 50
"""How many are sent in one run of the worker, so that recipients of the first are not kept waiting by the last."""


@dataclass(frozen=True)
class HeldFile:
    """A file of a held reply."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class Waiting:
    """A held reply as the ticket's page shows it; instants in ISO 8601, `typed` and `files` from JSON."""

    id: int
    person: int
    author: str
    is_left: bool
    noun: str
    typed: str
    due_at: str
    kept_back_at: str | None
    why: str
    files: str

    def is_for(self, by: Actor) -> bool:
        return may_take_back(by, person=self.person, is_left=self.is_left)


@dataclass(frozen=True)
class OnTicket(Waiting):
    """A held reply with its ticket."""

    ticket: int
    title: str


async def take_out(held: int, *, to: int, at: datetime) -> list[int]:
    """Deletes a held reply. Returns its files, which are the person's own again."""
    files = await release_files(held, to=to, at=at)
    await execute("DELETE FROM held_reply WHERE id = {}", held)
    return files


MOST_LISTED = 100


async def of_person(by: Actor) -> list[OnTicket]:
    """Their held replies on tickets that they see, the next due first; up to one more than are listed."""
    listed = json_list(columns_of(OnTicket), _listed(", ticket.id AS ticket, ticket.title", _THEIRS, MOST_LISTED + 1))
    (found,) = await fetch_column(str, f"SELECT {listed} AS listed", by.id, visible_to(by))
    return read_json(OnTicket, found)


def of_ticket_in_sql() -> str:
    """A select of a ticket's held replies that takes its number, for a list of a larger statement."""
    return _listed("", "held_reply.ticket = {}", 20)


_THEIRS = "held_reply.person = {} AND {}"


def _listed(more: str, which: str, most: int) -> str:
    own = "SELECT id, name, size FROM attachment WHERE held = held_reply.id ORDER BY id"
    files = json_list(("id", "name", "size"), own)
    return (
        f"SELECT held_reply.id, held_reply.person, person.name AS author, {_LEFT} AS is_left, held_reply.noun, "
        "held_reply.typed, held_reply.due_at, held_reply.kept_back_at, held_reply.why, "
        f"CAST({files} AS TEXT) AS files{more} {_FROM} WHERE {which} ORDER BY held_reply.due_at LIMIT {most}"
    )

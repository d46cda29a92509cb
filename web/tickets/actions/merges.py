"""Merges of tickets, and their undoing."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from web.database import execute, fetch_column, within
from web.errors import Invalid
from web.people.permissions import Actor
from web.sql import literals
from web.tickets.actions.links import _link, _other
from web.tickets.life.consequences import Change
from web.tickets.life.moves import MERGE, UNMERGE
from web.tickets.life.states import Resolution, Standing, Status, TicketState, Wait
from web.tickets.life.timeline import EventData
from web.tickets.record import search_index
from web.tickets.record.events import MoveResult, earlier_result, record
from web.tickets.record.locking import lock_state
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply, refresh_due_dates
from web.tickets.sla import stored_deadlines
from web.tickets.tables import Link


async def merge(
    ticket: TicketDetails, into: int | None, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Closes the ticket in favour of another ticket of the same customer, which inherits the unmet promises.

    The requester and the people in copy are put in copy on the other ticket, so that they can read on there. No message
    moves, so that the merge can be undone. Raises `Invalid` when the other ticket is the same one, is not visible to
    `by`, or is another customer's.
    """
    other = await _other(ticket, into, by=by)
    if _customer(ticket) != _customer(other):
        raise Invalid("into", "other_customer")
    async with within():
        state, target = await _both(ticket.number, other.number)
        if found := await earlier_result(by, key):
            return found
        if target.resolution is Resolution.MERGED or target.status is Status.DRAFT:
            raise Invalid("into", "merged_itself")
        promises = await stored_deadlines.unmet(state.number)
        made = await apply(
            MERGE,
            state,
            to=Status.CLOSED,
            change=Change(resolution=Resolution.MERGED),
            data={"into": other.number, "before": _told(state.standing)},
            by=by,
            at=at,
            key=key,
        )
        await _link(ticket.number, other.number, "merge", at=at)
        joined = await _join(state, other.number, by=by, at=at)
        told: EventData = {"merged": ticket.number, "promises": promises, "joined": joined}
        await record("merge", other.number, by=by, at=at, data=told, audience="internal")
        await _refresh_due_dates(other.number, why="merge", at=at)
        return made


async def unmerge(ticket: TicketDetails, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Gives the ticket back the status it had. Messages stay where they were written."""
    async with within():
        state = await lock_state(ticket.number)
        if found := await earlier_result(by, key):
            return found
        UNMERGE.check(state, by)
        [data] = await fetch_column(str, f"{_MERGES} LIMIT 1", ticket.number)
        merged = json.loads(data)
        before = _standing(merged["before"])
        made = await apply(
            UNMERGE,
            state,
            to=before.status,
            change=Change(back_to=before),
            data={"other": merged["into"]},
            by=by,
            at=at,
            key=key,
        )
        await Link.delete().where(Link.ticket == ticket.number, Link.kind == "merge")
        await _part(ticket.number, merged["into"])
        await record("unmerge", merged["into"], by=by, at=at, data={"other": ticket.number}, audience="internal")
        await _refresh_due_dates(merged["into"], why="unmerge", at=at)
        return made


_MERGES = "SELECT data FROM event WHERE ticket = {} AND kind = 'merge' ORDER BY id DESC"


async def _join(ticket: TicketState, into: int, *, by: Actor, at: datetime) -> list[int]:
    """Puts the people of a merged ticket in copy on the other one. Returns those who were not on it yet."""
    joined = await fetch_column(int, _JOINED, into, by.id, at, ticket.number, ticket.requester, ticket.number, into)
    await search_index.index(into)
    return sorted(joined)


_JOINED = (
    "INSERT INTO participant (ticket, person, address, added_by, at) "
    "SELECT {}, joining.person, joining.address, {}, {} FROM ("
    "SELECT id AS place, person, address FROM participant WHERE ticket = {} UNION ALL SELECT 0, requester.id, "
    "COALESCE((SELECT min(value) FROM identity WHERE person = requester.id), requester.name) "
    "FROM person requester WHERE requester.id = {} AND requester.id NOT IN "
    "(SELECT person FROM participant WHERE ticket = {})) joining "
    "WHERE joining.person <> (SELECT requester FROM ticket WHERE id = {}) ORDER BY joining.place "
    "ON CONFLICT (ticket, person) DO NOTHING RETURNING person"
)


async def _part(number: int, other: int) -> None:
    """Removes from the copies the people whom the merge of this ticket had added."""
    told = await fetch_column(str, _MERGES, other)
    merges = (each for each in map(json.loads, told) if each.get("merged") == number)
    joined: list[int] = next(merges, {"joined": []})["joined"]
    if joined:
        await execute(f"DELETE FROM participant WHERE ticket = {{}} AND person IN ({literals(joined)})", other)
        await search_index.index(other)


async def _refresh_due_dates(number: int, *, why: str, at: datetime) -> None:
    """Recalculates the deadlines, unless the ticket is closed: those are final."""
    if await fetch_column(int, "SELECT 1 AS one FROM ticket WHERE id = {} AND status <> 'closed'", number):
        await refresh_due_dates(number, why=why, at=at)


def _customer(ticket: TicketDetails) -> tuple[str, int]:
    """The customer: an organization, or one person."""
    return ("organization", ticket.organization) if ticket.organization else ("person", ticket.requester)


async def _both(number: int, other: int) -> tuple[TicketState, TicketState]:
    """Locks both tickets, always in the same order, so that two agents never deadlock."""
    lives = {each: await lock_state(each) for each in sorted((number, other))}
    return lives[number], lives[other]


def _told(standing: Standing) -> dict[str, str | None]:
    """The standing as the event keeps it. `_standing` reads it back."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(standing).items()
    }


def _standing(told: Mapping[str, str | None]) -> Standing:
    return Standing(
        status=Status(told["status"] or ""),
        wait=Wait(told["wait"]) if told["wait"] else None,
        wait_until=_instant(told["wait_until"]),
        resolution=Resolution(told["resolution"]) if told["resolution"] else None,
        resolved_at=_instant(told["resolved_at"]),
        closed_at=_instant(told["closed_at"]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

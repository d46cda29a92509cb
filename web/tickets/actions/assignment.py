"""What only the desk does with a ticket: hand it on, classify it, have it wait, end it by a method."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from web.database import Row, fetch, within
from web.errors import Invalid, Overtaken, refuse
from web.people.permissions import Actor
from web.text import is_blank
from web.tickets.actions import replies
from web.tickets.life.moves import ASSIGNMENT, CLASSIFICATION, REJECTION, TAGS, Priority, Resolution, Status
from web.tickets.lists.sidebar import last_word
from web.tickets.record import search_index
from web.tickets.record.events import Made
from web.tickets.record.messages import Said
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import locked, make

MOST_TAGS, LONGEST_TAG = 10, 40
LONGEST_REMARK = 2_000


@asynccontextmanager
async def as_seen(ticket: Sheet, last: int | None, *, by: Actor) -> AsyncIterator[None]:
    """Holds the ticket for a move; raises `Overtaken` when others did something after event `last`.

    Whoever asks again with the newer event has seen it, and goes on.
    """
    async with within():
        await locked(ticket.number)
        if last is not None and await fetch(
            "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} AND actor <> {} LIMIT 1",
            ticket.number,
            last,
            by.id,
        ):
            raise Overtaken(str(ticket.number))
        yield


async def assign(
    ticket: Sheet, *, team: int | None, person: int | None, by: Actor, at: datetime, key: str | None = None
) -> Made:
    """To a team's queue, to oneself, or offered to a colleague, who holds it once they take it."""
    found = await _team_of(ticket, team)
    to_me = person == by.id
    if person is not None:
        await _refuse_stranger(person, found)
    sets = {"team": found["id"] if found else None, "assignee": by.id if to_me else None}
    sets["offered_to"] = None if to_me else person
    async with within():
        life = await locked(ticket.number)
        opens = to_me and life.status is Status.NEW
        made = await make(
            ASSIGNMENT,
            ticket,
            to=Status.OPEN if opens else None,
            sets=sets,
            data=sets,
            by=by,
            at=at,
            key=key,
        )
        await search_index.rescope(ticket.number)
    return made


async def classify(
    ticket: Sheet,
    *,
    priority: Priority,
    category: int | None,
    topic: int | None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Priority, category and topic; the ticket goes on living by the workflow it began with."""
    about = await _subject(category, topic)
    data: dict[str, Any] = {}
    if priority != ticket.priority:
        data["priority"] = {"from": ticket.priority, "to": priority}
    if (about["category"], about["topic"]) != (ticket.category_name, ticket.topic_name):
        data["category"] = {
            "from": _path(ticket.category_name, ticket.topic_name),
            "to": _path(about["category"], about["topic"]),
        }
    sets = {"priority": priority, "category": category, "topic": topic}
    return await make(CLASSIFICATION, ticket, sets=sets, data=data, by=by, at=at, key=key)


async def tag(ticket: Sheet, names: Iterable[str], *, by: Actor, at: datetime, key: str | None = None) -> Made:
    """The ticket's tags from now on."""
    wanted = list(dict.fromkeys(name for each in names if (name := " ".join(each.casefold().split()))))
    if len(wanted) > MOST_TAGS or any(len(name) > LONGEST_TAG for name in wanted):
        raise Invalid("tags", "too_many_tags")
    async with within():
        made = await make(TAGS, ticket, data={"tags": wanted}, by=by, at=at, key=key)
        if not made.is_repeat:
            await fetch("DELETE FROM tag WHERE ticket = {}", ticket.number)
            for name in wanted:
                await fetch("INSERT INTO tag (ticket, name) VALUES ({}, {})", ticket.number, name)
    return made


async def solve(
    ticket: Sheet,
    method: Resolution,
    *,
    says: Said | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """Ends the work by a method. What this agent said last counts as the solution, and is marked as it.

    Spam and unknown senders are closed at once, and nobody is owed a word.
    """
    if method in (Resolution.SPAM, Resolution.UNKNOWN_SENDER):
        return await _turn_away(ticket, method, by=by, at=at, key=key)
    async with within():
        await locked(ticket.number)
        said = await last_word(ticket, by=by) if says is None else None
        made = await replies.solve(ticket, method=method, says=says, has_said=said is not None, by=by, at=at, key=key)
        if said is not None:
            await fetch("UPDATE message SET is_resolution = true WHERE id = {}", said["id"])
    return made


async def remark(ticket: Sheet, body: str, *, of_organization: bool, by: Actor, at: datetime) -> None:
    """What the desk should know of whoever asks, whatever the ticket."""
    refuse({"remark": "missing" if is_blank(body) else "too_long" if len(body) > LONGEST_REMARK else None})
    about = "organization" if of_organization and ticket.organization else "person"
    await fetch(
        f"INSERT INTO remark ({about}, body, author, at) VALUES ({{}}, {{}}, {{}}, {{}})",
        ticket.organization if about == "organization" else ticket.requester,
        body,
        by.id,
        at,
    )


async def _turn_away(ticket: Sheet, method: Resolution, *, by: Actor, at: datetime, key: str | None) -> Made:
    return await make(
        REJECTION,
        ticket,
        to=Status.CLOSED,
        sets={"resolution": method, "closed_at": at},
        data={"method": method},
        by=by,
        at=at,
        key=key,
    )


async def _team_of(ticket: Sheet, team: int | None) -> Row | None:
    rows = await fetch("SELECT id, is_confidential FROM team WHERE id = {}", team or ticket.team or 0)
    if not rows and team is not None:
        raise Invalid("team", "unknown")
    return rows[0] if rows else None


async def _refuse_stranger(person: int, team: Row | None) -> None:
    """Only agents hold tickets, and a confidential team's only its own."""
    rows = await fetch(
        "SELECT (SELECT 1 FROM team_member WHERE person = {} AND team = {}) AS belongs FROM person "
        "WHERE id = {} AND role IN ('agent', 'lead', 'admin') AND is_active",
        person,
        team["id"] if team else 0,
        person,
    )
    if not rows:
        raise Invalid("assignee", "unknown")
    if team and team["is_confidential"] and not rows[0]["belongs"]:
        raise Invalid("assignee", "not_of_team")


async def _subject(category: int | None, topic: int | None) -> Row:
    rows = await fetch(
        "SELECT category.name AS category, topic.name AS topic, topic.id FROM category "
        "LEFT JOIN topic ON topic.category = category.id AND topic.id = {} WHERE category.id = {}",
        topic or 0,
        category or 0,
    )
    if not rows:
        raise Invalid("category", "missing" if category is None else "unknown")
    if topic is not None and rows[0]["id"] is None:
        raise Invalid("topic", "not_of_category")
    return rows[0]


def _path(category: str | None, topic: str | None) -> str:
    return " / ".join(name for name in (category, topic) if name)

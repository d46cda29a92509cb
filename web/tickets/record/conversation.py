"""A ticket's conversation: its messages and events, as far as the reader may see them."""

import json
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, Fragment
from web.tickets.life.states import Channel
from web.tickets.life.timeline import EventData
from web.tickets.record.attachments import File
from web.tickets.record.ticket import TicketDetails
from web.tickets.visibility import visible_to

MESSAGES_PER_PAGE = 50
"""Entries of a conversation shown at once."""
_NOTHING = Fragment("''")


@dataclass(frozen=True)
class Entry:
    """An event of a conversation, with its message if it has one."""

    id: int
    kind: str
    at: datetime
    actor: int
    actor_name: str
    is_ours: bool
    """The actor belongs to the desk."""
    team: str | None
    """In which they speak for it: the ticket's own, or else the first of theirs that is not confidential."""
    is_note: bool
    data: EventData
    body: str | None
    is_resolution: bool
    files: tuple[File, ...]
    ticket: int
    """The ticket it was written on. It is another one after a merge."""
    way: Channel
    """By which it came."""
    mail: int | None
    """The number of the mail that it was."""
    is_unproven: bool
    """Nobody of ours says that its author wrote that mail."""
    html: str
    """That mail, cleaned, where it shows better what the body says; its pictures are numbers of files."""
    beside: str
    """The options that the reader of the conversation asked for, for each event."""


@dataclass(frozen=True)
class _Row:
    """An event, its actor and its message."""

    id: int
    ticket: int
    kind: str
    at: datetime
    actor: int
    audience: str
    data: str
    actor_name: str
    actor_role: str
    actor_team: str | None
    message_kind: str | None
    body: str | None
    is_resolution: bool | None
    channel: str
    is_robot: bool
    mail: int | None
    is_unproven: bool
    html: str
    beside: str


async def entries(
    ticket: TicketDetails,
    *,
    by: Actor,
    before: int | None = None,
    since: int = 0,
    with_merged: bool = False,
    limit: int | None = None,
    beside: Fragment = _NOTHING,
) -> tuple[list[Entry], bool]:
    """The last events, after event `since`, oldest first, and whether there are more before them.

    None is newer than the ticket: what happened after it was read is news, and never stands beside an old status.
    `with_merged` adds those of the tickets merged into this one, as far as they are in sight; `beside` is one more
    column of them.
    """
    hidden = "" if by.is_agent else "AND event.audience = 'public'"
    most = limit or MESSAGES_PER_PAGE
    until = Condition("event.id < {}", (before,)) if before else ALWAYS
    here = Condition(
        "event.ticket = {} AND event.id > {} AND event.id <= {}", (ticket.number, since, ticket.last_event)
    )
    rows = await fetch_as(
        _Row,
        f"{_ENTRIES} WHERE {{}} AND {{}} {hidden} ORDER BY event.id DESC LIMIT {most + 1}",
        beside,
        _here_or_merged(ticket, by) if with_merged else here,
        until,
    )
    return [_entry(row, by) for row in reversed(rows[:most])], len(rows) > most


def _here_or_merged(ticket: TicketDetails, by: Actor) -> Condition:
    """The ticket, and those merged into it that are in sight: asked of each row, for a join to all would read all."""
    return Condition(
        "event.ticket IN (WITH RECURSIVE merged (id) AS (SELECT id FROM ticket WHERE id = {} UNION "
        "SELECT link.ticket FROM merged JOIN link ON link.other = merged.id AND link.kind = 'merge') "
        "SELECT id FROM merged) AND (event.ticket <> {} OR event.id <= {}) AND {}",
        (ticket.number, ticket.number, ticket.last_event, visible_to(by)),
    )


async def news(ticket: TicketDetails, since: int, *, by: Actor) -> list[Entry]:
    """Events of others after event `since`, oldest first."""
    found, _ = await entries(ticket, by=by, since=since)
    return [each for each in found if each.actor != by.id]


async def entry(number: int, *, by: Actor) -> tuple[int, Entry]:
    """An event that `by` has just made, and the number of its ticket."""
    rows = await fetch_as(_Row, _ENTRIES + "WHERE event.id = {}", _NOTHING, number)
    return rows[0].ticket, _entry(rows[0], by)


_TEAM = """COALESCE(
        (SELECT team.name FROM team_member JOIN team ON team.id = team_member.team
         WHERE team_member.person = event.actor AND team_member.team = ticket.team),
        (SELECT team.name FROM team_member JOIN team ON team.id = team_member.team
         WHERE team_member.person = event.actor AND NOT team.is_confidential ORDER BY team.tier, team.id LIMIT 1))"""

_ENTRIES = f"""
SELECT event.id, event.ticket, event.kind, event.at, event.actor, event.audience, event.data, actor.name AS actor_name,
       actor.role AS actor_role, {_TEAM} AS actor_team,
       message.kind AS message_kind, message.body, message.is_resolution, ticket.channel, actor.is_robot,
       inbound_mail.id AS mail, COALESCE(inbound_mail.is_unproven, false) AS is_unproven,
       COALESCE(inbound_mail.html, '') AS html, {{}} AS beside
FROM event
JOIN ticket ON ticket.id = event.ticket
JOIN person actor ON actor.id = event.actor
LEFT JOIN message ON message.id = event.message
LEFT JOIN inbound_mail ON inbound_mail.message = event.message
"""


def _entry(row: _Row, by: Actor) -> Entry:
    """A public event may carry an internal note. Only the desk sees its words and files."""
    data = json.loads(row.data)
    is_note = row.message_kind == "note"
    is_hidden = is_note and not by.is_agent
    if is_hidden:
        data.pop("files", None)
    return Entry(
        id=row.id,
        kind=row.kind,
        at=row.at,
        actor=row.actor,
        actor_name=row.actor_name,
        is_ours=row.actor_role != "requester",
        team=row.actor_team if row.actor_role != "requester" else None,
        is_note=is_note,
        data=data,
        body=None if is_hidden else row.body,
        is_resolution=bool(row.is_resolution),
        files=tuple(File(**file) for file in data.get("files", ())),
        ticket=row.ticket,
        way=_way(row, data),
        mail=row.mail,
        is_unproven=row.is_unproven,
        html="" if is_hidden else row.html,
        beside=row.beside,
    )


def _way(row: _Row, data: EventData) -> Channel:
    if row.mail is not None:
        return Channel.EMAIL
    if row.kind == "submission":
        return Channel(row.channel)
    if "way" in data:
        return Channel(str(data["way"]))
    return Channel.API if row.is_robot else Channel.FORM

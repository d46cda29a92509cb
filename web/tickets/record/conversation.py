"""A ticket's conversation: the messages and events that the reader may see."""

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
"""How many entries of a conversation are shown at once."""
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
    """Whether the actor belongs to the desk."""
    team: str | None
    """The team that they speak for: the ticket's own, or else their first one that is not confidential."""
    is_note: bool
    data: EventData
    body: str | None
    is_resolution: bool
    files: tuple[File, ...]
    ticket: int
    """The ticket it was written on, which differs from the page's ticket after a merge."""
    way: Channel
    """The channel by which it came."""
    mail: int | None
    """The number of the mail it came from."""
    is_unproven: bool
    """Whether the sender of that mail is unverified."""
    html: str
    """That mail as sanitized HTML, if it shows more than the body; its pictures are numbers of files."""
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
    is_in_chat: bool
    """Whether the desk did it on the chat of somebody else."""
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
    """The last events, or those after event `since`, oldest first, and whether there are older ones.

    No event is newer than the ticket as it was read: such events are shown as news, never beside an outdated status.
    `with_merged` adds events of visible tickets that were merged into this one; `beside` is one more column.
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
    """The ticket and visible tickets merged into it.

    It is a condition for each row, because a join would read all rows.
    """
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
       message.kind AS message_kind, message.body, message.is_resolution, ticket.channel,
       ticket.channel = '{Channel.CHAT}' AND ticket.author = ticket.requester AND event.actor <> ticket.requester
           AND actor.role <> 'requester' AS is_in_chat, actor.is_robot,
       inbound_mail.id AS mail, COALESCE(inbound_mail.is_unproven, false) AS is_unproven,
       COALESCE(inbound_mail.html, '') AS html, {{}} AS beside
FROM event
JOIN ticket ON ticket.id = event.ticket
JOIN person actor ON actor.id = event.actor
LEFT JOIN message ON message.id = event.message
LEFT JOIN inbound_mail ON inbound_mail.message = event.message
"""


def _entry(row: _Row, by: Actor) -> Entry:
    """Builds an entry. A public event may carry an internal note, whose text and files only the desk sees."""
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
    if row.is_robot:
        return Channel.API
    return Channel.CHAT if row.is_in_chat and row.message_kind != "note" else Channel.FORM

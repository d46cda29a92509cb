"""Reads of tickets, each one beginning at `visible_to`."""

import json
from dataclasses import dataclass
from datetime import datetime

from web.database import Row, dialect, fetch
from web.errors import NotFound
from web.people.memberships import approvers_in_sql
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.life.states import Alert, Priority, Resolution, Status, TicketState, Wait
from web.tickets.life.workflows import workflow
from web.tickets.visibility import visible_to

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Copy:
    """A person in copy, by the address that was typed."""

    person: int
    address: str
    added_by: int


@dataclass(frozen=True)
class Linked:
    """Another ticket in the reader's sight that belongs to this one; `is_origin` where this one came of it."""

    number: int
    title: str
    channel: str
    kind: str
    is_origin: bool


@dataclass(frozen=True)
class Rated:
    """What the requester's side thought of the present solution."""

    service: int
    quality: int
    comment: str
    at: datetime


@dataclass(kw_only=True)
class TicketDetails(TicketState):
    """A ticket in somebody's sight, with the names behind its numbers."""

    title: str
    channel: str
    category_name: str | None
    topic_name: str | None
    requester_name: str
    contact_name: str
    organization_name: str | None
    team_name: str | None
    assignee_name: str | None
    offered_name: str | None
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    lapses_at: datetime | None
    lapses_to: str | None
    answer_due: datetime | None
    solve_due: datetime | None
    solve_left: int | None
    due_at: datetime | None
    soon_at: datetime | None
    outcome: str | None
    copied: tuple[Copy, ...]
    links: tuple[Linked, ...]
    rating: Rated | None

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(each.address for each in self.copied)

    @property
    def has_deadlines(self) -> bool:
        """Time has something to say of it that has an account."""
        return any((self.lapses_at, self.answer_due, self.solve_due, self.solve_left is not None, self.outcome))


async def find_ticket(number: int, *, by: Actor) -> TicketDetails:
    """The ticket of that number; raises `NotFound` when there is none or `by` may not see it."""
    if not 0 < number < 2**63:
        raise NotFound("ticket")
    rows = await fetch(
        _SHEET + "WHERE ticket.id = {} AND {} ORDER BY participant.id",
        _links(number, by),
        Fragment(approvers_in_sql()),
        number,
        visible_to(by),
    )
    if not rows:
        raise NotFound("ticket")
    return _sheet(rows)


_SHEET = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.channel, ticket.category, ticket.topic, ticket.author,
       ticket.requester, ticket.primary_contact, ticket.organization, ticket.team, ticket.assignee, ticket.offered_to,
       ticket.status, ticket.wait, ticket.wait_until, ticket.resolution, ticket.workflow, ticket.is_answered,
       ticket.approval_asked_by, ticket.answered_at, ticket.created_at, ticket.submitted_at, ticket.updated_at,
       ticket.resolved_at, ticket.closed_at, ticket.alert, ticket.lapses_at, ticket.lapses_to, ticket.answer_due,
       ticket.solve_due, ticket.solve_left, ticket.due_at, ticket.soon_at, ticket.outcome,
       category.name AS category_name, topic.name AS topic_name, requester.name AS requester_name,
       contact.name AS contact_name, organization.name AS organization_name, team.name AS team_name,
       assignee.name AS assignee_name, offered.name AS offered_name, participant.person AS participant,
       participant.address, participant.added_by, rating.service, rating.quality, rating.comment,
       rating.at AS rated_at, {} AS links, {} AS approvers
FROM ticket
JOIN person requester ON requester.id = ticket.requester
JOIN person contact ON contact.id = ticket.primary_contact
LEFT JOIN category ON category.id = ticket.category
LEFT JOIN topic ON topic.id = ticket.topic
LEFT JOIN organization ON organization.id = ticket.organization
LEFT JOIN team ON team.id = ticket.team
LEFT JOIN person assignee ON assignee.id = ticket.assignee
LEFT JOIN person offered ON offered.id = ticket.offered_to
LEFT JOIN rating ON rating.id =
    (SELECT max(r.id) FROM rating r WHERE r.ticket = ticket.id AND r.at >= ticket.resolved_at)
LEFT JOIN participant ON participant.ticket = ticket.id
"""


def _links(number: int, by: Actor) -> Fragment:
    """Tickets linked to this one, those in sight, as a list in JSON."""
    gathered = dialect(sqlite="json_group_array(json_object", postgres="json_agg(json_build_object")
    return Fragment(
        f"(SELECT {gathered}('number', ticket.id, 'title', ticket.title, 'channel', ticket.channel, "
        f"'kind', link.kind, 'is_origin', link.ticket = {number})) FROM link "
        f"JOIN ticket ON ticket.id = CASE WHEN link.ticket = {number} THEN link.other ELSE link.ticket END "
        f"WHERE (link.ticket = {number} OR link.other = {number}) AND {visible_to(by).text})"
    )


def _sheet(rows: list[Row]) -> TicketDetails:
    first = rows[0]
    copied = [
        Copy(row["participant"], row["address"], row["added_by"]) for row in rows if row["participant"] is not None
    ]
    columns = {key: first[key] for key in _PLAIN}
    return TicketDetails(
        number=first["id"],
        status=Status(first["status"]),
        wait=Wait(first["wait"]) if first["wait"] else None,
        is_answered=bool(first["is_answered"]),
        workflow=workflow(first["workflow"]),
        priority=Priority(first["priority"]),
        resolution=Resolution(first["resolution"]) if first["resolution"] else None,
        participants=frozenset(each.person for each in copied),
        copied=tuple(copied),
        links=_linked(first["links"]),
        rating=_rated(first),
        alert=Alert(first["alert"]) if first["alert"] else None,
        approvers=frozenset(json.loads(first["approvers"])),
        **columns,
    )


def _linked(text: str | None) -> tuple[Linked, ...]:
    found = [Linked(**each | {"is_origin": bool(each["is_origin"])}) for each in json.loads(text or "[]")]
    return tuple(sorted(found, key=lambda each: each.number))


def _rated(row: Row) -> Rated | None:
    if row["rated_at"] is None:
        return None
    return Rated(row["service"], row["quality"], row["comment"], row["rated_at"])


_MADE = (
    "number",
    "status",
    "wait",
    "resolution",
    "is_answered",
    "workflow",
    "priority",
    "participants",
    "copied",
    "links",
    "rating",
    "alert",
    "approvers",
)
_PLAIN = tuple(name for name in TicketDetails.__dataclass_fields__ if name not in _MADE)

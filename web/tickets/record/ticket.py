"""Reads a ticket for a person, within `visible_to`."""

import json
from dataclasses import dataclass
from datetime import datetime

from web.database import columns_of, fetch_as
from web.errors import NotFound
from web.people.memberships import approvers_in_sql
from web.people.permissions import Actor
from web.sql import Fragment
from web.tickets.fields import values
from web.tickets.fields.values import FieldValue
from web.tickets.life.states import Alert, Channel, Priority, Resolution, Status, TicketState, Wait
from web.tickets.life.workflows import workflow
from web.tickets.record import links, proposed_participants
from web.tickets.visibility import visible_to

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Copy:
    """A person in copy, by the address that was typed."""

    person: int
    address: str
    added_by: int


@dataclass(frozen=True)
class SolutionRating:
    """The rating of the present solution."""

    service: int
    quality: int
    comment: str
    at: datetime


@dataclass(kw_only=True)
class TicketDetails(TicketState):
    """A ticket that the reader may see, with the names behind its ids."""

    title: str
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
    proposed: tuple[proposed_participants.Proposed, ...]
    links: tuple[links.Linked, ...]
    rating: SolutionRating | None
    fields: tuple[FieldValue, ...]
    """The values of the custom fields that the reader may see."""
    last_event: int
    """The last event when it was read; later events are not shown beside it."""

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(each.address for each in self.copied)

    @property
    def has_deadlines(self) -> bool:
        """Whether there is a deadline whose computation can be shown."""
        return any((self.lapses_at, self.answer_due, self.solve_due, self.solve_left is not None, self.outcome))


async def find_ticket(number: int, *, by: Actor) -> TicketDetails:
    """The ticket with this number. Raises `NotFound` when there is none or `by` may not see it."""
    if not 0 < number < 2**63:
        raise NotFound("ticket")
    read = (
        proposed_participants.of_ticket_in_sql(by),
        links.of_ticket_in_sql(number, by),
        Fragment(approvers_in_sql()),
    )
    rows = await fetch_as(_DetailsRow, _DETAILS, *read, values.of_ticket_in_sql(), number, visible_to(by))
    if not rows:
        raise NotFound("ticket")
    return _details(rows, by)


@dataclass(frozen=True)
class _DetailsRow:
    """A ticket with one of its participants. `links` is JSON."""

    id: int
    title: str
    priority: str
    channel: str
    category: int | None
    topic: int | None
    author: int
    requester: int
    primary_contact: int
    organization: int | None
    team: int | None
    assignee: int | None
    offered_to: int | None
    status: str
    wait: str | None
    wait_until: datetime | None
    resolution: str | None
    workflow: str
    is_answered: bool
    approval_asked_by: int | None
    answered_at: datetime | None
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    alert: str | None
    attend_at: datetime | None
    lapses_at: datetime | None
    lapses_to: str | None
    answer_due: datetime | None
    solve_due: datetime | None
    solve_left: int | None
    due_at: datetime | None
    soon_at: datetime | None
    outcome: str | None
    category_name: str | None
    topic_name: str | None
    requester_name: str
    contact_name: str
    organization_name: str | None
    team_name: str | None
    assignee_name: str | None
    offered_name: str | None
    participant: int | None
    address: str | None
    added_by: int | None
    service: int | None
    quality: int | None
    comment: str | None
    rated_at: datetime | None
    last_event: int
    proposed: str
    links: str | None
    approvers: str
    field_values: str | None


_DETAILS = """
SELECT ticket.id, ticket.title, ticket.priority, ticket.channel, ticket.category, ticket.topic, ticket.author,
       ticket.requester, ticket.primary_contact, ticket.organization, ticket.team, ticket.assignee, ticket.offered_to,
       ticket.status, ticket.wait, ticket.wait_until, ticket.resolution, ticket.workflow, ticket.is_answered,
       ticket.approval_asked_by, ticket.answered_at, ticket.created_at, ticket.submitted_at, ticket.updated_at,
       ticket.resolved_at, ticket.closed_at, ticket.alert, ticket.attend_at, ticket.lapses_at, ticket.lapses_to,
       ticket.answer_due, ticket.solve_due, ticket.solve_left, ticket.due_at, ticket.soon_at, ticket.outcome,
       category.name AS category_name, topic.name AS topic_name, requester.name AS requester_name,
       contact.name AS contact_name, organization.name AS organization_name, team.name AS team_name,
       assignee.name AS assignee_name, offered.name AS offered_name, participant.person AS participant,
       participant.address, participant.added_by, rating.service, rating.quality, rating.comment,
       rating.at AS rated_at,
       COALESCE((SELECT max(event.id) FROM event WHERE event.ticket = ticket.id), 0) AS last_event,
       {} AS proposed, {} AS links, {} AS approvers, {} AS field_values
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
WHERE ticket.id = {} AND {} ORDER BY participant.id
"""


def _details(rows: list[_DetailsRow], by: Actor) -> TicketDetails:
    first, copied = rows[0], tuple(copy for row in rows if (copy := _copy(row)))
    return TicketDetails(
        number=first.id,
        status=Status(first.status),
        wait=Wait(first.wait) if first.wait else None,
        workflow=workflow(first.workflow),
        priority=Priority(first.priority),
        resolution=Resolution(first.resolution) if first.resolution else None,
        participants=frozenset(each.person for each in copied),
        copied=copied,
        proposed=proposed_participants.parse(first.proposed),
        links=links.parse(first.links),
        rating=_rated(first),
        fields=values.of_ticket(first.field_values, by=by),
        alert=Alert(first.alert) if first.alert else None,
        channel=Channel(first.channel),
        approvers=frozenset(json.loads(first.approvers)),
        **{name: getattr(first, name) for name in _AS_THEY_ARE},
    )


def _copy(row: _DetailsRow) -> Copy | None:
    if row.participant is None or row.address is None or row.added_by is None:
        return None
    return Copy(row.participant, row.address, row.added_by)


def _rated(row: _DetailsRow) -> SolutionRating | None:
    if row.service is None or row.quality is None or row.rated_at is None:
        return None
    return SolutionRating(row.service, row.quality, row.comment or "", row.rated_at)


_CODES = ("status", "wait", "workflow", "priority", "resolution", "alert", "channel")
_CONVERTED = (*_CODES, "proposed", "links", "approvers")
_AS_THEY_ARE = set(columns_of(TicketDetails)) & set(columns_of(_DetailsRow)) - set(_CONVERTED)
"""The columns that need no conversion."""

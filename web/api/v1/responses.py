"""The fields of a ticket that robots read, and no others."""

from datetime import datetime

from msgspec import Struct

from web.people.agents.teams import TeamName
from web.tickets.actions.claims import QueuedTicket
from web.tickets.fields.values import FieldValue
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import TicketDetails


class Named(Struct):
    """A person or a team."""

    id: int
    name: str


class Queue(Struct):
    """A team's queue."""

    id: int
    name: str
    tier: int
    tickets: str
    claims: str


class Queues(Struct):
    """All queues that the robot may see."""

    queues: list[Queue]


class File(Struct):
    """An attachment."""

    id: int
    name: str
    size: int
    address: str


class Event(Struct):
    """An entry of a conversation: the event with its message."""

    id: int
    ticket: int
    kind: str
    at: datetime
    actor: Named
    is_ours: bool
    team: str | None
    is_note: bool
    is_resolution: bool
    body: str | None
    files: list[File]
    details: dict[str, str | int | bool]


class TicketRow(Struct):
    """A ticket in a list."""

    number: int
    title: str
    status: str
    wait: str | None
    wait_until: datetime | None
    priority: str
    category: str | None
    organization: str | None
    requester: str
    created_at: datetime
    updated_at: datetime
    address: str


class TicketList(Struct):
    """A page; `next` is the address of the following one."""

    tickets: list[TicketRow]
    next: str | None


class FieldAnswer(Struct, omit_defaults=True):
    """The value of a custom field: one value, or the chosen options; for a file its name."""

    label: str
    kind: str
    values: list[str]
    address: str = ""
    """The address to download the file from."""


class Ticket(Struct):
    """A ticket with its conversation, oldest entry first; `earlier` is the address of the entries before."""

    number: int
    title: str
    status: str
    wait: str | None
    wait_until: datetime | None
    resolution: str | None
    priority: str
    channel: str
    category: str | None
    topic: str | None
    fields: dict[str, FieldAnswer]
    """Values by the number of the field."""
    requester: Named
    organization: str | None
    team: Named | None
    assignee: Named | None
    created_at: datetime
    submitted_at: datetime | None
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    conversation: list[Event]
    earlier: str | None


def queue(team: TeamName) -> Queue:
    address = f"/api/v1/queues/{team.id}"
    return Queue(team.id, team.name, team.tier, f"{address}/tickets", f"{address}/claims")


def row(found: QueuedTicket) -> TicketRow:
    return TicketRow(
        number=found.id,
        title=found.title,
        status=found.status,
        wait=found.wait,
        wait_until=found.wait_until,
        priority=found.priority,
        category=found.category_name,
        organization=found.organization_name,
        requester=found.requester_name,
        created_at=found.created_at,
        updated_at=found.updated_at,
        address=address_of(found.id),
    )


def ticket(found: TicketDetails, entries: list[Entry], *, has_earlier: bool) -> Ticket:
    return Ticket(
        number=found.number,
        title=found.title,
        status=found.status,
        wait=found.wait,
        wait_until=found.wait_until,
        resolution=found.resolution,
        priority=found.priority,
        channel=found.channel,
        category=found.category_name,
        topic=found.topic_name,
        fields={str(each.field.id): _field(each) for each in found.fields},
        requester=Named(found.requester, found.requester_name),
        organization=found.organization_name,
        team=_named(found.team, found.team_name),
        assignee=_named(found.assignee, found.assignee_name),
        created_at=found.created_at,
        submitted_at=found.submitted_at,
        updated_at=found.updated_at,
        resolved_at=found.resolved_at,
        closed_at=found.closed_at,
        conversation=[event_of(entry.ticket, entry) for entry in entries],
        earlier=f"{address_of(found.number)}?before={entries[0].id}" if has_earlier else None,
    )


def _field(found: FieldValue) -> FieldAnswer:
    if found.file:
        return FieldAnswer(found.field.label, found.field.kind, [found.shown], file(found.file, "", 0).address)
    return FieldAnswer(found.field.label, found.field.kind, list(found.values))


def event_of(number: int, entry: Entry) -> Event:
    return Event(
        id=entry.id,
        ticket=number,
        kind=entry.kind,
        at=entry.at,
        actor=Named(entry.actor, entry.actor_name),
        is_ours=entry.is_ours,
        team=entry.team,
        is_note=entry.is_note,
        is_resolution=entry.is_resolution,
        body=entry.body,
        files=[file(each.id, each.name, each.size) for each in entry.files],
        details={name: value for name in _DETAILS if isinstance(value := entry.data.get(name), str | int)},
    )


def file(number: int, name: str, size: int) -> File:
    return File(number, name, size, f"/api/v1/attachments/{number}")


def address_of(number: int) -> str:
    return f"/api/v1/tickets/{number}"


def _named(number: int | None, name: str | None) -> Named | None:
    return Named(number, name or "") if number is not None else None


_DETAILS = ("from", "to", "wait", "until", "days", "closes", "method", "reason")

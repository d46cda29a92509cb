"""The moves that a robot can make on a ticket: those of the pages, each with its JSON body."""

from datetime import datetime
from typing import Annotated, Any, Literal

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from web.api.v1 import responses
from web.api.v1.access import Keyed
from web.api.v1.field_values import FieldTexts, Number, typed
from web.api.v1.operations import operation
from web.api.v1.responses import Event
from web.clock import now
from web.people import accounts, organizations
from web.people.permissions import Actor, Scope
from web.text import clean_text, is_blank
from web.tickets.actions import assignment, replies, resolution, waits
from web.tickets.actions.ownership import correction
from web.tickets.actions.properties import fields
from web.tickets.life.consequences import Ownership
from web.tickets.life.states import Resolution, Wait
from web.tickets.record import conversation
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails

Files = Annotated[list[Number], Meta(max_length=10)]
Days = Annotated[int, Meta(ge=1, le=365)]
Moment = Annotated[datetime, Meta(tz=True)]


class Body(Struct, forbid_unknown_fields=True):
    """A body with text, which is cleaned like that of a form."""

    body: str

    def __post_init__(self) -> None:
        self.body = clean_text(self.body)


class Message(Body):
    """A message with text and files uploaded before."""

    files: Files = []


class Reason(Body):
    """The reason, for the person who takes over."""


class Question(Body):
    """The question to the requester, and the business days to answer, if not as in the workflow.

    `closes` closes the ticket when no answer comes in time; otherwise it returns to the queue.
    """

    files: Files = []
    days: Days | None = None
    closes: bool = False


class Pause(Struct, forbid_unknown_fields=True):
    """What the ticket waits for; `until` needs its instant with the offset, and `requester` its business days."""

    wait: Literal["requester", "until"]
    until: Moment | None = None
    days: Days | None = None
    closes: bool = False


class Solved(Body):
    """The resolution method, and the message to the requester or the note."""

    body: str = ""
    is_note: bool = False
    method: Literal["communicated", "no_answer", "rejected"] = "communicated"
    files: Files = []
    fields: FieldTexts = {}


class Filled(Struct, forbid_unknown_fields=True):
    """New values of custom fields by number: one text, or the chosen options; an empty value clears it."""

    fields: FieldTexts


class Corrected(Struct, forbid_unknown_fields=True):
    """Whose ticket it is: people by e-mail address or organization login, the organization by its CNPJ.

    The contact defaults to the requester, the organization to the requester's only one.
    """

    requester: str
    primary_contact: str = ""
    organization: str = ""

    def __post_init__(self) -> None:
        self.requester = clean_text(self.requester)
        self.primary_contact = clean_text(self.primary_contact)
        self.organization = clean_text(self.organization)


def _move(noun: str, name: str) -> post:
    """The decorator of a move's handler."""
    return post(f"/{noun}", **operation(name, Scope.WRITE, 404, 409, 413, 415, 422))


@_move("replies", "reply")
async def reply(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Message]
) -> Response[Event]:
    made = await replies.reply(ticket, data.body, files=data.files, by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


@_move("notes", "note")
async def note(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Message]
) -> Response[Event]:
    made = await replies.note(ticket, data.body, files=data.files, by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


@_move("questions", "question")
async def ask(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Question]
) -> Response[Event]:
    days, closes = data.days, data.closes
    made = await waits.ask(
        ticket, data.body, files=data.files, days=days, closes=closes, by=request.user, at=now(), key=key
    )
    return await recorded(made, by=request.user)


@_move("waits", "wait")
async def wait(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Pause]
) -> Response[Event]:
    kind, until, days, closes = Wait(data.wait), data.until, data.days, data.closes
    made = await waits.wait(ticket, kind, until=until, days=days, closes=closes, by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


@_move("solution", "solution")
async def solve(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Solved]
) -> Response[Event]:
    message = None if is_blank(data.body) else NewMessage(data.body, data.files, is_note=data.is_note)
    stamp, fields = Stamp(by=request.user, at=now(), key=key), typed(data.fields)
    made = await resolution.resolve(ticket, Resolution(data.method), message=message, fields=fields, **stamp)
    return await recorded(made, by=request.user)


@_move("fields", "fields")
async def fill(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Filled]
) -> Response[Event]:
    made = await fields.edit(ticket, typed(data.fields), by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


@_move("release", "release")
async def release(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Reason]
) -> Response[Event]:
    made = await assignment.release(ticket, reason=data.body, by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


@_move("correction", "correction")
async def correct(
    request: Keyed, ticket: NamedDependency[TicketDetails], key: NamedDependency[str | None], data: JSONBody[Corrected]
) -> Response[Event]:
    requester = await accounts.number_of("requester", data.requester)
    contact = await accounts.number_of("primary_contact", data.primary_contact) if data.primary_contact else requester
    organization = await organizations.number_of(data.organization) if data.organization else None
    whose = Ownership(requester, contact, organization)
    made = await correction.correct(ticket, whose, by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


async def recorded(made: MoveResult, *, by: Actor) -> Response[Any]:
    """The recorded entry of the conversation, which is the same however often the request is repeated."""
    number, entry = await conversation.entry(made.event, by=by)
    location = {"Location": responses.address_of(number)}
    return Response(responses.event_of(number, entry), status_code=201, headers=location)

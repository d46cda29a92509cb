"""Tickets that robots open."""

from typing import Literal

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from web.api.v1.access import Keyed
from web.api.v1.field_values import FieldTexts, Short, typed
from web.api.v1.moves import Files, recorded
from web.api.v1.operations import operation
from web.api.v1.responses import Event
from web.clock import now
from web.people import accounts, organizations
from web.people.permissions import Scope
from web.text import clean_text
from web.tickets.life.states import Channel, Priority
from web.tickets.requests import submission
from web.tickets.requests.drafts import Request


class Opened(Struct, forbid_unknown_fields=True):
    """A new ticket: its text, category, topic and people.

    People are named by e-mail address or organization login, the organization by its CNPJ. The requester defaults to
    the robot, the contact to the requester, and the organization to the requester's only one.
    """

    title: str
    description: str
    category: Short
    topic: Short | None = None
    requester: str = ""
    primary_contact: str = ""
    organization: str = ""
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    files: Files = []
    fields: FieldTexts = {}

    def __post_init__(self) -> None:
        for name in ("title", "description", "requester", "primary_contact", "organization"):
            setattr(self, name, clean_text(getattr(self, name)))


@post("/tickets", **operation("open", Scope.WRITE, 413, 415, 422))
async def create(request: Keyed, key: NamedDependency[str | None], data: JSONBody[Opened]) -> Response[Event]:
    made = await submission.open_ticket(await _request(data), by=request.user, at=now(), key=key)
    return await recorded(made, by=request.user)


async def _request(data: Opened) -> Request:
    requester = await accounts.number_of("requester", data.requester) if data.requester else None
    contact = await accounts.number_of("primary_contact", data.primary_contact) if data.primary_contact else None
    return Request(
        title=data.title,
        description=data.description,
        category=data.category,
        topic=data.topic,
        organization=await organizations.number_of(data.organization) if data.organization else None,
        requester=requester,
        primary_contact=contact,
        priority=Priority(data.priority),
        channel=Channel.API,
        files=data.files,
        fields=typed(data.fields),
    )

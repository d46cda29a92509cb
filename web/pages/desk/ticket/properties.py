"""Sets the properties of a ticket by one form, and undoes the last change."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.pages.words.labels import PRIORITIES
from web.tickets.actions.properties import properties
from web.tickets.actions.properties.properties import Properties
from web.tickets.life.moves import CLASSIFICATION
from web.tickets.life.states import Priority
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails

PROPERTIES = ("priority", "category", "topic", "team", "assignee")
"""In the order in which the form lists the values it was shown with."""


@post(
    "/properties",
    name="desk_properties",
    status_code=303,
    form=ticket_form("properties", CLASSIFICATION, *PROPERTIES),
)
async def set_properties(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def change(form: Form, stamp: Stamp) -> MoveResult:
        return await properties.set_properties(ticket, _chosen(form, ticket), **stamp) or nothing_new(ticket, form)

    return await moved(request, ticket, page, change)


@post("/undo", name="desk_undo", status_code=303, form=ticket_form("undo", None, "undo"))
async def undo(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, page, lambda form, stamp: properties.undo(ticket, form.number("event"), **stamp)
    )


def _chosen(form: Form, ticket: TicketDetails) -> Properties:
    """The chosen properties. Those left as shown keep the ticket's present value."""
    has = properties.properties_of(ticket)
    shown = dict(zip(PROPERTIES, form.values.get("shown", ()), strict=False))
    is_chosen = {name: form.text(name) != shown.get(name) for name in PROPERTIES}
    if form.text("priority") not in PRIORITIES:
        raise Invalid("priority", "unknown")
    return Properties(
        Priority(form.text("priority")) if is_chosen["priority"] else has.priority,
        form.number("category") if is_chosen["category"] else has.category,
        form.number("topic") if is_chosen["topic"] else has.topic,
        form.number("team") if is_chosen["team"] else has.team,
        form.number("assignee") if is_chosen["assignee"] else has.assignee,
    )


def nothing_new(ticket: TicketDetails, form: Form) -> MoveResult:
    """A result without an event: the conversation stays as it was seen."""
    return MoveResult(ticket.number, form.number("seen") or 0)

"""Moves that link tickets, each a form of the ticket's page."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.shell.form import Form
from web.pages.shell.paging import ticket_number
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.tickets.actions import links, merges
from web.tickets.actions.links import Part
from web.tickets.life.moves import CASE, MERGE, RELATED, SPLIT, UNMERGE, WAIT
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails


@post("/merge", name="desk_merge", status_code=303, form=ticket_form("merge", MERGE, "into"))
async def merge(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def unite(form: Form, stamp: Stamp) -> MoveResult:
        return await merges.merge(ticket, number_in(form, "into"), **stamp)

    return await moved(request, ticket, page, unite)


@post("/unmerge", name="desk_unmerge", status_code=303, form=ticket_form("unmerge", UNMERGE))
async def unmerge(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: merges.unmerge(ticket, **stamp))


@post("/split", name="desk_split", status_code=303, form=ticket_form("split", SPLIT, "parts", written=("parts",)))
async def split(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Opens a ticket for each line."""

    async def divide(form: Form, stamp: Stamp) -> MoveResult:
        return await links.split(ticket, [Part(line) for line in form.text("parts").splitlines()], **stamp)

    return await moved(request, ticket, page, divide)


@post(
    "/case", name="desk_case", status_code=303, form=ticket_form("case", CASE, "case", written=("case", "description"))
)
async def case(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def launch(form: Form, stamp: Stamp) -> MoveResult:
        return await links.launch_case(ticket, Part(form.text("case"), form.text("description")), **stamp)

    return await moved(request, ticket, page, launch)


@post(
    "/handover",
    name="desk_handover",
    status_code=303,
    form=ticket_form("handover", WAIT, "to", "what", written=("what",)),
)
async def hand_over(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def pass_on(form: Form, stamp: Stamp) -> MoveResult:
        return await links.hand_over(ticket, form.number("to"), form.text("what"), **stamp)

    return await moved(request, ticket, page, pass_on)


@post("/links", name="desk_links", status_code=303, form=ticket_form("links", RELATED, "other"))
async def link(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def relate(form: Form, stamp: Stamp) -> MoveResult:
        return await links.relate(ticket, number_in(form, "other"), **stamp)

    return await moved(request, ticket, page, relate)


def number_in(form: Form, name: str) -> int | None:
    """The number in a field. Raises `Invalid` for any other text."""
    number = ticket_number(form.text(name))
    if number is None and form.text(name).strip():
        raise Invalid(name, "unknown_ticket")
    return number

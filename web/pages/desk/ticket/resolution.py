"""Resolves, rejects and reopens a ticket at the desk."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.desk.ticket.sending import send
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.tickets.actions import resolution
from web.tickets.life.moves import REOPENING, SOLUTION
from web.tickets.record.ticket import TicketDetails


@post(
    "/solution",
    name="desk_solution",
    status_code=303,
    form=ticket_form("solution", SOLUTION, "method", "into", "body", "files", "due", written=("body",)),
)
async def solve(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: send(ticket, form, stamp))


@post("/reopening", name="desk_reopening", status_code=303, form=ticket_form("reopening", REOPENING))
async def reopen(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: resolution.reopen(ticket, **stamp))

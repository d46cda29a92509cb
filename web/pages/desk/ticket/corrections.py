"""Correction of whose ticket it is, a form of the ticket's page."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.people import accounts
from web.tickets.actions.ownership.correction import correct
from web.tickets.life.consequences import Ownership
from web.tickets.life.moves import CORRECTION
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails


@post(
    "/correction",
    name="desk_correction",
    status_code=303,
    form=ticket_form("correction", CORRECTION, "requester", "primary_contact", "organization"),
)
async def create(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def change(form: Form, stamp: Stamp) -> MoveResult:
        requester = await _named(form, "requester")
        if requester is None:
            raise Invalid("requester", "missing")
        contact = await _named(form, "primary_contact") or requester
        return await correct(ticket, Ownership(requester, contact, form.number("organization")), **stamp)

    return await moved(request, ticket, page, change)


async def _named(form: Form, name: str) -> int | None:
    typed = form.text(name).strip()
    if not typed:
        return None
    return await accounts.number_of(name, typed)

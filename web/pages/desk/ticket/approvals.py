"""Approval requests of the desk: made, withdrawn, overruled."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.tickets.actions import approvals
from web.tickets.life.moves import APPROVAL_REQUEST, OVERRULING, WITHDRAWAL
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails


@post(
    "/approval-requests",
    name="desk_approval_requests",
    status_code=303,
    form=ticket_form("approval-requests", APPROVAL_REQUEST, "body", "files", written=("body",)),
)
async def ask_approval(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def send(form: Form, stamp: Stamp) -> MoveResult:
        return await approvals.ask_approval(ticket, form.text("body"), files=form.files, **stamp)

    return await moved(request, ticket, page, send)


@post(
    "/overruling",
    name="desk_overruling",
    status_code=303,
    form=ticket_form("overruling", OVERRULING, "reason", written=("reason",)),
)
async def overrule(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request, ticket, page, lambda form, stamp: approvals.overrule(ticket, reason=form.text("reason"), **stamp)
    )


@post("/withdrawal", name="desk_withdrawal", status_code=303, form=ticket_form("withdrawal", WITHDRAWAL))
async def withdraw(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: approvals.withdraw(ticket, **stamp))

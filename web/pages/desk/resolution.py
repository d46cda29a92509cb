"""How work ends at the desk, and how it is taken up again."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.desk.links import number_in
from web.pages.desk.tickets import page, ticket_form
from web.pages.shell.acting import Stamp, moved
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.words.labels import MERGED, METHODS
from web.tickets.actions import merges, resolution
from web.tickets.life.moves import REOPENING, SOLUTION
from web.tickets.life.states import Resolution
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails


@post(
    "/solution",
    name="desk_solution",
    status_code=303,
    form=ticket_form("solution", SOLUTION, "method", "into", "body", "files", written=("body",)),
)
async def solve(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """By a method; "Fundida" merges it into the ticket that goes on."""

    async def end(form: Form, stamp: Stamp) -> MoveResult:
        method, body = form.text("method"), form.text("body")
        if method in MERGED:
            return await merges.merge(ticket, number_in(form, "into"), **stamp)
        if method not in METHODS:
            raise Invalid("method", "missing")
        message = NewMessage(body, form.files, is_note=form.text("as") == "note") if body.strip() else None
        return await resolution.resolve(ticket, Resolution(method), message=message, fields=form.asked, **stamp)

    return await moved(request, ticket, page, end)


@post("/reopening", name="desk_reopening", status_code=303, form=ticket_form("reopening", REOPENING))
async def reopen(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: resolution.reopen(ticket, **stamp))

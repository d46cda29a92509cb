"""The page that shows how the deadlines of a ticket were computed."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.tickets import deadlines
from web.tickets.record.ticket import TicketDetails
from web.tickets.sla import stored_deadlines


@get("/tickets/{number:int}/deadlines", name="deadlines")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    me = person_of(request)
    life, terms, _ = await stored_deadlines.load(ticket.number)
    context = {"ticket": ticket, "explanations": deadlines.explain(life, terms, ticket, me, now()) if life else []}
    return render.page(request, "portal/tickets/deadlines.html", context, block="deadlines")

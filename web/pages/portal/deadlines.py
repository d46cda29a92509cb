"""How a ticket's deadlines came about."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.session import Asked
from web.pages.words import deadlines
from web.tickets.record.ticket import Sheet
from web.tickets.sla import due_dates


@get("/tickets/{number:int}/deadlines", name="deadlines")
async def show(request: Asked, ticket: NamedDependency[Sheet]) -> Response[str]:
    life, terms, _ = await due_dates.read(ticket.number)
    context = {"ticket": ticket, "told": deadlines.told(life, terms, now()) if life else []}
    return render.page(request, "portal/tickets/deadlines.html", context, block="deadlines")

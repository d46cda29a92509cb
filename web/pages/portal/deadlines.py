"""How a ticket's deadlines came about."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages import reckonings, render
from web.pages.session import Asked
from web.tickets import forecast
from web.tickets.queries import Sheet


@get("/tickets/{number:int}/deadlines", name="deadlines")
async def show(request: Asked, ticket: NamedDependency[Sheet]) -> Response[str]:
    life, terms, _ = await forecast.read(ticket.number)
    context = {"ticket": ticket, "told": reckonings.told(life, terms, now()) if life else []}
    return render.page(request, "portal/tickets/deadlines.html", context, block="deadlines")

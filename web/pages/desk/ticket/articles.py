"""Finds articles to insert into a reply while it is written."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.authoring import uses
from web.clock import now
from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.text import one_line
from web.tickets.life.states import Status
from web.tickets.record.ticket import TicketDetails

_LONGEST = 200


@get("/desk/tickets/{number:int}/articles", name="desk_ticket_articles")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Searches by `?q=`, or else by the title. Without a script, the reply form itself searches."""
    if not render.is_swap(request) or ticket.status is Status.DRAFT:
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    words = one_line(request.query_params.get("q", ""))[:_LONGEST] or ticket.title
    context = {"found": await uses.offered(words, ticket, at=now())}
    return render.page(request, "desk/tickets/articles.html", context, block="found")

"""The log of a ticket: its events as sentences, newest first."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import NotFound
from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.events import log_lines
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails


@get("/tickets/{number:int}/log", name="log")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    me = person_of(request)
    if not (ticket.workflow.shows_log or me.is_agent):
        raise NotFound("log")
    before = whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(ticket, by=me, before=before)
    context = {"ticket": ticket, "lines": log_lines(entries, ticket.workflow, me), "earlier": earlier}
    return render.page(request, "portal/tickets/log.html", context, block="log")

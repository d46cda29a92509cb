"""The log of a ticket: its events as sentences, newest first."""

from collections.abc import Mapping

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.errors import NotFound
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.events import log_lines
from web.people.permissions import Actor
from web.tickets.life.rights import is_requester
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails


@get("/tickets/{number:int}/log", name="log")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    me = person_of(request)
    if not (ticket.workflow.shows_log or me.is_agent):
        raise NotFound("log")
    before = whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(ticket, by=me, before=before)
    context = {"ticket": ticket, "lines": log_lines(entries, _labels(ticket, me), me), "earlier": earlier}
    return render.page(request, "portal/tickets/log.html", context, block="log")


def _labels(ticket: TicketDetails, me: Actor) -> Mapping[str, str]:
    """The labels of the states for this reader."""
    flow = ticket.workflow
    if me.is_agent:
        return flow.desk_labels
    return flow.labels if is_requester(me, ticket) else flow.colleague_labels

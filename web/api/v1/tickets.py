"""One ticket, with its conversation."""

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from web.api.v1 import responses
from web.api.v1.access import Keyed
from web.api.v1.operations import operation
from web.api.v1.responses import Ticket
from web.pages.words.api import PAGE_BEFORE
from web.people.permissions import Scope
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails

Before = Annotated[int | None, QueryParameter(name="before", ge=1, lt=2**62, description=PAGE_BEFORE)]


@get("/tickets/{number:int}", **operation("ticket", Scope.READ, 404, 422))
async def show(request: Keyed, ticket: NamedDependency[TicketDetails], before: Before = None) -> Response[Ticket]:
    entries, has_earlier = await conversation.entries(ticket, by=request.user, before=before, with_merged=True)
    return Response(responses.ticket(ticket, entries, has_earlier=has_earlier))

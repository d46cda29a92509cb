"""A preview of a ticket beside its list."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.conversation import desk_chip, line
from web.pages.words.tickets.desk_rows import due_words
from web.tickets.life.states import Status
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails

MOST_MESSAGES = 3


@get("/desk/tickets/{number:int}/peek", name="desk_peek")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Shows the last message; the rest is on the ticket's own page."""
    if not render.is_swap(request) or ticket.status is Status.DRAFT:
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    me = person_of(request)
    entries, is_longer = await conversation.entries(ticket, by=me)
    said = [line(each, me) for each in entries if each.body is not None]
    context = {
        "ticket": ticket,
        "chip": desk_chip(ticket.state, ticket.workflow, ticket.resolution),
        "due": due_words(ticket.due_at, now()) if ticket.due_at else None,
        "said": said[-MOST_MESSAGES:],
        "is_longer": is_longer or len(said) > MOST_MESSAGES,
    }
    return render.page(request, "desk/peek.html", context, block="peek")

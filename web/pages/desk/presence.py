"""Who else has a ticket open, and what others did since its page was shown."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.desk_conversation import news_text
from web.tickets.lists import sidebar
from web.tickets.lists.presence import note_visit
from web.tickets.lists.sidebar import Viewer
from web.tickets.record import conversation
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import TicketDetails


@get("/desk/tickets/{number:int}/presence", name="desk_presence")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """An open page asks when either changes."""
    me, at, seen = person_of(request), now(), whole_number(request.query_params.get("seen", "")) or 0
    if not render.is_swap(request):
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    await note_visit(ticket, by=me, at=at)
    viewers, since = await sidebar.viewers(ticket, by=me, at=at), await conversation.news(ticket, seen, by=me)
    context = {"ticket": ticket, "seen": seen, "viewers": viewers, **told(since)}
    return render.news(request, "desk/tickets/show.html", context, block="presence", shown=shown(viewers, since))


def shown(viewers: list[Viewer], since: list[Entry]) -> str:
    return render.fingerprint((viewers, [each.id for each in since]))


def told(since: list[Entry]) -> dict[str, Any]:
    """What others did: "Davi respondeu há 1 min"."""
    return {"news": [news_text(entry, now()) for entry in since], "first_new": since[0].id if since else 0}

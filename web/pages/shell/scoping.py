"""Finds what an address names, as far as the reader may see it."""

from litestar.params import FromPath

from web.clock import now
from web.errors import NotFound
from web.notifications import notices
from web.pages.shell.form_intake import note_typed
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails, find_ticket


def person_of(request: PageRequest) -> Actor:
    """The person signed in. The guard has checked that there is one."""
    if request.user is None:
        raise NotFound("person")
    return request.user


async def note_read(request: PageRequest, ticket: TicketDetails) -> None:
    """The ticket is shown: its notices are read, and the bell of this very page says so."""
    request.scope["user"] = await notices.read_of(ticket.number, by=person_of(request), at=now())


async def ticket_in_sight(request: PageRequest, number: FromPath[int]) -> TicketDetails:
    """The ticket of the address. One that may not be seen is answered like one that does not exist.

    If somebody loses sight of a ticket while writing, the error page shows what they wrote.
    """
    try:
        return await find_ticket(number, by=person_of(request))
    except NotFound:
        if request.method == "POST":
            await note_typed(request)
        raise

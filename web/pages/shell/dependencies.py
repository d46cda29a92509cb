"""Dependencies that find what an address names, if the reader may see it."""

from litestar.params import FromPath

from web.clock import now
from web.errors import NotFound
from web.notifications import notices
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails, find_ticket


def person_of(request: PageRequest) -> Actor:
    """The signed-in person. The guard has checked that there is one."""
    if request.user is None:
        raise NotFound("person")
    return request.user


async def note_read(request: PageRequest, ticket: TicketDetails) -> None:
    """Marks the ticket's notices as read before its page is rendered, so that the bell is right."""
    request.scope["user"] = await notices.read_of(ticket.number, by=person_of(request), at=now())


async def ticket_in_sight(request: PageRequest, number: FromPath[int]) -> TicketDetails:
    """The ticket of the address. An invisible one gives the same 404 as a missing one."""
    return await find_ticket(number, by=person_of(request))

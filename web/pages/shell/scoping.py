"""What an address names, found for whoever asks, or not found at all."""

from litestar.params import FromPath

from web.errors import NotFound
from web.pages.shell import forms
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.record.ticket import TicketDetails, find_ticket


def person_of(request: PageRequest) -> Actor:
    """The person signed in; the guard has seen to it that there is one."""
    if request.user is None:
        raise NotFound("person")
    return request.user


async def ticket_in_sight(request: PageRequest, number: FromPath[int]) -> TicketDetails:
    """The ticket of the address; one that may not be seen is no different from one that does not exist.

    Who was writing when it left their sight finds their words on the page that says so.
    """
    try:
        return await find_ticket(number, by=person_of(request))
    except NotFound:
        if request.method == "POST":
            await forms.note_typed(request)
        raise


async def is_in_sight(number: int, me: Actor) -> bool:
    try:
        await find_ticket(number, by=me)
    except NotFound:
        return False
    return True

"""A form that moves a ticket: read, acted on, answered."""

from collections.abc import Awaitable, Callable

from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound
from web.pages.portal import tickets
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails, find_ticket


async def moved(
    request: PageRequest, ticket: TicketDetails, act: Callable[..., Awaitable[MoveResult]]
) -> Response[str]:
    """Acts on the form, then shows the ticket as it is, the one just made, or the form again with what was wrong.

    `act` gets the form, and by whom, when and with which key.
    """
    form, me = await forms.read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await tickets.page(request, ticket, form, status=form.status)
    try:
        made = await act(form, by=me, at=now(), key=form.key)
    except Invalid as error:
        return await tickets.page(request, ticket, form.wrong(error), status=form.status)
    if made.ticket != ticket.number:
        return render.redirect(request, f"/tickets/{made.ticket}")
    return await _after(request, made)


async def _after(request: PageRequest, made: MoveResult) -> Response[str]:
    """The ticket, or the list for somebody whose move took it out of their own sight."""
    try:
        ticket = await find_ticket(made.ticket, by=person_of(request))
    except NotFound:
        return render.redirect(request, "/tickets")
    if render.is_swap(request):
        return await tickets.page(request, ticket, Form())
    return render.redirect(request, f"/tickets/{made.ticket}#e{made.event}")

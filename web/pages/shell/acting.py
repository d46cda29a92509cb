"""A form that moves a ticket: read, acted on, answered with the page of the ticket."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Protocol, TypedDict

from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Overtaken
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import page_of
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.lists.presence import save_unsent
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.record.transition import unless_overtaken


class Turn(TypedDict):
    """What every move is made with."""

    by: Actor
    at: datetime
    key: str | None


class ShowTicket(Protocol):
    """The page of a ticket, with one of its forms as it came."""

    async def __call__(
        self, request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200
    ) -> Response[str]: ...


Act = Callable[[Form, Turn], Awaitable[MoveResult | None]]
"""Makes the move; None when nothing was to be sent yet and the form is shown again."""


async def moved(request: PageRequest, ticket: TicketDetails, page: ShowTicket, act: Act) -> Response[str]:
    """Acts on the form, then shows the ticket as it is, the one just made, or the form again with what was wrong."""
    form, me = await read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await page(request, ticket, form, status=form.status)
    try:
        async with _unless_overtaken(ticket, form, me):
            made = await act(form, Turn(by=me, at=now(), key=form.key))
    except Invalid as error:
        return await page(request, ticket, form.wrong(error), status=form.status)
    except Overtaken:
        if not form.spec.yields:
            raise
        form.is_overtaken = True
        return await page(request, await find_ticket(ticket.number, by=me), form, status=409)
    if made is None:
        return await page(request, ticket, form)
    if form.spec.is_autosaved:
        await save_unsent(ticket, form.noun, "", by=me, at=now())
    return await _after(request, ticket, page, form, made)


def _unless_overtaken(ticket: TicketDetails, form: Form, me: Actor) -> AbstractAsyncContextManager[None]:
    return unless_overtaken(ticket, form.number("seen"), by=me) if form.spec.yields else nullcontext()


async def _after(
    request: PageRequest, ticket: TicketDetails, page: ShowTicket, form: Form, made: MoveResult
) -> Response[str]:
    if made.ticket != ticket.number:
        return render.redirect(request, form.spec.page.format(number=made.ticket))
    try:
        found = await find_ticket(ticket.number, by=person_of(request))
    except NotFound:
        return render.redirect(request, form.spec.after)
    if render.is_swap(request):
        return await page(request, found, Form())
    return render.redirect(request, f"{page_of(request)}#e{made.event}")

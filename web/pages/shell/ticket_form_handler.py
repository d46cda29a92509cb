"""Handles a form that moves a ticket: parses it, makes the move, and shows the page of the ticket."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, NotFromHere, Overtaken
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import page_of
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.tickets.life.moves import CONFIRMATION, MESSAGES
from web.tickets.life.states import Status
from web.tickets.lists.presence import save_unsent
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.locking import unless_overtaken
from web.tickets.record.ticket import TicketDetails, find_ticket


class ShowTicket(Protocol):
    """Shows the page of a ticket, with one of its forms as it was sent."""

    async def __call__(
        self, request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200
    ) -> Response[str]: ...


Act = Callable[[Form, Stamp], Awaitable[MoveResult | None]]
"""Makes the move. Returns None when the form is only to be shown again."""


async def moved(request: PageRequest, ticket: TicketDetails, page: ShowTicket, act: Act) -> Response[str]:
    """Makes the move of the form. Then shows the ticket, the one it opened, or the form with its errors."""
    form, me = await read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await page(request, ticket, form, status=form.status)
    try:
        async with _unless_overtaken(ticket, form, me):
            made = await act(form, Stamp(by=me, at=now(), key=form.key))
    except Invalid as error:
        return await page(request, ticket, form.wrong(error), status=form.status)
    except Overtaken:
        if not form.spec.yields:
            raise
        form.is_overtaken = True
        return await page(request, await find_ticket(ticket.number, by=me), form, status=409)
    except NotFromHere:
        if not form.is_composed or ticket.status is Status.DRAFT:
            raise
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
    told = f"?done={form.noun}#done-{ticket.number}" if form.spec.is_told else f"#e{made.event}"
    if form.spec.move in MESSAGES and not render.is_swap(request):
        return render.redirect(request, page_of(request) + told)
    try:
        found = await find_ticket(ticket.number, by=person_of(request))
    except NotFound:
        after = form.spec.after
        return render.redirect(request, render.with_query(after, done=form.noun) if form.spec.is_told else after)
    left = left_by(form)
    if not left and not render.is_swap(request):
        return render.redirect(request, page_of(request) + told)
    left.done = form.noun if form.spec.is_told else ""
    answer = await page(request, found, left)
    answer.headers["HX-Replace-Url"] = page_of(request)  # without a form that was kept: it has been sent
    return answer


def left_by(form: Form) -> Form:
    """The form that the page shows after the move: with what SIM left in the box of NÃO unsent, else none."""
    return form if form.noun == CONFIRMATION.noun and form.is_composed else Form()

"""Held replies, of a ticket or of the reader: shown, taken back, sent now."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.desk.ticket.forms import PAGE, ticket_form
from web.pages.desk.ticket.page import page
from web.pages.desk.ticket.sending import send_held
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import IN_BACKGROUND, read_form
from web.pages.shell.kept_form import give_back
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.held import held_lines
from web.tickets.actions.held_replies import scheduling, sending
from web.tickets.actions.held_replies.scheduling import RecalledReply
from web.tickets.lists import presence
from web.tickets.record import held_replies
from web.tickets.record.ticket import TicketDetails


@get("/desk/held", name="desk_held_list")
async def index(request: PageRequest) -> Response[str]:
    """The reader's held replies, and those that could not be sent."""
    me = person_of(request)
    found = await held_replies.of_person(me)
    listed = found[: held_replies.MOST_LISTED]
    rows = list(zip(listed, held_lines(listed, me, now()), strict=True))
    return render.page(request, "desk/held.html", {"rows": rows, "is_cut": len(found) > len(listed)})


@get("/desk/tickets/{number:int}/held", name="desk_held", opt={IN_BACKGROUND: True})
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """The held replies of a ticket, requested again when one is due."""
    if not render.is_swap(request):
        return render.redirect(request, PAGE.format(number=ticket.number))
    return await page(request, ticket, Form(), block="held")


@post("/recalls", name="desk_recalls", status_code=303, form=ticket_form("recalls", None))
async def take_back(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """ "Desfazer envio": puts text and files back into the form."""
    form = await read_form(request)
    taken = await scheduling.take_back(ticket, form.number("held"), by=person_of(request), at=now())
    if taken is None:
        return render.redirect(request, f"{PAGE.format(number=ticket.number)}?was={form.number('held') or 0}")
    return render.redirect(request, await _written_on(request, ticket, taken))


@post("/dispatches", name="desk_dispatches", status_code=303, form=ticket_form("dispatches", None))
async def send_now(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    form = await read_form(request)
    await sending.send_now(ticket, form.number("held"), make=send_held, by=person_of(request), at=now())
    return render.redirect(request, PAGE.format(number=ticket.number))


async def _written_on(request: PageRequest, ticket: TicketDetails, taken: RecalledReply) -> str:
    """The address of the page with the text back in its form, above what was written there since."""
    me, at = person_of(request), now()
    body = await presence.put_back(ticket, taken.noun, "".join(taken.typed.get("body", [])), by=me, at=at)
    typed = {**taken.typed, "body": [body], "uploads": [str(each) for each in taken.files]}
    address = PAGE.format(number=ticket.number)
    return await give_back(PAGE, taken.noun, typed, request=request, address=address, person=me.id)

"""Starts an article from a solved ticket."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.authoring import from_tickets
from web.articles.authoring.from_tickets import Headings
from web.clock import now
from web.errors import Invalid
from web.pages.desk.articles.writing import ADDRESS
from web.pages.desk.ticket.forms import ticket_form
from web.pages.desk.ticket.page import page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.session import PageRequest
from web.pages.words import articles as words
from web.tickets.record.ticket import TicketDetails


@post("/article", name="desk_article", status_code=303, form=ticket_form("article", None, "section"))
async def create(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    form, headings = await read_form(request), Headings(words.PROBLEM, words.SOLUTION)
    try:
        made = await from_tickets.begin(ticket, headings, by=person_of(request), at=now(), key=form.key)
    except Invalid as error:
        return await page(request, ticket, form.wrong(error), status=422)
    return render.redirect(request, f"{ADDRESS}/{made}?done=from_ticket")

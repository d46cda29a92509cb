""" "Adicionar à conversa": a message, with files and people in copy."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages import forms, render
from web.pages.forms import Form
from web.pages.portal import tickets
from web.pages.scoping import person_of
from web.pages.session import Asked
from web.tickets import actions, queries
from web.tickets.queries import Sheet


@post("/tickets/{number:int}/replies", name="replies", status_code=303)
async def create(request: Asked, ticket: NamedDependency[Sheet]) -> Response[str]:
    form = await forms.read(request)
    if form.refused or form.is_cut:
        return await tickets.page(request, ticket, form, status=form.status)
    me = person_of(request)
    try:
        made = await actions.reply(
            ticket,
            form.text("body"),
            files=form.files,
            copies=form.addresses("copies"),
            by=me,
            at=now(),
            key=form.key,
        )
    except Invalid as error:
        return await tickets.page(request, ticket, form.wrong(error), status=form.status)
    if render.is_swap(request):
        return await tickets.page(request, await queries.sheet(ticket.number, by=me), Form())
    return render.seen(request, f"/tickets/{ticket.number}#e{made.event}")

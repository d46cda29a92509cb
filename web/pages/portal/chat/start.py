"""Starts a chat, or redirects to the open one."""

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.tickets.chats import hours_of
from web.tickets.requests import chats

ADDRESS = "/chat"


@get(ADDRESS, name="chat")
async def show(request: PageRequest) -> Response[str]:
    """Shows the form, or redirects to the open chat.

    `new` starts another one after a resolved chat; a form kept from an expired session comes first.
    """
    form, last = await restored_form(request), await chats.last_chat(person_of(request))
    if last and not form and (last.is_open or not (last.is_over or "new" in request.query_params)):
        return render.redirect(request, f"{ADDRESS}/{last.number}")
    return await _page(request, form)


@post(
    ADDRESS,
    name="begin_chat",
    status_code=303,
    form=FormSpec("chat", ADDRESS, labels("body", "files", of="beginning"), ("body",)),
)
async def begin(request: PageRequest) -> Response[str]:
    form, me = await read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await _page(request, form, status=form.status)
    try:
        made = await chats.say(form.text("body"), files=form.files, by=me, at=now(), key=form.key)
    except Invalid as error:
        return await _page(request, form.wrong(error), status=form.status)
    return render.redirect(request, f"{ADDRESS}/{made.ticket}")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    attended, last = await chats.attendance(), await chats.last_chat(person_of(request))
    context = {
        "form": form,
        "hours": hours_of(attended.calendar, now()) if attended else None,
        "last": last.number if last and last.goes_on(now()) else None,
    }
    return render.page(request, "portal/chat/start.html", context, status=status)

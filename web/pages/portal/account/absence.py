"""The reader's own absence, and their stand-in."""

from functools import partial

from litestar import post
from litestar.response.base import Response

from web.clock import now
from web.pages.portal.account.page import page
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_handler import changed
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.formats import zone_told
from web.people.agents import absences
from web.people.agents.absence_rules import AbsenceInput


@post(
    "/account/absence",
    name="absence",
    status_code=303,
    form=FormSpec("absence", "/account", labels("first", "last", "stand_in")),
)
async def create(request: PageRequest) -> Response[str]:
    me = person_of(request)

    async def act(form: Form) -> None:
        wanted = AbsenceInput(form.day("first"), form.day("last"), form.number("stand_in"), zone_told())
        await absences.begin(me.id, wanted, by=me, at=now())

    return await changed(request, act, show=partial(page, request), then="/account?done=absence")


@post("/account/absence/removal", name="absence_removal", status_code=303, form=FormSpec("absence-removal", "/account"))
async def remove(request: PageRequest) -> Response[str]:
    await read_form(request)
    me = person_of(request)
    await absences.end(me.id, by=me, at=now())
    return render.redirect(request, "/account?done=absence_removed")

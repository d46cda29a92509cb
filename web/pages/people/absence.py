"""The absence and stand-in of an agent, set by a lead."""

from functools import partial

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.pages.people.people import ADDRESS, PERSON, page
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
    f"{ADDRESS}/{{number:int}}/absence",
    name="person_absence",
    status_code=303,
    form=FormSpec("absence", PERSON, labels("first", "last", "stand_in")),
)
async def create(request: PageRequest, number: FromPath[int]) -> Response[str]:
    async def act(form: Form) -> None:
        wanted = AbsenceInput(form.day("first"), form.day("last"), form.number("stand_in"), zone_told())
        await absences.begin(number, wanted, by=person_of(request), at=now())

    return await changed(request, act, show=partial(page, request, number), then=f"{ADDRESS}/{number}?done=absence")


@post(
    f"{ADDRESS}/{{number:int}}/absence/removal",
    name="person_absence_removal",
    status_code=303,
    form=FormSpec("absence-removal", PERSON),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await absences.end(number, by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}/{number}?done=absence_removed")

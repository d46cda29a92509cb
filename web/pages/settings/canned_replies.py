"""Canned replies and macros, written by leads for every agent."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import notices
from web.pages.words.fields import labels
from web.pages.words.labels import PRIORITIES, spoken
from web.tickets.actions import macros, places
from web.tickets.actions.macros import NewCannedReply
from web.tickets.life.states import Priority
from web.tickets.lists.choices import form_choices

ADDRESS = "/desk/settings/canned"
FIELDS, WRITTEN = labels("name", "body", "team", "tag", "ends"), ("name", "body")
ONE = FormSpec("{number}", ADDRESS, FIELDS, WRITTEN)


@get(ADDRESS, name="canned")
async def index(request: PageRequest) -> Response[str]:
    return await _page(request, await restored_form(request))


@post(ADDRESS, name="new_canned", status_code=303, form=FormSpec("canned", ADDRESS, FIELDS, WRITTEN))
async def create(request: PageRequest) -> Response[str]:
    return await _save(request, None)


@post("/desk/settings/canned/{number:int}", name="edit_canned", status_code=303, form=ONE)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, number)


@post(
    "/desk/settings/canned/{number:int}/removal",
    name="canned_removal",
    status_code=303,
    form=FormSpec("{number}", ADDRESS, written=WRITTEN),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await macros.remove(number, by=person_of(request), at=now())
    return render.redirect(request, "/desk/settings/canned?done=removed")


async def _save(request: PageRequest, number: int | None) -> Response[str]:
    form = await read_form(request)
    try:
        await macros.save_canned(_canned_reply(form), number=number, by=person_of(request), at=now())
    except Invalid as error:
        return await _page(request, form.wrong(error), status=422)
    return render.redirect(request, "/desk/settings/canned?done=saved")


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    """Shows a form for each canned reply, named by its number, and an empty one."""
    teams = [(each.id, each.name) for each in await form_choices() if each.kind == "team"]
    context = {
        "canned_replies": await macros.all_canned(),
        "teams": teams,
        "places": places.PLACES,
        "form": form,
        "done": spoken(notices.CANNED_REPLIES.get(request.query_params.get("done", ""), "")),
    }
    return render.page(request, "settings/canned_replies.html", context, status=status)


def _canned_reply(form: Form) -> NewCannedReply:
    return NewCannedReply(
        name=form.text("name"),
        body=form.text("body"),
        is_note=form.is_checked("is_note"),
        takes=form.is_checked("takes"),
        priority=Priority(form.text("priority")) if form.text("priority") in PRIORITIES else None,
        team=form.number("team"),
        tag=form.text("tag"),
        ends=form.text("ends"),
    )

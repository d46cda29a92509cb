"""Canned replies and macros, written by leads for every agent."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import notices
from web.pages.words.labels import PRIORITIES
from web.tickets.actions import macros
from web.tickets.actions.macros import NewCannedReply
from web.tickets.life.states import Priority
from web.tickets.lists import sidebar


@get("/desk/settings/canned", name="canned")
async def index(request: PageRequest) -> Response[str]:
    kept = await forms.restored_form(request)
    return await _page(request, kept if kept.values else None, int(kept.noun) if kept.noun.isdecimal() else None)


@post("/desk/settings/canned", name="new_canned", status_code=303)
async def create(request: PageRequest) -> Response[str]:
    return await _save(request, None)


@post("/desk/settings/canned/{number:int}", name="edit_canned", status_code=303)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, number)


@post("/desk/settings/canned/{number:int}/removal", name="canned_removal", status_code=303)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await forms.read_form(request)
    await macros.remove(number, by=person_of(request))
    return render.redirect(request, "/desk/settings/canned?done=removed")


async def _save(request: PageRequest, number: int | None) -> Response[str]:
    form = await forms.read_form(request)
    try:
        await macros.save_canned(_canned_reply(form), number=number, by=person_of(request))
    except Invalid as error:
        return await _page(request, form.wrong(error), number, status=422)
    return render.redirect(request, "/desk/settings/canned?done=saved")


async def _page(
    request: PageRequest, form: Form | None = None, number: int | None = None, *, status: int = 200
) -> Response[str]:
    """Shows a form for each canned reply and an empty one. `number` is the one that `form` belongs to."""
    teams = [(each["id"], each["name"]) for each in await sidebar.choices(person_of(request)) if each["kind"] == "team"]
    context = {
        "canned_replies": await macros.all_canned(),
        "teams": teams,
        "places": macros.PLACES,
        "form": form,
        "number": number,
        "done": notices.CANNED_REPLIES.get(request.query_params.get("done", ""), ""),
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

"""Canned replies and macros: leads manage shared ones, each agent their own."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Overtaken
from web.pages.shell import edit_conflicts, render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words.labels import PRIORITIES, spoken
from web.pages.words.settings.desk import CANNED, Preview, example_values, preview_of
from web.people.agents.teams import teams_in_sight
from web.people.permissions import Actor
from web.settings_log.recording import Kind
from web.tickets.actions import canned_replies, placeholders
from web.tickets.actions.canned_replies import NewCannedReply
from web.tickets.actions.placeholders import Values
from web.tickets.life.states import Priority
from web.tickets.record.ticket import find_ticket

ADDRESS, OWN = "/desk/settings/canned", "/desk/canned"
_OWN_FIELDS = {name: label for name, label in CANNED.items() if name != "share"}
_WRITTEN = ("name", "body")


@get(ADDRESS, name="canned")
async def index(request: PageRequest) -> Response[str]:
    return await _page(request, ADDRESS, await restored_form(request))


@post(ADDRESS, name="new_canned", status_code=303, form=FormSpec("canned", ADDRESS, CANNED, _WRITTEN))
async def create(request: PageRequest) -> Response[str]:
    return await _save(request, ADDRESS)


@post(
    "/desk/settings/canned/{number:int}",
    name="edit_canned",
    status_code=303,
    form=FormSpec("{number}", ADDRESS, CANNED, _WRITTEN),
)
async def update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, ADDRESS, number)


@post(
    "/desk/settings/canned/{number:int}/removal",
    name="canned_removal",
    status_code=303,
    form=FormSpec("{number}", ADDRESS, written=_WRITTEN),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await canned_replies.remove(number, by=person_of(request), at=now())
    return render.redirect(request, f"{ADDRESS}?done=removed")


@get(OWN, name="own_canned")
async def own_index(request: PageRequest) -> Response[str]:
    return await _page(request, OWN, await restored_form(request))


@post(OWN, name="new_own_canned", status_code=303, form=FormSpec("canned", OWN, _OWN_FIELDS, _WRITTEN))
async def own_create(request: PageRequest) -> Response[str]:
    return await _save(request, OWN)


@post(
    "/desk/canned/{number:int}",
    name="edit_own_canned",
    status_code=303,
    form=FormSpec("{number}", OWN, _OWN_FIELDS, _WRITTEN),
)
async def own_update(request: PageRequest, number: FromPath[int]) -> Response[str]:
    return await _save(request, OWN, number)


@post(
    "/desk/canned/{number:int}/removal",
    name="own_canned_removal",
    status_code=303,
    form=FormSpec("{number}", OWN, written=_WRITTEN),
)
async def own_remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    me = person_of(request)
    await canned_replies.remove(number, owner=me.id, by=me, at=now())
    return render.redirect(request, f"{OWN}?done=removed")


async def _save(request: PageRequest, home: str, number: int | None = None) -> Response[str]:
    form, me = await read_form(request), person_of(request)
    wanted = _canned_reply(form, owner=me.id if home == OWN else None)
    try:
        if form.is_checked("preview"):
            return await _page(request, home, form, preview=await _preview(form, wanted, me))
        await canned_replies.save_canned(wanted, number=number, seen=form.number("seen"), by=me, at=now())
    except Invalid as error:
        return await _page(request, home, form.wrong(error), status=422)
    except Overtaken:
        form.is_overtaken = True
        return await _page(request, home, form, status=409)
    return render.redirect(request, f"{home}?done=saved")


async def _preview(form: Form, wanted: NewCannedReply, me: Actor) -> Preview:
    """A preview with the ticket whose number was typed, or else with an example."""
    await canned_replies.refuse_unfit(wanted, by=me)
    values: Values = example_values(me.name)
    if form.text("in_ticket").strip():
        try:
            values = placeholders.values_of(await find_ticket(form.number("in_ticket") or 0, by=me), me)
        except NotFound:
            raise Invalid("in_ticket", "unknown_ticket") from None
    teams = {each.id: each.name for each in await teams_in_sight(me)}
    return preview_of(wanted, values, teams)


async def _page(
    request: PageRequest, home: str, form: Form, *, preview: Preview | None = None, status: int = 200
) -> Response[str]:
    """Shows a form for each canned reply, named by its number, and an empty one."""
    me = person_of(request)
    kept = await (canned_replies.own(me) if home == OWN else canned_replies.shared(me))
    context = {
        "home": home,
        "is_own": home == OWN,
        "canned_replies": kept,
        "seen": await edit_conflicts.seen_each(Kind.CANNED, [each.id for each in kept], form),
        "teams": [(each.id, each.name) for each in await teams_in_sight(me)],
        "placeholders": placeholders.PLACEHOLDERS,
        "form": form,
        "preview": preview,
        "done": spoken(confirmations.CANNED_REPLIES.get(request.query_params.get("done", ""), "")),
    }
    return render.page(request, "settings/canned_replies.html", context, status=status)


def _canned_reply(form: Form, *, owner: int | None) -> NewCannedReply:
    return NewCannedReply(
        name=form.text("name"),
        body=form.text("body"),
        is_note=form.is_checked("is_note"),
        takes=form.is_checked("takes"),
        priority=Priority(form.text("priority")) if form.text("priority") in PRIORITIES else None,
        team=form.number("team"),
        tag=form.text("tag"),
        ends=form.text("ends"),
        folder=form.text("folder"),
        owner=owner,
        readers=None if owner else form.number("share"),
    )

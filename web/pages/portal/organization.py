"""The members of an organization and their permissions, for those who manage them."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import notices
from web.pages.words.fields import labels
from web.pages.words.labels import SEES
from web.people import memberships
from web.people.permissions import Sees


@get("/organization", name="organization")
async def show(request: PageRequest) -> Response[str]:
    me = person_of(request)
    if not me.manages:
        raise NotFound("organization")
    context = {
        "colleagues": await memberships.colleagues(me.manages),
        "sees": SEES,
        "groups": await memberships.group_sight(me.id),
        "form": await restored_form(request),
        "done": notices.ORGANIZATION.get(request.query_params.get("done", ""), ""),
    }
    return render.page(request, "portal/organization.html", context)


@post(
    "/organization/members/{number:int}",
    name="grant",
    status_code=303,
    form=FormSpec("{number}", "/organization", labels("sees")),
)
async def grant(request: PageRequest, number: FromPath[int]) -> Response[str]:
    form = await read_form(request)
    if form.text("sees") not in SEES:
        raise Invalid("sees", "unknown")
    sees, approves, manages = Sees(form.text("sees")), form.is_checked("approves"), form.is_checked("manages")
    await memberships.grant(number, sees=sees, approves=approves, manages=manages, by=person_of(request), at=now())
    return render.redirect(request, "/organization?done=saved")


@post(
    "/organization/members/{number:int}/removal",
    name="removal",
    status_code=303,
    form=FormSpec("{number}", "/organization"),
)
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await memberships.revoke(number, by=person_of(request), at=now())
    return render.redirect(request, "/organization?done=removed")

"""Leaving an organization: asked first, with what one will no longer see."""

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_handler import button
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.people.onboarding import leaving
from web.tickets.actions.ownership import colleagues

PAGE = "/account/organizations/{number}/departure"
_AT = "/account/organizations/{number:int}/departure"


@get(_AT, name="ask_departure")
async def show(request: PageRequest, number: FromPath[int]) -> Response[str]:
    me = person_of(request)
    row = await leaving.own(number, by=me)
    context = {
        "row": row,
        "is_last_manager": await leaving.is_last_manager(row),
        "open": await colleagues.count_open(me.id, number, by=me),
    }
    return render.page(request, "portal/account/departure.html", context)


leave = button(_AT, "departure", FormSpec("departure", PAGE), leaving.leave, then="/account?done=left")

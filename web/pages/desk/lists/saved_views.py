"""Saved views: the address of a list under a name, for oneself or for a team."""

from litestar import post
from litestar.params import FromPath
from litestar.response.base import Response

from web.errors import Invalid
from web.pages.desk.lists import addresses, show
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.tickets.lists import saved_views


@post(
    "/desk/views",
    name="desk_views",
    status_code=303,
    form=FormSpec("views", "/desk", labels("name", "share", of="views"), ("name",)),
)
async def create(request: PageRequest) -> Response[str]:
    form = await read_form(request)
    chosen = addresses.filter_from_form(form)
    address = addresses.address(chosen)
    try:
        await saved_views.save_view(
            form.text("name"), address.partition("?")[2], share=form.number("share"), by=person_of(request)
        )
    except Invalid as error:
        return await show.page(request, chosen, form.wrong(error), status=422)
    return render.redirect(request, address)


@post("/desk/views/{number:int}/removal", name="desk_view_removal", status_code=303, form=FormSpec("removal", "/desk"))
async def remove(request: PageRequest, number: FromPath[int]) -> Response[str]:
    await read_form(request)
    await saved_views.remove(number, by=person_of(request))
    return render.redirect(request, "/desk")

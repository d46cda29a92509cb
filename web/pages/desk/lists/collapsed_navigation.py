"""Whether the lists beside an open one are folded away, as this browser left them."""

from litestar import post
from litestar.response.base import Response

from web.pages.desk.lists import addresses
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest, cookie_name, keep_cookie


def is_folded(request: PageRequest) -> bool:
    return request.cookies.get(_name()) == "1"


@post("/desk/navigation", name="desk_folding", status_code=303, form=FormSpec("navigation", "/desk"))
async def fold(request: PageRequest) -> Response[str]:
    """Leads to the block of the lists, which leads a page without a script on to the list it was on."""
    form = await read_form(request)
    query = addresses.address(addresses.filter_from_form(form)).partition("?")[2]
    headers = {"Location": f"/desk/navigation?{query}"}
    response = Response("", media_type=render.HTML, status_code=303, headers=headers)
    keep_cookie(response, _name(), "1" if form.is_checked("folded") else "")
    return response


def _name() -> str:
    return f"{cookie_name()}-folded"

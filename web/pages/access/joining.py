"""Invitations on paper: what one opens who typed the address, and the button that makes them a member."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.pages.shell import render
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.people.turnover import paper
from web.tickets.actions.ownership import colleagues


@get("/join/{code:str}", name="joining")
async def show(request: PageRequest, code: FromPath[str]) -> Response[str]:
    found = await paper.by_code(code, at=now())
    return render.page(request, "access/joining.html", {"paper": found}, status=200 if found else 404)


@post("/join/{code:str}/membership", name="join_by_paper", status_code=303, form=FormSpec("joining", "/join/{code}"))
async def join(request: PageRequest, code: FromPath[str]) -> Response[str]:
    await read_form(request)
    try:
        made = await paper.accept(code, by=person_of(request), at=now())
    except NotFound:
        return render.page(request, "access/joining.html", {"paper": None}, status=404)
    for number in made:
        await colleagues.adopt(number, at=now())
    return render.redirect(request, "/account?done=joined")

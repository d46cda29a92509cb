"""Paper invitations: the page of the printed address, and how its reader becomes a member."""

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Throttled
from web.pages.shell import render, session
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.people.onboarding import logins, paper
from web.tickets.actions.ownership import colleagues


@get("/join/{code:str}", name="joining")
async def show(request: PageRequest, code: FromPath[str]) -> Response[str]:
    return await _page(request, code, await restored_form(request))


@post(
    "/join/{code:str}/account",
    name="login_by_paper",
    status_code=303,
    form=FormSpec("login", "/join/{code}", labels("name", "password", "again", of="newcomer")),
)
async def create(request: PageRequest, code: FromPath[str]) -> Response[str]:
    """For people without an e-mail address: creates a login and signs them in."""
    form = await read_form(request, is_public=True)
    try:
        person = await _entered(code, form)
    except NotFound:
        return await _page(request, code, form)
    except Invalid as error:
        return await _page(request, code, form.wrong(error), status=422)
    except Throttled as error:
        return await _page(request, code, form.wrong(Invalid("password", error.code)), status=429)
    await session.end_this(request)
    return session.opened(render.redirect(request, "/account?done=login"), await session.start(request, person))


@post("/join/{code:str}/membership", name="join_by_paper", status_code=303, form=FormSpec("joining", "/join/{code}"))
async def join(request: PageRequest, code: FromPath[str]) -> Response[str]:
    await read_form(request)
    try:
        made = await paper.accept(code, by=person_of(request), at=now())
    except NotFound:
        return render.page(request, "access/joining.html", {"paper": None, "form": Form()}, status=404)
    for number in made:
        await colleagues.adopt(number, at=now())
    return render.redirect(request, "/account?done=joined")


async def _entered(code: str, form: Form) -> int:
    if form.text("password") != form.text("again"):
        raise Invalid("again", "different")
    return await logins.enter(code, form.text("name"), form.text("password"), at=now())


async def _page(request: PageRequest, code: str, form: Form, *, status: int = 200) -> Response[str]:
    found = await paper.by_code(code, at=now())
    return render.page(request, "access/joining.html", {"paper": found, "form": form}, status=status if found else 404)

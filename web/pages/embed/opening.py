"""A ticket opened in a frame: one form, and a receipt with the number and the code by which it is followed."""

from litestar import get, post
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, Throttled
from web.http.shield import network_of
from web.kiosks import codes, opening
from web.kiosks.opening import Asked
from web.pages.embed import frame
from web.pages.kiosk import device
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.tickets import kiosk as words
from web.people import tokens

PAGE = "/embed/new"


@get(PAGE, name="embed_new")
async def show(request: PageRequest) -> Response[str]:
    return await _page(request, Form())


@post(PAGE, name="embed_open", status_code=201, form=FormSpec("new", PAGE, words.FIELDS, ("body", "name")))
async def create(request: PageRequest) -> Response[str]:
    """The answer is the receipt. The same form sent again gets the same one."""
    form = await read_form(request, is_public=True)
    if form.refused or form.is_cut:
        return await _page(request, form, status=form.status)
    token = form.key or tokens.new()
    try:
        await _open(request, form, token)
    except Invalid as error:
        return await _page(request, form.wrong(error), status=422)
    except Throttled as error:
        answer = await _page(request, form.wrong(Invalid("body", "many_codes")), status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    await frame.enter(request, token)
    visit = device.visit_of(request)
    context = {"number": visit.ticket, "code": codes.written(visit.follow_code), "visit": token}
    return render.page(request, "embed/receipt.html", context, status=201)


async def _open(request: PageRequest, form: Form, token: str) -> None:
    address = form.line("address")
    asked = Asked(form.line("name"), form.text("body"), form.number("category"), form.text("address"))
    await opening.open_framed(
        asked,
        token=token,
        network=network_of(request),
        said=words.said_in_frame(frame.frame_of(request).parent, address),
        letter=render.letter,
        called=words.VISITOR_OF_FRAME,
        at=now(),
    )


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    categories = [(each.id, each.name) for each in await opening.offered(opening.IN_FRAME)]
    chosen = whole_number(request.query_params.get("category", ""), digits=9)
    context = {"form": form, "categories": categories, "chosen": chosen}
    return render.page(request, "embed/new.html", context, status=status)

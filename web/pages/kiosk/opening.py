"""Opens a ticket at the kiosk: a picture, a form, a receipt.

No page asks for confirmation: the text is visible above the button, and another page would cost another touch.
"""

from dataclasses import dataclass

import segno
from litestar import get, post
from litestar.response.base import Response
from markupsafe import Markup

from web.clock import now
from web.errors import Invalid
from web.kiosks import claims, codes, opening, visits
from web.kiosks.opening import Asked
from web.pages.kiosk import device
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.formats import moment
from web.pages.words.tickets import kiosk as words
from web.pages.words.tickets.conversation import step_of
from web.settings import settings
from web.tickets.record.ticket import find_ticket

CATEGORIES = "/kiosk/categories"
PAGE = "/kiosk/request"


@dataclass(frozen=True)
class Tile:
    """A category with the name of its picture."""

    id: int
    name: str
    picture: str


@get(CATEGORIES, name="kiosk_categories")
async def choose(request: PageRequest) -> Response[str]:
    return await _choice(request, Form())


@post("/kiosk/visits", name="kiosk_visit", status_code=303, form=FormSpec("visits", CATEGORIES))
async def begin(request: PageRequest) -> Response[str]:
    """Starts the visit by choosing a category."""
    form = await read_form(request, is_public=True)
    token = await visits.begin(device.kiosk_of(request).id, called=words.VISITOR, at=now())
    answer = render.redirect(request, render.with_query(PAGE, category=str(form.number("category") or 0)))
    return device.keep_visit(answer, token)


@get(PAGE, name="kiosk_request")
async def show(request: PageRequest) -> Response[str]:
    """Shows the form.

    Without an active visit, redirects to the start page, for example after the browser's back button.
    """
    if await device.enter_visit(request) is None or device.visit_of(request).ticket is not None:
        return render.redirect(request, "/kiosk")
    return await _page(request, Form())


@post(
    PAGE,
    name="kiosk_open",
    status_code=303,
    guards=[device.in_visit],
    form=FormSpec("request", PAGE, words.FIELDS, ("body", "name")),
)
async def create(request: PageRequest) -> Response[str]:
    """Opens the ticket, or only leads to the categories and back (`to`) with what was typed."""
    form = await read_form(request)
    if form.refused or form.is_cut:
        return await _page(request, form, status=form.status)
    if to := form.text("to"):
        return await (_choice if to == "categories" else _page)(request, form)
    try:
        await _open(request, form)
    except Invalid as error:
        return await _page(request, form.wrong(error), status=form.status)
    return render.redirect(request, "/kiosk/receipt")


@get("/kiosk/receipt", name="kiosk_receipt")
async def receipt(request: PageRequest) -> Response[str]:
    """Shows number and code of the ticket opened in this visit."""
    visit = await device.enter_visit(request)
    code = visit.follow_code if visit else ""
    if visit is None or not code:
        return render.redirect(request, "/kiosk")
    me, at, page, number = person_of(request), now(), f"{settings().base_url}/follow", visit.ticket or 0
    context = {
        "number": number,
        "code": codes.written(code),
        "step": step_of(await find_ticket(number, by=me), me, at),
        "address": await claims.address_left(number),
        "printed": moment(at),
        "page": page,
        "qr": _drawn(f"{page}?number={number}#{code}"),
    }
    return device.page(request, "kiosk/receipt.html", context)


async def _open(request: PageRequest, form: Form) -> None:
    where, visit, by = opening.where_of(device.kiosk_of(request)), device.visit_of(request), person_of(request)
    await opening.open_ticket(_asked(form), where, visit, letter=render.letter, by=by, at=now(), key=form.key)


def _drawn(text: str) -> Markup:
    """A QR code as inline SVG. The part after # is never sent to a server."""
    drawn = segno.make_qr(text, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - made of an address of ours


def _asked(form: Form) -> Asked:
    return Asked(
        name=form.line("name"),
        body=form.text("body"),
        category=form.number("category"),
        address=form.line("address"),
        phone=form.line("phone"),
        organization=form.line("organization"),
        files=form.files,
    )


async def _choice(request: PageRequest, form: Form) -> Response[str]:
    offered = await opening.offered(opening.where_of(device.kiosk_of(request)))
    tiles = [Tile(each.id, each.name, words.picture(each.name)) for each in offered]
    typed = [(name, text) for name, text in form.typed if name not in ("category", "to", "uploads")]
    typed += [("uploads", str(each)) for each in form.files]
    return device.page(request, "kiosk/categories.html", {"tiles": tiles, "form": form, "typed": typed})


async def _page(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    kiosk = device.kiosk_of(request)
    asked = whole_number(request.query_params.get("category", ""), digits=9)
    category = form.number("category") if form else asked
    offered = {each.id: each.name for each in await opening.offered(opening.where_of(kiosk))}
    if category not in offered:
        return await _choice(request, form) if form else render.redirect(request, CATEGORIES)
    context = {"form": form, "category": category, "category_name": offered[category], "kiosk": kiosk}
    return device.page(request, "kiosk/request.html", context, status=status)

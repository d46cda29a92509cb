"""The start page of a kiosk, the link that binds a device, and the reset after each visitor."""

from contextlib import suppress

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound, Throttled
from web.kiosks import calling, devices, visits
from web.kiosks.settings import RENEWS
from web.pages.kiosk import device
from web.pages.shell import render, session
from web.pages.shell.form_intake import StaleToken, read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest

HOME = "/kiosk"
OVER = "/kiosk?over=1"


@get(HOME, name="kiosk", guards=[device.look_for_kiosk])
async def show(request: PageRequest) -> Response[str]:
    """Starts a new visit, also after a loss of power. On an unbound device it says so."""
    if device.kiosk_here(request) is None:
        return _unbound(request)
    answer = _page(request)
    if "over" in request.query_params:
        return device.forget_visitor(answer)
    if token := request.cookies.get(device.visit_name()):
        await visits.end(token, at=now())
        device.forget_visit(answer)
    return answer


@get("/kiosk/bindings/{token:str}", name="kiosk_binding")
async def ask_binding(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """The page of the binding link. Opening it changes nothing; its button binds the device."""
    try:
        return device.page(request, "kiosk/binding.html", {"kiosk": await devices.to_bind(token, at=now())})
    except NotFound:
        return _unbound(request, is_link=True)


@post(
    "/kiosk/bindings/{token:str}",
    name="bind_kiosk",
    status_code=303,
    form=FormSpec("binding", "/kiosk/bindings/{token}"),
)
async def bind(request: PageRequest, token: FromPath[str]) -> Response[str]:
    await read_form(request, is_public=True)
    try:
        bound = await devices.bind(token, at=now())
    except NotFound:
        return _unbound(request, is_link=True)
    await session.end_this(request)  # the person who opened the link must not stay signed in there
    return device.keep_device(session.closed(render.redirect(request, OVER)), bound.token)


@post("/kiosk/mode", name="kiosk_mode", status_code=303, form=FormSpec("mode", HOME))
async def set_mode(request: PageRequest) -> Response[str]:
    """Turns larger letters and more contrast on or off, until the visit ends."""
    form = await read_form(request, is_public=True)
    return device.keep_mode(render.redirect(request, HOME), "big" if form.text("mode") == "big" else "plain")


@post("/kiosk/calls", name="kiosk_call", status_code=303, form=FormSpec("calls", HOME))
async def call(request: PageRequest) -> Response[str]:
    """Calls a member of the team."""
    await read_form(request, is_public=True)
    try:
        await calling.call(device.kiosk_of(request), letter=render.letter, at=now())
    except Throttled:
        return render.redirect(request, f"{HOME}?called=again")
    return render.redirect(request, f"{HOME}?called=1")


@post("/follow/end", name="end_visit", status_code=303, form=FormSpec("end", "/follow"))
async def end(request: PageRequest) -> Response[str]:
    """Ends the visit of this browser, even if it has ended already or the form is stale."""
    await device.enter_visit(request)
    with suppress(StaleToken):
        await read_form(request, is_public=True)
    await visits.end(request.cookies.get(device.visit_name(), ""), at=now())
    return device.forget_visitor(render.redirect(request, OVER if device.kiosk_here(request) else "/follow?over=1"))


def _unbound(request: PageRequest, *, is_link: bool = False) -> Response[str]:
    """Says that this device is no kiosk, or that the link to bind it is used, replaced or expired."""
    return device.page(request, "kiosk/unbound.html", {"is_link": is_link}, status=404)


def _page(request: PageRequest) -> Response[str]:
    context = {
        "kiosk": device.kiosk_of(request),
        "called": request.query_params.get("called", ""),
        "renews": int(RENEWS.total_seconds()),
    }
    return device.page(request, "kiosk/home.html", context)

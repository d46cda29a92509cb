"""The cookies of a kiosk: one for the device, and another for the visit."""

from collections.abc import Mapping
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler
from litestar.response.base import Response

from web.clock import now
from web.errors import NotFound
from web.kiosks import devices, visits
from web.kiosks.devices import AtKiosk
from web.kiosks.settings import KioskShown
from web.kiosks.visits import Visit
from web.pages.shell import render
from web.pages.shell.session import KIOSK_MODE, PageRequest, cookie_name, device_cookie_name
from web.people.permissions import Actor

DEVICE_LASTS = 400 * 86_400
"""Seconds; the longest time that browsers keep a cookie."""
_VISITS = 2**31
"""Where the numbers of visits begin among those of sessions, in form tokens."""


async def look_for_kiosk(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard that admits everybody, and recognizes the device of a kiosk."""
    token = connection.cookies.get(device_cookie_name(), "")
    found = await devices.kiosk_of(token, letter=render.letter, at=now()) if token else None
    connection.state.kiosk = found


async def at_kiosk(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard for the kiosk's own pages."""
    await look_for_kiosk(connection, handler)
    if connection.state.kiosk is None:
        raise NotFound("kiosk")


async def in_visit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard for actions in a visit."""
    if await enter_visit(cast("PageRequest", connection)) is None:
        raise NotFound("visit")


async def enter_visit(request: PageRequest) -> Visit | None:
    """The active visit; its person becomes the user of the request."""
    return await enter(request, request.cookies.get(visit_name(), ""))


async def enter(request: PageRequest, token: str) -> Visit | None:
    """Like `enter_visit`, by its token."""
    return let_in(request, await visits.behind(token, at=now()) if token else None)


def let_in(request: PageRequest, found: tuple[Visit, Actor] | None) -> Visit | None:
    """Like `enter_visit`, for a visit that was found."""
    if found is None:
        return None
    visit, by = found
    if visit.kiosk is not None and visit.kiosk != getattr(kiosk_here(request), "id", None):
        return None
    request.state.visit = visit
    request.scope["user"], request.scope["auth"] = by, _VISITS + visit.id
    return visit


def visit_of(request: PageRequest) -> Visit:
    found: Visit = request.state.visit
    return found


def kiosk_here(request: PageRequest) -> KioskShown | None:
    found: AtKiosk | None = getattr(request.state, "kiosk", None)
    return found.kiosk if found else None


def kiosk_of(request: PageRequest) -> KioskShown:
    """The kiosk of the request. The guard has checked that there is one."""
    return cast("KioskShown", kiosk_here(request))


def page(request: PageRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> Response[str]:
    """A page of the kiosk, or of a followed ticket. The device gets its rotated token."""
    answer = render.page(request, template, context, status=status)
    found: AtKiosk | None = getattr(request.state, "kiosk", None)
    return keep_device(answer, found.token) if found and found.token else answer


def keep_device(answer: Response[str], token: str) -> Response[str]:
    answer.set_cookie(_cookie(device_cookie_name(), token, lasts=DEVICE_LASTS))
    return answer


def keep_visit(answer: Response[str], token: str) -> Response[str]:
    """Sets the cookie of the visit, until the browser is closed at most."""
    answer.set_cookie(_cookie(visit_name(), token, lasts=None))
    return answer


def keep_mode(answer: Response[str], mode: str) -> Response[str]:
    answer.set_cookie(_cookie(KIOSK_MODE, mode, lasts=None))
    return answer


def forget_visitor(answer: Response[str]) -> Response[str]:
    """Clears everything that the visit left in the browser."""
    forget_visit(answer).set_cookie(_cookie(KIOSK_MODE, "", lasts=0))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def forget_visit(answer: Response[str]) -> Response[str]:
    answer.set_cookie(_cookie(visit_name(), "", lasts=0))
    return answer


def visit_name() -> str:
    return f"{cookie_name()}-visit"


def _cookie(name: str, value: str, *, lasts: int | None) -> Cookie:
    is_secure = cookie_name().startswith("__Host-")
    return Cookie(key=name, value=value, max_age=lasts, path="/", httponly=True, samesite="strict", secure=is_secure)

"""Error pages: one table from an exception to a status and the text of its page."""

import logging
import secrets

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response.base import Response

from web.database import BUSY, RULES_BROKEN
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken, Throttled
from web.http.audit_trail import named_path
from web.http.received import BadBody, BodyTooLarge
from web.http.security import CrossSite
from web.pages.shell import render
from web.pages.shell.form import SECRET
from web.pages.shell.form_intake import IN_BACKGROUND, SignInNeeded, StaleToken
from web.pages.shell.form_spec import page_of, spec_of
from web.pages.words.error_pages import ERROR_PAGES
from web.storage import StorageError

log = logging.getLogger("guiche.pages")


_BY_KIND: tuple[tuple[type[Exception], int, str], ...] = (
    (NotFound, 404, "not_found"),
    (NotPermitted, 403, "not_permitted"),
    (NotFromHere, 409, "not_from_here"),
    (Overtaken, 409, "overtaken"),
    (Throttled, 429, "throttled"),
    (Invalid, 422, "invalid"),
    (CrossSite, 403, "cross_site"),
    (StaleToken, 403, "stale"),
    (BodyTooLarge, 413, "too_long"),
    *((kind, 409, "contradiction") for kind in RULES_BROKEN),
    (StorageError, 503, "unavailable"),
    *((kind, 503, "unavailable") for kind in BUSY),
)

_BY_STATUS = {404: "not_found", 405: "wrong_method", 413: "too_large", 415: "unsupported"}


def refused(request: Request, error: Exception) -> Response[str]:  # type: ignore[type-arg]
    """The page for any exception, with the text that was typed."""
    if isinstance(error, SignInNeeded):
        return _to_sign_in(request, error)
    status, reason = _reason(error)
    code = ""
    if status >= 500 or reason == "contradiction":
        code = secrets.token_hex(4)
        log.error("%s %s %r", code, request.method, named_path(request.scope), exc_info=error)
    response = render.page(
        request,
        "errors/error.html",
        {
            "refusal": ERROR_PAGES[reason],
            "heading": _heading(request),
            "status": status,
            "code": code,
            "wrong": _wrong(request, error),
            "typed": _typed(request),
            "address": _address(request),
            "asks_again": status >= 500 and request.method == "GET" and not render.is_swap(request),
            "resent": _resent(request) if status == 503 else None,
            "back": page_of(request) if request.method == "POST" and status not in (404, 405) else "",
            "label": spec_of(request).label,
            "kept": getattr(error, "kept", ""),
        },
        block="error",
        status=status,
    )
    if status == 503:
        response.headers["Retry-After"] = "5"
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _heading(request: Request) -> str:  # type: ignore[type-arg]
    """The element of the title: the page keeps its `h1` when htmx swaps a block, except a ticket at the desk."""
    target = request.headers.get("HX-Target", "")
    return "h2" if render.is_swap(request) and not target.endswith("#ticket") else "h1"


def _address(request: Request) -> str:  # type: ignore[type-arg]
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _reason(error: Exception) -> tuple[int, str]:
    """The status of the answer, and the code of its page."""
    for kind, status, code in _BY_KIND:
        if isinstance(error, kind):
            return status, code
    if isinstance(error, BadBody):
        return (415, "unsupported") if error.code == "unsupported" else (400, "malformed")
    if isinstance(error, HTTPException) and error.status_code in _BY_STATUS:
        return error.status_code, _BY_STATUS[error.status_code]
    if isinstance(error, HTTPException) and error.status_code < 500:
        return 400, "malformed"
    return 500, "broken"


def _to_sign_in(request: Request, error: SignInNeeded) -> Response[str]:  # type: ignore[type-arg]
    """The sign-in page for a visitor. Their form is kept and comes back after they sign in."""
    address = _address(request)
    if request.method in ("GET", "HEAD") and not render.is_swap(request):
        return render.redirect(request, render.with_query("/sign-in", next=address) if address != "/" else "/sign-in")
    if "shown" in request.query_params:
        return Response("", media_type=render.HTML, status_code=401)  # a background request: the page stays
    if request.method == "GET" and IN_BACKGROUND in request.scope["route_handler"].opt:
        return Response("", media_type=render.HTML, status_code=204)  # htmx leaves the block as it is
    target = page_of(request) if request.method == "POST" else address
    if render.is_swap(request) and (error.kept or request.method == "GET"):
        onward = render.with_query(target, kept=error.kept) if error.kept else target
        answer = render.redirect(request, render.with_query("/sign-in", next=onward))
        answer.status_code = 401
        return answer
    return render.page(
        request,
        "access/sign_in.html",
        {
            "form": None,
            "next": render.with_query(target, kept=error.kept) if error.kept else target,
            "kept": bool(error.kept),
            "done": "",
            "typed": {} if error.kept else _typed(request),
        },
        block="sign_in",
        status=401,
    )


def _wrong(request: Request, error: Exception) -> dict[str, str]:  # type: ignore[type-arg]
    """The code of each wrong field, by its label, for a form that is not shown again."""
    fields = error.fields if isinstance(error, Invalid) else {}
    return {spec_of(request).label(name): code for name, code in fields.items()}


def _resent(request: Request) -> dict[str, list[str]] | None:  # type: ignore[type-arg]
    """The other fields of a form that can be sent again as it was; None if it has files or passwords."""
    fields: dict[str, list[str]] = getattr(request.state, "typed", {}) or {}
    if not fields or request.state.has_files or fields.keys() & {*SECRET} - {"_token"}:
        return None
    texts = _typed(request)
    return {name: values for name, values in fields.items() if name not in texts}


def _typed(request: Request) -> dict[str, str]:  # type: ignore[type-arg]
    """The texts of the refused form, without passwords."""
    fields: dict[str, list[str]] = getattr(request.state, "typed", {}) or {}
    written = spec_of(request).written
    return {name: values[0] for name, values in fields.items() if name in written and values[0].strip()}

"""Refusals as problem details (RFC 9457): one table from an exception to a status and a code."""

import logging
import re
import secrets
from collections.abc import Mapping

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from web.database import BUSY, RULES_BROKEN
from web.errors import DeskError, Invalid, NotFound, NotFromHere, NotPermitted, Overtaken, Throttled
from web.pages.words.api import PROBLEMS
from web.storage import StorageError, TooLarge

log = logging.getLogger("guiche.api")

MEDIA_TYPE = "application/problem+json"


class NoKey(HTTPException):
    """The key is missing or invalid."""

    status_code = 401

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class OutOfScope(HTTPException):
    """The key is valid, but lacks the scope."""

    status_code = 403
    code = "out_of_scope"


class Unsupported(HTTPException):
    """The body is not JSON."""

    status_code = 415


class WrongField(msgspec.Struct):
    """A field, and the code of the broken rule."""

    field: str
    code: str


class Problem(msgspec.Struct, omit_defaults=True):
    """The body of a refusal; `instance` identifies an internal error in the log."""

    type: str
    title: str
    status: int
    code: str
    errors: list[WrongField] = []
    instance: str = ""


_DESK: tuple[tuple[type[DeskError], int], ...] = (
    (NotFound, 404),
    (NotPermitted, 403),
    (NotFromHere, 409),
    (Overtaken, 409),
    (Throttled, 429),
)

_OTHERS: tuple[tuple[tuple[type[Exception], ...], int, str], ...] = (
    ((Invalid, ValidationException), 422, "invalid"),
    ((RecursionError, UnicodeError), 400, "malformed"),  # JSON nested thousands deep, or no UTF-8
    ((TooLarge,), 413, "too_large"),
    (RULES_BROKEN, 409, "contradiction"),
    ((StorageError, *BUSY), 503, "unavailable"),
)

_BY_STATUS = {
    400: "malformed",
    403: "cross_site",
    404: "not_found",
    405: "wrong_method",
    413: "too_large",
    415: "unsupported",
}

CODES = {
    400: ("malformed",),
    401: ("key_missing", "key_unknown"),
    403: ("out_of_scope", "not_permitted", "cross_site"),
    404: ("not_found",),
    405: ("wrong_method",),
    409: ("not_from_here", "overtaken", "contradiction"),
    413: ("too_large",),
    415: ("unsupported",),
    422: ("invalid",),
    429: ("throttled",),
    500: ("broken",),
    503: ("unavailable",),
}


def refused(request: Request, error: Exception) -> Response[Problem]:  # type: ignore[type-arg]
    """The answer to any exception."""
    status, code = _kind(error)
    problem = Problem(f"/api/docs#{code}", PROBLEMS[code], status, code, errors=_errors(error))
    if status == 500 or code == "contradiction":
        problem.instance = f"urn:guiche:{secrets.token_hex(4)}"
        log.error("%s %s %r", problem.instance, request.method, request.url.path, exc_info=error)
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=_headers(error, status, code))


def _kind(error: Exception) -> tuple[int, str]:
    for kind, status in _DESK:
        if isinstance(error, kind):
            return status, error.code
    for kinds, status, code in _OTHERS:
        if isinstance(error, kinds):
            return status, code
    if isinstance(error, HTTPException) and error.status_code < 500:
        return error.status_code, getattr(error, "code", "") or _BY_STATUS.get(error.status_code, "malformed")
    return 500, "broken"


def _errors(error: Exception) -> list[WrongField]:
    if isinstance(error, Invalid):
        return [WrongField(field, str(code)) for field, code in error.fields.items()]
    if isinstance(error, ValidationException):
        missing = re.search(r"required \w+ parameter '([^']+)'", error.detail)
        if missing:
            return [WrongField(missing[1], "missing")]
        return [_wrong(each) for each in error.extra or () if not isinstance(each, str)]
    return []


def _wrong(message: Mapping[str, str]) -> WrongField:
    """The field that is unknown, missing or malformed, from a message of msgspec."""
    text = message["message"]
    named = re.search(r"field `([^`]+)`", text)
    if named is None:
        return WrongField(message.get("key", "").removeprefix("data").partition("[")[0], "wrong_type")
    return WrongField(named[1], "unknown" if "unknown" in text else "missing")


def _headers(error: Exception, status: int, code: str) -> dict[str, str]:
    match error:
        case NoKey():
            return _challenge("invalid_token" if code == "key_unknown" else "")
        case OutOfScope():
            return _challenge("insufficient_scope")
        case Throttled():
            return {"Retry-After": str(error.wait)}
    return dict(_HEADERS.get(status) or getattr(error, "headers", None) or {})


_HEADERS = {
    503: {"Retry-After": "5"},
    413: {"Connection": "close"},  # what was left of the body has not been read
}


def _challenge(error: str) -> dict[str, str]:
    """The `WWW-Authenticate` header of RFC 6750, section 3; without an error when no key was sent."""
    return {"WWW-Authenticate": 'Bearer realm="Guiche"' + (f', error="{error}"' if error else "")}

"""Receives a form: checks its token, stores its files, and keeps forms that cannot be processed."""

import functools
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from web.clock import now
from web.database import FAILURES
from web.errors import NotFound, Throttled
from web.http.body import read_body
from web.http.multipart import MAX_TOTAL
from web.http.received import BadBody, Body, BodyTooLarge, Fields
from web.http.security import network_of
from web.pages.shell import form_tokens
from web.pages.shell.form import SECRET, Form, is_file_field
from web.pages.shell.form_spec import NO_FORM, FormSpec, spec_of
from web.pages.shell.form_tokens import FormToken
from web.pages.shell.kept_form import noun_of, set_aside
from web.pages.shell.session import PageRequest, browser_token
from web.people import accounts, throttle
from web.people.throttle import Limit
from web.text import one_line
from web.tickets.record.attachments import make_room, pending_files, save_received


class StaleToken(HTTPException):
    """The form belongs to another session, because another tab signed in or out. `kept` is the token of its content."""

    status_code = 403

    def __init__(self, kept: str) -> None:
        super().__init__()
        self.kept = kept


class SignInNeeded(HTTPException):
    """The session has ended. `kept` is the token of the form's content, if the form was ours."""

    status_code = 401

    def __init__(self, kept: str = "") -> None:
        super().__init__()
        self.kept = kept


async def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard for pages that need a session. The form of a visitor is kept until they have signed in."""
    if connection.scope.get("user") is not None:
        return
    request = cast("PageRequest", connection)
    if request.method != "POST":
        raise SignInNeeded
    raise SignInNeeded(await _set_aside(request, await _body(request)))


Enter = Callable[[PageRequest, Body], Awaitable[None]]
"""Authorizes a request by the capability that its form carries."""
BY_VISITORS = "files_by_visitors"
"""A route option for forms that accept files of visitors; `Enter` says whose they are."""
IN_BACKGROUND = "in_background"
"""A route option for blocks that a page requests by itself while a form is filled in: they never lead away from it."""
FILES_OF_VISITORS = Limit("visitor-files", tries=20, seconds=60)
"""The rate limit for forms with files of unknown visitors, by network."""


async def read_form(
    request: PageRequest, *, is_public: bool = False, is_proven: bool = False, enter: Enter | None = None
) -> Form:
    """Returns the form if its token is valid. Otherwise keeps its content and raises `StaleToken`.

    Files are stored as they arrive and become attachments of the signed-in person, to be attached to a message.
    `is_public` forms need no session; they accept a visitor's token from the browser they were shown in. In a frame
    there are no cookies, so `enter` reads the capability in the form. `is_proven` forms authenticate themselves and
    need no valid token.
    """
    body = await _body(request)
    if enter is not None:
        await enter(request, body)
    if not is_proven and not _is_from_our_page(_token(body.fields), request, is_public=is_public):
        raise StaleToken(await _set_aside(request, body))
    spec = spec_of(request)
    files = await _keep_files(body, request.user.id) if request.user is not None else {}
    form = Form(_fields(body, spec), refused=body.refused, is_cut=body.truncated, spec=spec, noun=noun_of(request))
    if request.user is not None:
        form.files, form.inputs = [*form.uploads, *files], files
        form.kept = await pending_files(request.user, form.files)
        form.in_fields = await pending_files(request.user, form.numbers_in_fields)
    return form


def _is_from_our_page(token: FormToken | None, request: PageRequest, *, is_public: bool) -> bool:
    if token is None:
        return False
    return token.session == request.auth != 0 or (is_public and _is_visitors(token, request))


def _fields(body: Body, spec: FormSpec) -> Fields:
    """The values. Invisible characters are removed from pasted text, except in composed text and in secrets."""
    pasted = spec.fields.keys() - {*spec.written, *SECRET, "copies"}
    return {name: list(map(_line, texts)) if name in pasted else texts for name, texts in body.fields.items()}


_LONGEST_LINE = 10_000
"""The most characters of a line; longer texts are refused unchanged."""


def _line(text: str) -> str:
    return one_line(text) if len(text) <= _LONGEST_LINE else text


def _is_visitors(token: FormToken, request: PageRequest) -> bool:
    return token.session == 0 and token.was_shown_in(browser_token(request))


async def note_unread(error: Exception, scope: Scope) -> None:
    """Reads a form that nobody has read yet for the page of the error. Files are not stored.

    That is when the database fails, or when somebody loses sight of what they write about.
    """
    receive = scope.get("state", {}).get("receive")
    if scope["type"] != ScopeType.HTTP or scope["method"] != "POST" or receive is None:
        return
    request = PageRequest(scope, receive)
    is_unread = spec_of(request) is not NO_FORM and not hasattr(request.state, "is_form_read")
    if is_unread and isinstance(error, (NotFound, *FAILURES)):
        with suppress(BadBody, BodyTooLarge):
            _note(request, await read_body(request, storage=None, admit=functools.partial(_admits, request)))


def _note(request: PageRequest, body: Body) -> None:
    request.state.typed, request.state.has_files = body.fields, body.has_files


UPLOADS_FROM_ONE = Limit("uploads-network", tries=300, seconds=2)
"""The rate limit for bodies with files, by network."""


async def _body(request: PageRequest) -> Body:
    request.state.is_form_read = True
    refusal = await _refusal_of_files(request)

    async def admit(fields: Mapping[str, list[str]]) -> bool:
        nonlocal refusal
        try:
            return await _admits(request, fields)
        except FAILURES as error:
            refusal = error
            return False

    body = await read_body(request, storage=None if refusal else request.app.state.storage, admit=admit)
    if body.truncated and not body.fields:
        raise HTTPException(status_code=413)
    _note(request, body)
    if refusal is not None:
        raise refusal
    return body


async def _admits(request: PageRequest, fields: Mapping[str, list[str]]) -> bool:
    """Whether the form may upload files. Raises `Throttled` beyond the daily quota."""
    token = _token(fields)
    if token is not None and BY_VISITORS in request.scope["route_handler"].opt and _is_visitors(token, request):
        await throttle.spend(FILES_OF_VISITORS, network_of(request), at=now())
        return True
    if token is None or not await _vouches(token, request):
        return False
    await make_room(request.content_length or MAX_TOTAL, person=token.person, at=now())
    return True


async def _refusal_of_files(request: PageRequest) -> Exception | None:
    """Why no file is accepted now. It is raised once the text was read, so that the text is not lost."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    try:
        await throttle.spend(UPLOADS_FROM_ONE, network_of(request), at=now())
    except (Throttled, *FAILURES) as error:
        return error
    return None


async def _set_aside(request: PageRequest, body: Body) -> str:
    """Keeps the form for the person it was shown to. Returns its token, empty if the form was not ours."""
    token = _token(body.fields)
    if token is None or not await _vouches(token, request):
        return ""
    return await set_aside(request, body.fields, list(await _keep_files(body, token.person)), person=token.person)


async def _keep_files(body: Body, person: int) -> dict[int, str]:
    """The files that were not sent for a custom field, with their fields; the others are in their fields."""
    loose = {}
    for file in body.files:
        number = await save_received(file.name, file.stored, person=person, at=now())
        if is_file_field(file.field):
            body.fields[file.field] = [f"{number} {file.name}"]
        else:
            loose[number] = file.field
    return loose


def _token(fields: Mapping[str, list[str]]) -> FormToken | None:
    return form_tokens.verify(fields.get("_token", [""])[0])


async def _vouches(token: FormToken, request: PageRequest) -> bool:
    """Whether the token allows keeping the form for the person it was shown to."""
    if request.user is not None and request.user.id == token.person:
        return token.is_recent
    return token.person != 0 and token.is_recent and await accounts.is_active(token.person)

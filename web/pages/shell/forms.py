"""A form as it came: what was typed, which files arrived, and a code for each wrong field."""

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler

from web.clock import now
from web.database import FAILURES, Row
from web.errors import Invalid, Throttled
from web.files import kind_of
from web.http.body import read_body
from web.http.multipart import MAX_TOTAL
from web.http.received import Body, RefusedFile
from web.http.shield import network_of
from web.pages.shell import form_tokens
from web.pages.shell.form_tokens import FormToken
from web.pages.shell.session import PageRequest, browser_token
from web.people import accounts, kept_forms, throttle
from web.people.throttle import Limit
from web.tickets.record.attachments import discard_files, make_room, pending_files, save_file


class StaleToken(HTTPException):
    """The form is not of this session: another tab signed out or in since. `kept` opens what was typed in it."""

    status_code = 403

    def __init__(self, kept: str) -> None:
        super().__init__()
        self.kept = kept


class SignInNeeded(HTTPException):
    """Nobody is signed in any more; `kept` opens what was typed, if the form was one of ours."""

    status_code = 401

    def __init__(self, kept: str = "") -> None:
        super().__init__()
        self.kept = kept


WRITTEN = ("title", "case", "description", "body", "comment", "reason", "parts", "what", "remark", "solution")
"""Fields that somebody writes in: whatever is refused, these come back."""


@dataclass
class Form:
    """Values are as typed; `errors` holds a code per field and `refused` the files that were turned away."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: list[int] = field(default_factory=list)
    """Attachments received and not yet sent, ours to give to a message."""
    kept: list[Row] = field(default_factory=list)
    """The same files, with names and sizes, to show."""
    refused: list[RefusedFile] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """More was sent than is read; what came before is here."""
    noun: str = ""
    """The last word of the address it was sent to."""

    def text(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    def number(self, name: str) -> int | None:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    def is_checked(self, name: str) -> bool:
        return name in self.values

    def addresses(self, name: str) -> list[str]:
        return self.text(name).replace(";", " ").replace(",", " ").split()

    def of(self, noun: str) -> "Form":
        """This form if it is the one of that noun, an empty one otherwise: a page has many."""
        return self if self.noun == noun else Form()

    @property
    def written(self) -> str:
        """All that somebody wrote in it."""
        return "\n\n".join(text for name in WRITTEN if (text := self.text(name)).strip())

    @property
    def key(self) -> str | None:
        """What counts once: the form's one-time key with what it says.

        Somebody who goes back and says something else with the same form means it.
        """
        key = self.text("_key")
        if not (8 <= len(key) <= 64 and key.isascii()):
            return None
        says = sorted((name, values) for name, values in self.values.items() if name not in _SAYS_NOTHING)
        return hashlib.sha256(repr((key, says)).encode()).hexdigest()[:40]

    def wrong(self, error: Invalid) -> "Form":
        self.errors |= error.fields
        return self

    @property
    def status(self) -> int:
        """Of the answer that shows the form again."""
        return 413 if self.is_cut or any(file.code == "too_large" for file in self.refused) else 422


async def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard of every page that is somebody's; what a visitor sends to one is set aside until they are back."""
    if connection.scope.get("user") is not None:
        return
    request = cast("PageRequest", connection)
    if request.method != "POST":
        raise SignInNeeded
    raise SignInNeeded(await _set_aside(request, await _body(request)))


async def read_form(request: PageRequest, *, is_public: bool = False) -> Form:
    """The form, once its token is right; raises `StaleToken` otherwise, with what was typed set aside.

    Files go to storage as they arrive and become attachments of the signed-in person, to be given to a message.
    A public form is one that needs nobody signed in, and takes a visitor's token from the browser that was shown it.
    """
    body = await _body(request)
    token = _token(body.fields)
    if token is None or not (token.session == request.auth != 0 or (is_public and _is_visitors(token, request))):
        raise StaleToken(await _set_aside(request, body))
    form = Form(values=body.fields, refused=body.refused, is_cut=body.truncated, noun=_noun(request.url.path))
    if request.user is not None:
        form.files = [*_uploads(body.fields), *await _keep_files(body, request.user.id)]
        form.kept = await pending_files(request.user, form.files)
    return form


def _is_visitors(token: FormToken, request: PageRequest) -> bool:
    return token.session == 0 and token.was_shown_in(browser_token(request))


async def note_typed(request: PageRequest) -> None:
    """Takes note of what was typed, for the page that refuses it; files are left where they are."""
    request.state.typed = (await read_body(request, storage=None, admit=functools.partial(_admits, request))).fields


async def restored_form(request: PageRequest) -> Form:
    """The form set aside under `?kept=`, if it is this person's; an empty one otherwise."""
    token = request.query_params.get("kept", "")
    if not token or request.user is None:
        return Form()
    values = await kept_forms.restore(token, by=request.user, at=now())
    form = Form(values=values, noun=values.get("_noun", [""])[0])
    form.kept = await pending_files(request.user, _uploads(form.values))
    return form


UPLOADS_FROM_ONE = Limit("uploads-network", tries=300, seconds=2)
"""Bodies with files, from one network."""


async def _body(request: PageRequest) -> Body:
    refusal = await _refusal_of_files(request)
    body = await read_body(
        request,
        storage=None if refusal else request.app.state.storage,
        admit=functools.partial(_admits, request),
    )
    if body.truncated and not body.fields:
        raise HTTPException(status_code=413)
    request.state.typed = body.fields
    if refusal is not None:
        raise refusal
    return body


async def _admits(request: PageRequest, fields: Mapping[str, list[str]]) -> bool:
    """Whether files may come in with a form whose fields are these; raises `Throttled` past the day's quota."""
    token = _token(fields)
    if token is None or not await _vouches(token, request):
        return False
    await make_room(request.content_length or MAX_TOTAL, person=token.person, at=now())
    return True


async def _refusal_of_files(request: PageRequest) -> Exception | None:
    """Why no file may come in now; to be raised once the text is read, so that it is not lost."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    try:
        await throttle.spend(UPLOADS_FROM_ONE, network_of(request), at=now())
    except (Throttled, *FAILURES) as error:
        return error
    return None


async def _set_aside(request: PageRequest, body: Body) -> str:
    """Keeps what was typed for the person whose form it was; the token that opens it, empty for a form not ours."""
    token = _token(body.fields)
    if token is None or not await _vouches(token, request):
        return ""
    fields = {name: values for name, values in body.fields.items() if name not in _NEVER_KEPT}
    fields["_noun"] = [_noun(request.url.path)]
    fields["uploads"] = [*fields.get("uploads", []), *map(str, await _keep_files(body, token.person))]
    before = await kept_forms.discard(token.person)
    await discard_files(frozenset(_uploads(before)) - set(_uploads(fields)), person=token.person)
    return await kept_forms.store(token.person, page_of(request.url.path), fields, at=now())


_NEVER_KEPT = ("_token", "password", "again", "current")
_SAYS_NOTHING = (*_NEVER_KEPT, "_key", "seen", "uploads", "ticket")
"""Who sends it, what they had seen, and what it is sent for again once an answer was lost."""


def _noun(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def page_of(path: str) -> str:
    """The page on which the form that goes to this address stands."""
    page = re.match(r"(/desk)?/tickets/\d+|/desk/settings/(calendars|targets)/\d+", path)
    if page:
        return page.group()
    return _PAGES.get(path, "/desk/settings/canned" if path.startswith("/desk/settings/canned/") else path)


_PAGES = {
    "/tickets": "/tickets/new",
    "/desk/contacts": "/desk/contacts/new",
    "/desk/bulk": "/desk",
    "/desk/views": "/desk",
}
"""Of addresses that only take forms."""


async def _keep_files(body: Body, person: int) -> list[int]:
    return [
        await save_file(
            name=file.name,
            media_type=kind_of(file.stored.head, file.name).media_type,
            size=file.stored.size,
            sha256=file.stored.sha256,
            person=person,
            at=now(),
        )
        for file in body.files
    ]


def _token(fields: Mapping[str, list[str]]) -> FormToken | None:
    return form_tokens.verify(fields.get("_token", [""])[0])


async def _vouches(token: FormToken, request: PageRequest) -> bool:
    """Whether what comes with the form may be kept for the person it was made for."""
    if request.user is not None and request.user.id == token.person:
        return token.is_recent
    return token.person != 0 and token.is_recent and await accounts.is_active(token.person)


def _uploads(fields: Mapping[str, list[str]]) -> list[int]:
    return [number for text in fields.get("uploads", []) if (number := _number(text)) is not None]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None

"""Renders a template as a response: the whole page, or the one block that htmx swaps."""

import functools
import hashlib
import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.utils import urlize
from jinja2_fragments import render_block
from litestar.response.base import Response
from markupsafe import Markup, escape

from web.brand.brand import known
from web.clock import now
from web.files import is_picture, readable_size
from web.pages.shell import form_tokens, session
from web.pages.shell.assets.bundle import Assets, branding
from web.pages.shell.assets.compiling import Calling, JoiningCodeGenerator, escaped
from web.pages.shell.assets.icons import ICONS
from web.pages.shell.assets.minifying import Inlined, MinifyingExtension
from web.pages.shell.session import PageRequest
from web.pages.words import formats
from web.pages.words.labels import PRIORITIES
from web.pages.words.people import away_text
from web.pages.words.refusals.wording import file_refusal, refusal
from web.people.identifiers import desk_addresses, phones
from web.people.identifiers.cnpj import masked
from web.people.permissions import Actor
from web.settings import ROOT, settings
from web.tickets.life.workflows import Workflow, workflow
from web.tickets.record import reindexing

HTML = "text/html"

_KEPT = "/?#&=%:;+,@!$'()*~-._[]"
"""Characters of an address that are not percent-encoded."""


class _Templates(Environment):
    code_generator_class, context_class = JoiningCodeGenerator, Calling
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Uses one dictionary, because Jinja's chain of two is slow to compare at each import of a macro."""
        assert not d
        return self.globals


def environment(assets: Assets | None = None) -> Environment:
    """The environment of the templates. Mail needs no assets."""
    made = _Templates(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=[MinifyingExtension] if assets else [Inlined],
        trim_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters |= _FILTERS
    made.tests["picture"] = is_picture
    made.globals |= _globals(assets)
    return made


def _globals(assets: Assets | None) -> dict[str, object]:
    return {
        "assets": assets,
        "icons": ICONS,
        "words": workflow(settings().preset).words,
        "portal": workflow(settings().preset),
        "priorities": PRIORITIES,
        "new_key": form_tokens.new_key,
        "sends_mail": desk_addresses.sends_mail,
        "is_reindexing": reindexing.is_under_way,
        "demo": False,
    }


def mail_texts() -> Callable[..., str]:
    """Renders a mail by the name of its template, with times in the zone of its reader."""
    mail = _letters()

    def text(template: str, *, zone: str | None = None, **values: object) -> str:
        with formats.told_in(formats.zone_of(zone)):
            return mail.get_template(template).render(place_name=known().name, **values)

    return text


def letter(template: str, **values: str) -> tuple[str, str]:
    """The subject and body of a message: the first line, and everything after the blank line."""
    subject, _, body = _letters().get_template(f"mail/{template}.txt").render(**values).partition("\n\n")
    return subject, body


@functools.cache
def _letters() -> Environment:
    return environment()


def page(
    request: PageRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    block: str | None = None,
    status: int = 200,
) -> Response[str]:
    """The whole page, or only its `block` when htmx swaps it."""
    token = _Token(request)
    whole = {**context, **_request_context(request), "form_token": token}
    made: Environment = request.app.state.environment
    if block is not None and is_swap(request):
        text = render_block(made, template, block, whole)
    else:
        text = made.get_template(template).render(whole)
    headers = {"Vary": "HX-Request"}
    if status == 413:
        headers["Connection"] = "close"  # what was left of the body has not been read
    response = Response(text, media_type=HTML, status_code=status, headers=headers)
    if token.is_shown and request.scope.get("user") is None:
        session.name_browser(request, response)
    return response


def invalid_link(request: PageRequest, *, again: str = "") -> Response[str]:
    """The page of a link that is used or expired; `again` is where its person gets another."""
    return page(request, "access/invalid_link.html", {"again": again}, status=404)


def news(request: PageRequest, template: str, context: Mapping[str, Any], *, block: str, shown: str) -> Response[str]:
    """The block of an open page that polls for news: 204 if the page shows it already."""
    if request.query_params.get("shown") == shown:
        return Response("", media_type=HTML, status_code=204)
    return page(request, template, {**context, "shown": shown}, block=block)


def fingerprint(state: object) -> str:
    """A hash of what an open page shows, if that is too long for an address."""
    return hashlib.blake2b(repr(state).encode(), digest_size=6).hexdigest()


def is_swap(request: PageRequest) -> bool:
    """Whether htmx expects a block. Boosted and history requests expect the page."""
    headers = request.headers
    return headers.get("hx-request") == "true" and "hx-boosted" not in headers and not _restores(headers)


def redirect(request: PageRequest, address: str) -> Response[str]:
    """The response after a change: a 303 for a plain form, an htmx redirect for a swap."""
    address = quote(address, safe=_KEPT)
    if is_swap(request):
        return Response("", media_type=HTML, status_code=200, headers={"HX-Redirect": address})
    return Response("", media_type=HTML, status_code=303, headers={"Location": address})


def flow() -> Workflow:
    """The workflow that gives the portal's menus and lists their words, with the layout that administrators chose."""
    own, layout = workflow(settings().preset), known().lists
    return replace(own, has_lists=layout != "bar", has_tabs=layout == "tabs") if layout else own


def with_query(path: str, **query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"


def _restores(headers: Mapping[str, str]) -> bool:
    return headers.get("hx-history-restore-request") == "true"


def _request_context(request: PageRequest) -> dict[str, object]:
    person: Actor | None = request.scope.get("user")  # unknown where no handler was found
    return {
        "me": person,
        "path": request.url.path,
        "now": now(),
        "brand": known(),
        "branding": branding(known()),
        **session.kiosk_context(request),
        "portal": flow(),
        "framed": getattr(request.state, "frame", None),
    }


class _Token:
    """A form token, signed when a template first uses it.

    All forms of a response share it, so that it compresses well.
    """

    def __init__(self, request: PageRequest) -> None:
        self._request = request
        self.is_shown = False

    def __html__(self) -> Markup:
        return self._signed

    def __str__(self) -> str:
        return self._signed

    @functools.cached_property
    def _signed(self) -> Markup:
        self.is_shown = True
        person: Actor | None = self._request.scope.get("user")
        auth = self._request.scope.get("auth") or 0
        made = form_tokens.issue(auth, person.id if person else 0, session.browser_token(self._request))
        return Markup(made)  # noqa: S704 - base64 of our own making


def _linked(text: str) -> Markup:
    """The text with its addresses as links. Most texts have none, and are not searched word by word."""
    if not _may_have_links(text):
        return escape(text)
    return Markup(urlize(text, rel="nofollow noopener noreferrer"))  # noqa: S704 - escapes its text


_may_have_links = re.compile(r"@|://|\.\S").search

_FILTERS = {
    "linked": _linked,
    "moment": formats.moment,
    "exactly": formats.exactly,
    "iso": formats.iso,
    "day": formats.day,
    "dated": formats.dated,
    "ago": formats.ago,
    "first_name": formats.first_name,
    "joined": formats.joined,
    "lasting": formats.lasting,
    "counted": formats.counted,
    "share": formats.share,
    "mean": formats.mean,
    "refusal": refusal,
    "file_refusal": file_refusal,
    "readable_size": readable_size,
    "cnpj": masked,
    "phone": phones.shown,
    "away": away_text,
}

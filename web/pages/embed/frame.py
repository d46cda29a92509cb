"""The frame around a page: which site shows it, in which form, and for whom. Its reader has the rights of a visitor."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from web.articles.writing import LANGUAGES
from web.brand import accent, embedding
from web.brand.accent import LIGHT
from web.clock import now
from web.errors import NotFound
from web.http.received import Body
from web.http.security import network_of, our_hosts
from web.kiosks import visits
from web.pages.kiosk import device
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.kiosk import VISITOR_OF_FRAME

SHORTEST_KEY = 16
"""The fewest characters of a form's one-time key, because it gives access to the files of the form."""


@dataclass(frozen=True)
class Frame:
    """The checked parameters of the address; `parent` is empty if the embedding site is unlisted or unknown."""

    parent: str = ""
    accent: str = ""
    lang: str = ""
    """The language of articles that the site wants; empty for all."""
    refused: str = ""
    """Why the sign-in token of the site was refused."""
    vouched: str = ""
    """The visit's token and the name of a person whom the site vouches for."""
    name: str = ""
    carried: dict[str, str] = field(default_factory=dict)
    """The parameters for the next page in the frame."""

    @property
    def query(self) -> str:
        return f"?{urlencode(self.carried)}" if self.carried else ""

    @property
    def onward(self) -> str:
        """The query and fragment for addresses of the next page. The fragment is never sent to a server."""
        return f"{self.query}#visit={self.vouched}" if self.vouched else self.query


async def framed(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard that treats everybody as a visitor, because sessions do not count in a frame."""
    leave(connection)
    connection.state.browser = ""
    origin, colour = (connection.query_params.get(name, "") for name in ("origin", "accent"))
    told = embedding.origin_of(origin)
    parent = told if told and (embedding.is_listed(told) or _is_ours(told)) else ""
    worn = colour.lower() if accent.is_colour(colour.lower()) and accent.holds(colour.lower(), LIGHT) else ""
    lang = connection.query_params.get("lang", "")
    wanted = {"origin": parent, "accent": worn, "lang": lang if lang in LANGUAGES else ""}
    carried = {name: value for name, value in wanted.items() if value}
    connection.state.frame = Frame(parent, worn.removeprefix("#"), wanted["lang"], carried=carried)
    await _note_stranger(connection, told)


def leave(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Treats the reader as a visitor, also after a visit."""
    connection.scope["user"], connection.scope["auth"] = None, 0


def frame_of(request: PageRequest) -> Frame:
    found: Frame = request.state.frame
    return found


async def enter(request: PageRequest, body: Body) -> None:
    """Sets `request.user` to the person of the visit. Raises `NotFound` if it has ended."""
    await enter_by(request, _first(body, "visit"))


async def enter_by(request: PageRequest, token: str) -> None:
    """Like `enter`, by the visit's token."""
    if await device.enter(request, token) is None:
        raise NotFound("visit")


async def enter_for_files(request: PageRequest, token: str) -> None:
    """Like `enter`, by a token that gives access to files only."""
    if device.let_in(request, await visits.behind_files_token(token, at=now())) is None:
        raise NotFound("visit")


async def enter_vouched(request: PageRequest, token: str) -> None:
    """Like `enter`, for a person whom the site vouches for, from page to page."""
    await enter_by(request, token)
    request.state.frame = replace(frame_of(request), vouched=token, name=request.user.name if request.user else "")


def note_refused(request: PageRequest, code: str) -> None:
    request.state.frame = replace(frame_of(request), refused=code)


async def enter_to_begin(request: PageRequest, body: Body) -> None:
    """Sets the person of a form that starts something: vouched for, created if it has files, else nobody."""
    if token := _first(body, "visit"):
        return await enter_vouched(request, token)
    key = _first(body, "_key")
    if body.files and len(key) >= SHORTEST_KEY:
        await visits.begin_once(key, called=VISITOR_OF_FRAME, at=now())
    await device.enter(request, key)
    return None


def _first(body: Body, name: str) -> str:
    return body.fields.get(name, [""])[0]


async def _note_stranger(connection: ASGIConnection[Any, Any, Any, Any], told: str | None) -> None:
    """Records an unlisted site, as reported by the script or by the browser that loads the frame."""
    is_framed = connection.headers.get("sec-fetch-dest") == "iframe"
    origin = told or (embedding.origin_of(connection.headers.get("referer", "")) if is_framed else None)
    if origin and not embedding.is_listed(origin) and not _is_ours(origin):
        await embedding.note_refused(origin, network=network_of(connection), at=now())  # type: ignore[arg-type]


def _is_ours(origin: str) -> bool:
    """A page of ours on which an administrator tries it out."""
    return urlsplit(origin).netloc in our_hosts()

"""The frame around a page: which site shows it, and in which colour. What it may do is what a visitor may do."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from web.clock import now
from web.errors import NotFound
from web.http.shield import network_of, our_hosts
from web.pages.kiosk import device
from web.pages.shell.session import PageRequest
from web.place import accent, embedding
from web.place.accent import LIGHT


@dataclass(frozen=True)
class Frame:
    """What the address says of it, checked; `parent` is empty where the site around is not listed, or not told."""

    parent: str = ""
    accent: str = ""
    carried: dict[str, str] = field(default_factory=dict)
    """For the next page in the frame, by the names of the parameters."""

    @property
    def query(self) -> str:
        return f"?{urlencode(self.carried)}" if self.carried else ""


async def framed(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard that lets everybody in as a visitor: whoever is signed in is nobody in a frame."""
    connection.scope["user"], connection.scope["auth"] = None, 0
    connection.state.browser = ""
    origin, colour = (connection.query_params.get(name, "") for name in ("origin", "accent"))
    told = embedding.origin_of(origin)
    parent = told if told and embedding.is_listed(told) else ""
    worn = colour.lower() if accent.is_colour(colour.lower()) and accent.holds(colour.lower(), LIGHT) else ""
    carried = {name: value for name, value in (("origin", parent), ("accent", worn)) if value}
    connection.state.frame = Frame(parent, worn.removeprefix("#"), carried)
    await _note_stranger(connection, told)


def frame_of(request: PageRequest) -> Frame:
    found: Frame = request.state.frame
    return found


async def enter(request: PageRequest, token: str) -> None:
    """From here on whoever is in the visit is who asks. Raises `NotFound` where it is over."""
    if await device.enter(request, token) is None:
        raise NotFound("visit")


async def _note_stranger(connection: ASGIConnection[Any, Any, Any, Any], told: str | None) -> None:
    """A site that is not listed: as the script tells it, or the browser that loads a frame for it."""
    is_framed = connection.headers.get("sec-fetch-dest") == "iframe"
    origin = told or (embedding.origin_of(connection.headers.get("referer", "")) if is_framed else None)
    if origin and not embedding.is_listed(origin) and urlsplit(origin).netloc not in our_hosts():
        await embedding.note_refused(origin, network=network_of(connection), at=now())  # type: ignore[arg-type]

"""The portal as `make bench` runs it: with its pages also bare, and with the statements of an answer counted.

Bare means the same page, from values already at hand: no database and no session, all else as ever.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from web import app
from web.__main__ import main
from web.engines.statements import queries_made
from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor

COUNT, KEEP = b"count", b"keep"
"""What a request may ask for in its header `x-bench`."""

NAMES = {"portal/tickets/index.html": "list", "portal/tickets/show.html": "ticket"}
"""Of the pages shown at `/bench/bare/...`, by template."""


@dataclass(frozen=True)
class _Kept:
    """All that a page was made of."""

    template: str
    context: Mapping[str, Any]
    person: Actor | None
    session: int


_kept: dict[str, _Kept] = {}
_page = render.page
_application = app.application


@get("/bench/bare/{name:str}")
async def bare(request: PageRequest, name: FromPath[str]) -> Response[str]:
    """The page of that name as it was when last kept."""
    kept = _kept[name]
    request.scope["user"], request.scope["auth"] = kept.person, kept.session
    return _page(request, kept.template, kept.context)


def keeping(
    request: PageRequest, template: str, context: Mapping[str, Any], *, block: str | None = None, status: int = 200
) -> Response[str]:
    """`render.page`, which remembers the values of a page when asked to."""
    if request.headers.get("x-bench") == KEEP.decode():
        _kept[NAMES[template]] = _Kept(template, context, request.user, request.auth)
    return _page(request, template, context, block=block, status=status)


def served(*, works: bool = False) -> ASGIApp:
    portal = _application(works=works)
    portal.register(bare)
    inner: ASGIApp = portal.state.assets.in_front_of(portal)

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        if (b"x-bench", COUNT) in scope.get("headers", ()):
            send = _telling(send)
        await inner(scope, receive, send)

    return counting


def _telling(send: Send) -> Send:
    """Adds how many statements were sent while the answer was made."""
    made: list[str] = []
    queries_made.set(made)

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-queries", str(len(made)).encode())]
        await send(message)

    return tell


if __name__ == "__main__":
    with patch.object(render, "page", keeping), patch.object(app, "served", served):
        sys.exit(main(["web"]))

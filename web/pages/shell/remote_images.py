"""Pictures that a mail fetches from outside: those of one message, once its reader asks for them (`?images=`).

The browser fetches them, without cookies and without saying from where. A proxy of ours would hide the reader's
network as well, and would fetch what strangers name from inside ours, as often and as much as they like.
"""

from dataclasses import replace

from litestar.response.base import Response

from web import network
from web.http.security import PICTURING
from web.mail.incoming.markup import pictures
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.tickets.record.conversation import Entry

_MOST_HOSTS = 20


async def with_pictures(request: PageRequest, entries: list[Entry]) -> list[Entry]:
    """Those of the message that was asked for are loaded; of the others they stay links."""
    asked = whole_number(request.query_params.get("images", ""))
    return [replace(each, html=await loaded(each.html)) if each.id == asked else each for each in entries]


def address(before: int | None) -> str:
    """That of a page with the pictures of a message, without the number of it. `before` is where the page ends."""
    return f"?before={before}&images=" if before else "?images="


async def loaded(html: str) -> str:
    """With pictures from hosts of the internet; what leads to a private network stays a link."""
    hosts = sorted(pictures.hosts(html))[:_MOST_HOSTS]
    return pictures.told(html, await network.public(hosts))


def allowing(request: PageRequest, answer: Response[str]) -> Response[str]:
    """The page may load pictures by HTTPS, if these were asked for, and nothing else that it could not before."""
    if "images" in request.query_params:
        answer.headers["Content-Security-Policy"] = PICTURING
    return answer

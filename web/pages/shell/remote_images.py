"""Loads the external pictures of one message when its reader asks for them (`?images=`).

The browser loads them, without cookies and referrer. A proxy of ours would also hide the reader's network, but it would
fetch addresses that strangers name from inside our network.
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
    """Loads the pictures of the requested message; those of the others stay links."""
    asked = whole_number(request.query_params.get("images", ""))
    return [replace(each, html=await loaded(each.html)) if each.id == asked else each for each in entries]


def address(before: int | None) -> str:
    """The address of a page with the pictures of a message, to be completed with its number.

    `before` is where the page ends.
    """
    return f"?before={before}&images=" if before else "?images="


async def loaded(html: str) -> str:
    """The HTML with pictures from hosts of the internet; those on a private network stay links."""
    hosts = sorted(pictures.hosts(html))[:_MOST_HOSTS]
    return pictures.told(html, await network.public(hosts))


def allowing(request: PageRequest, answer: Response[str]) -> Response[str]:
    """Allows the page to load pictures by HTTPS if they were requested, and nothing else."""
    if "images" in request.query_params:
        answer.headers["Content-Security-Policy"] = PICTURING
    return answer

"""Downloads of attachments, for people who may see the message."""

from typing import Any

from litestar import get, route
from litestar.params import FromPath
from litestar.response.base import Response

from web.http.downloads import UNCOMPRESSED
from web.pages import ticket_files
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.tickets.record.attachments import attachment


@route(
    "/attachments/{number:int}/{name:str}",
    http_method=["GET", "HEAD"],
    name="attachment",
    opt={UNCOMPRESSED: True},
)
async def show(request: PageRequest, number: FromPath[int], name: FromPath[str]) -> Response[Any]:
    """The name in the address is only for people."""
    return await ticket_files.whole(request, await attachment(number, by=person_of(request)))


@get("/thumbnails/{number:int}", name="thumbnail", opt={UNCOMPRESSED: True})
async def show_small(request: PageRequest, number: FromPath[int]) -> Response[Any]:
    """A picture made small, for whoever may see it at this moment."""
    return await ticket_files.small(request, await attachment(number, by=person_of(request)))

"""Downloads of attachments, for readers who may see the message."""

from typing import Any

from litestar import get, route
from litestar.params import FromPath
from litestar.response.base import Response

from web.http.downloads import UNCOMPRESSED
from web.pages import ticket_files
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.tickets.record.attachments import attachment


@route(
    "/attachments/{number:int}/{name:str}",
    http_method=["GET", "HEAD"],
    name="attachment",
    opt={UNCOMPRESSED: True},
)
async def show(request: PageRequest, number: FromPath[int], name: FromPath[str]) -> Response[Any]:
    """Serves the file. The name in the address is not checked."""
    return await ticket_files.whole(request, await attachment(number, by=person_of(request)))


@get("/thumbnails/{number:int}", name="thumbnail", opt={UNCOMPRESSED: True})
async def show_small(request: PageRequest, number: FromPath[int]) -> Response[Any]:
    """Serves the thumbnail of a picture to readers who may see the picture."""
    return await ticket_files.small(request, await attachment(number, by=person_of(request)))

"""Files of the followed ticket, as long as the visit lasts."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response.base import Response

from web.errors import NotFound
from web.http.downloads import UNCOMPRESSED
from web.pages import ticket_files
from web.pages.kiosk import device, following
from web.pages.shell.dependencies import person_of
from web.pages.shell.session import PageRequest
from web.tickets.record.attachments import StoredFile


@get(
    f"{following.PAGE}/attachments/{{number:int}}/{{name:str}}",
    name="followed_file",
    guards=[device.in_visit],
    opt={UNCOMPRESSED: True},
)
async def show(request: PageRequest, number: FromPath[int], name: FromPath[str]) -> Response[Any]:
    """Serves the file, but never at a kiosk, where the next visitor would find the download."""
    if device.kiosk_here(request):
        raise NotFound("attachment")
    return await whole(request, number)


@get(
    f"{following.PAGE}/thumbnails/{{number:int}}",
    name="followed_thumbnail",
    guards=[device.in_visit],
    opt={UNCOMPRESSED: True},
)
async def show_small(request: PageRequest, number: FromPath[int]) -> Response[Any]:
    return await small(request, number)


async def whole(request: PageRequest, number: int) -> Response[Any]:
    return ticket_files.unkept(await ticket_files.whole(request, await _file(request, number)))


async def small(request: PageRequest, number: int) -> Response[Any]:
    return ticket_files.unkept(await ticket_files.small(request, await _file(request, number)))


async def _file(request: PageRequest, number: int) -> StoredFile:
    ticket = await following.ticket_followed(request)
    return await ticket_files.of_message(number, ticket=ticket.number, by=person_of(request))

"""Downloads of attachments, for people who may see the message."""

from typing import Any

from litestar import get, route
from litestar.params import FromPath
from litestar.response.base import Response

from web.errors import NotFound
from web.files import Kind, is_picture
from web.http.downloads import UNCOMPRESSED, download
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.settings import ROOT
from web.thumbnails.keeping import thumbnail
from web.thumbnails.reducing import MEDIA_TYPE
from web.tickets.record.attachments import attachment


@route(
    "/attachments/{number:int}/{name:str}",
    http_method=["GET", "HEAD"],
    name="attachment",
    opt={UNCOMPRESSED: True},
)
async def show(request: PageRequest, number: FromPath[int], name: FromPath[str]) -> Response[Any]:
    """The name in the address is only for people; the download has the name of the stored file."""
    found = await attachment(number, by=person_of(request))
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=found.sha256,
        size=found.size,
        name=found.name,
        kind=Kind(found.media_type, inline=found.media_type.startswith("image/")),
        modified=found.at,
    )


@get("/thumbnails/{number:int}", name="thumbnail", opt={UNCOMPRESSED: True})
async def show_small(request: PageRequest, number: FromPath[int]) -> Response[Any]:
    """A picture made small, for whoever may see it at this moment; a drawing in its place where there is none."""
    found, storage = await attachment(number, by=person_of(request)), request.app.state.storage
    if not is_picture(found.name, found.size):
        raise NotFound("thumbnail")
    is_image = found.media_type.startswith("image/")
    small = await thumbnail(found.sha256, found.size, storage=storage) if is_image else None
    if small is None:
        return Response(_NONE, media_type="image/svg+xml")
    return await download(
        request,
        storage=storage,
        sha256=small.sha256,
        size=small.size,
        name=f"{found.name}.webp",
        kind=Kind(MEDIA_TYPE, inline=True),
        modified=found.at,
    )


_NONE = (ROOT / "static" / "img" / "no-picture.svg").read_bytes()

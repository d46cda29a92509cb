"""Serves a file of a ticket, whole or as a thumbnail. The caller has checked who may see it."""

from typing import Any

from litestar.response.base import Response

from web.errors import NotFound
from web.files import Kind, is_picture
from web.http.downloads import download
from web.pages.shell.session import PageRequest
from web.people.permissions import Actor
from web.settings import ROOT
from web.thumbnails.keeping import thumbnail
from web.thumbnails.reducing import MEDIA_TYPE
from web.tickets.record.attachments import StoredFile, attachment

_NONE = (ROOT / "static" / "img" / "no-picture.svg").read_bytes()


async def whole(request: PageRequest, found: StoredFile) -> Response[Any]:
    """Serves the file. The download has the stored name, whatever the address says."""
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=found.sha256,
        size=found.size,
        name=found.name,
        kind=Kind(found.media_type, inline=found.media_type.startswith("image/")),
        modified=found.at,
    )


async def small(request: PageRequest, found: StoredFile) -> Response[Any]:
    """The thumbnail, or a placeholder if it cannot be made. Raises `NotFound` for a file that is no picture."""
    storage = request.app.state.storage
    if not is_picture(found.name, found.size):
        raise NotFound("thumbnail")
    is_image = found.media_type.startswith("image/")
    made = await thumbnail(found.sha256, found.size, storage=storage) if is_image else None
    if made is None:
        return Response(_NONE, media_type="image/svg+xml")
    return await download(
        request,
        storage=storage,
        sha256=made.sha256,
        size=made.size,
        name=f"{found.name}.webp",
        kind=Kind(MEDIA_TYPE, inline=True),
        modified=found.at,
    )


async def of_message(number: int, *, ticket: int, message: int | None = None, by: Actor) -> StoredFile:
    """A file in the conversation of this ticket, of this message if one is named. Raises `NotFound`."""
    found = await attachment(number, by=by)
    if found.message is None or found.ticket != ticket or message not in (None, found.message):
        raise NotFound("attachment")
    return found


def unkept(answer: Response[Any]) -> Response[Any]:
    """Forbids caching, for visitors who may use a shared machine."""
    answer.headers["Cache-Control"] = "no-store"
    return answer

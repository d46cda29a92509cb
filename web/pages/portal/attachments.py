"""Downloads of attachments, for people who may see the message."""

from typing import Any

from litestar import route
from litestar.params import FromPath
from litestar.response.base import Response

from web.files import Kind
from web.http.downloads import UNCOMPRESSED, download
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

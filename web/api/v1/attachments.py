"""Files: uploaded before the message that names them, and downloaded from visible messages."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import ClientException, InternalServerException
from litestar.params import FromPath, QueryParameter

from web.api.v1 import responses
from web.api.v1.access import Keyed
from web.api.v1.operations import operation
from web.api.v1.responses import File
from web.clock import now
from web.errors import Invalid
from web.files import LARGEST_FILE, Kind, clean_name, refusal
from web.http.downloads import UNCOMPRESSED, download
from web.people.permissions import Scope
from web.tickets.record.attachments import attachment, make_room, save_received

Name = Annotated[str, QueryParameter(name="name", min_length=1, max_length=1000)]


@post("/attachments", request_max_body_size=None, **operation("upload", Scope.WRITE, 413, 422))
async def create(request: Keyed, name: Name) -> Response[File]:
    """Stores the body as a file."""
    if (request.content_length or 0) > LARGEST_FILE:
        raise ClientException(status_code=413)
    await make_room(request.content_length or LARGEST_FILE, person=request.user.id, at=now())
    stored = await request.app.state.storage.receive(_chunks(request), limit=LARGEST_FILE)
    clean = clean_name(name, request.content_type[0])
    if code := refusal(stored.head, clean, stored.size):
        raise Invalid("file", code)
    number = await save_received(clean, stored, person=request.user.id, at=now())
    return Response(responses.file(number, clean, stored.size), status_code=201)


@get(
    "/attachments/{number:int}",
    media_type="application/octet-stream",
    **operation("download", Scope.READ, 404, **{UNCOMPRESSED: True}),
)
async def show(request: Keyed, number: FromPath[int]) -> Response[Any]:
    """The whole file, or the part that `Range` names; 304 if the client has it already."""
    found = await attachment(number, by=request.user)
    return await download(
        request,
        storage=request.app.state.storage,
        sha256=found.sha256,
        size=found.size,
        name=found.name,
        kind=Kind(found.media_type, inline=False),
        modified=found.at,
    )


async def _chunks(request: Keyed) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except InternalServerException as gone:
        raise ClientException from gone

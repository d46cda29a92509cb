"""Files: sent before the message that names them, and fetched from messages in sight."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.exceptions import ClientException, InternalServerException
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from web.api import answers
from web.api.access import Keyed
from web.api.answers import File
from web.api.operations import operation
from web.clock import now
from web.errors import Invalid
from web.people.actor import Scope
from web.storage import Storage, StorageError
from web.tickets import actions, files, queries

LARGEST = 100 * 2**20

Name = Annotated[str, QueryParameter(name="name", min_length=1, max_length=1000)]


@post("/attachments", request_max_body_size=None, **operation("upload", Scope.WRITE, 413, 422))
async def create(request: Keyed, name: Name) -> Response[File]:
    """The body is the file."""
    if (request.content_length or 0) > LARGEST:
        raise ClientException(status_code=413)
    stored = await request.app.state.storage.receive(_chunks(request), limit=LARGEST)
    clean = files.clean_name(name)
    if code := files.refusal(stored.head, clean, stored.size):
        raise Invalid("file", code)
    number = await actions.keep_file(
        name=clean,
        media_type=files.kind_of(stored.head, clean).media_type,
        size=stored.size,
        sha256=stored.sha256,
        person=request.user.id,
        at=now(),
    )
    return Response(answers.file(number, clean, stored.size), status_code=201)


@get("/attachments/{number:int}", **operation("download", Scope.READ, 404, uncompressed=True))
async def show(request: Keyed, number: FromPath[int]) -> Stream:
    found = await queries.attachment(number, by=request.user)
    storage: Storage = request.app.state.storage
    if not await storage.exists(found["sha256"]):
        raise StorageError(f"no content {found['sha256']}")
    headers = {
        "Content-Disposition": files.content_disposition(found["name"], inline=False),
        "Content-Length": str(found["size"]),
    }
    content = storage.read(found["sha256"], 0, found["size"])
    return Stream(content, headers=headers, media_type=found["media_type"])


async def _chunks(request: Keyed) -> AsyncIterator[Any]:
    try:
        async for chunk in request.stream():
            yield chunk
    except InternalServerException as gone:
        raise ClientException from gone

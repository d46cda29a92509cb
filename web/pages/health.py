"""For whoever runs the portal: is it alive, and can it serve."""

from litestar import HttpMethod, get, route
from litestar.params import FromPath

from web import database
from web.errors import NotFound
from web.pages.shell.session import PageRequest


@get("/health", name="health", sync_to_thread=False)
def health() -> str:
    return "ok"


@get("/ready", name="ready")
async def ready(request: PageRequest) -> str:
    """Asks the database and the file storage; a refusal says no more than that there is one."""
    await database.answers()
    await request.app.state.storage.ready()
    return "ok"


@route("/{rest:path}", http_method=list(HttpMethod), name="nowhere")
async def nowhere(rest: FromPath[str]) -> str:
    """Any other address: not found by a handler, so that the page knows who is asking."""
    raise NotFound(rest)

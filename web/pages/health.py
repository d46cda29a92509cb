"""Health checks for operators, and the answer to unknown addresses."""

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
    """Checks the database and the file storage. A failure answers 503 without details."""
    await database.answers()
    await request.app.state.storage.ready()
    return "ok"


@route("/{rest:path}", http_method=list(HttpMethod), name="nowhere")
async def nowhere(rest: FromPath[str]) -> str:
    """Any other address. A handler raises the 404, so that the session is known to the error page."""
    raise NotFound(rest)

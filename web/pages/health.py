"""Health checks for operators, and the answer to unknown addresses."""

from litestar import HttpMethod, MediaType, Response, get, route
from litestar.params import FromPath

from web.errors import BadSetting, NotFound
from web.pages.shell.session import PageRequest
from web.schema import readiness


@get("/health", name="health", sync_to_thread=False)
def health() -> str:
    return "ok"


@get("/ready", name="ready")
async def ready(request: PageRequest) -> Response[str]:
    """Whether this node can serve. A failure is told in a line that at most names a setting or a command."""
    try:
        await readiness.check(request.app.state.storage)
    except BadSetting as error:
        return Response(str(error), status_code=503, media_type=MediaType.TEXT)
    return Response("ok", media_type=MediaType.TEXT)


@route("/{rest:path}", http_method=list(HttpMethod), name="nowhere")
async def nowhere(rest: FromPath[str]) -> str:
    """Any other address. A handler raises the 404, so that the error page knows the session."""
    raise NotFound(rest)

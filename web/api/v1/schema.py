"""The OpenAPI description of the API, from which the page for people is made."""

from litestar import Request, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPIResponse, SecurityScheme

from web.errors import NotFound
from web.pages.words.api import PROBLEMS

ADDRESS = "/api/v1/openapi.json"


def _exactly(request: Request) -> None:  # type: ignore[type-arg]
    """Raises `NotFound` for further addresses that Litestar would serve below this one."""
    if request.url.path != ADDRESS:
        raise NotFound("schema")


SCHEMA = OpenAPIConfig(
    title="Guichê",
    version="1",
    openapi_router=Router(ADDRESS, route_handlers=[], include_in_schema=False, before_request=_exactly),
    render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
    components=Components(
        security_schemes={"key": SecurityScheme(type="http", scheme="bearer")},
        responses={code: OpenAPIResponse(description=words) for code, words in PROBLEMS.items()},
    ),
)

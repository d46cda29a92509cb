"""Who comes to the desk; to anybody else there is no such place."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from web.errors import NotFound


async def agents_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """After `signed_in`."""
    if not connection.scope["user"].is_agent:
        raise NotFound("desk")


async def leads_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """After `signed_in`."""
    if not connection.scope["user"].is_lead:
        raise NotFound("desk")

"""Guards of the desk: others get a 404."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from web.errors import NotFound


async def agents_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Runs after `signed_in`."""
    if not connection.scope["user"].is_agent:
        raise NotFound("desk")


async def leads_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Runs after `signed_in`."""
    if not connection.scope["user"].is_lead:
        raise NotFound("desk")


async def admins_only(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Runs after `signed_in`."""
    if not connection.scope["user"].is_admin:
        raise NotFound("desk")

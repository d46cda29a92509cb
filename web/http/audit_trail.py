"""Logs requests in the audit log: denied access, changed settings, exports, downloads by agents."""

from typing import cast

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

from web import audit
from web.people.permissions import Actor


class AuditTrail(ASGIMiddleware):
    """Logs each response when it is sent, because the person is known then."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        asked = cast("HTTPScope", scope)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and (actor := scope.get("user")):
                event = _event(asked, message, actor)
                if event:
                    audit.note(event, person=actor.id, method=asked["method"], path=named_path(scope))
            await send(message)

        await next_app(scope, receive, watched)


def named_path(scope: Scope) -> str:
    """The path of the request; for a secret link only its kind."""
    template = str(scope.get("path_template", ""))
    return template if "{token" in template else scope["path"]


def _event(scope: HTTPScope, response: HTTPResponseStartEvent, actor: Actor) -> str:
    path, method, status = scope["path"], scope["method"], response["status"]
    if status in (403, 404):
        return "denied"
    if (
        method == "POST"
        and path.startswith("/desk/settings/")
        and (status == 303 or b"hx-redirect" in dict(response["headers"]))
    ):
        return "setting"
    if status in (200, 206) and path.endswith(".csv") and path.startswith(("/desk/", "/tickets.csv")):
        return "export"
    if status in (200, 206) and actor.is_agent and path.startswith(("/attachments/", "/api/v1/attachments/")):
        return "download"
    return ""

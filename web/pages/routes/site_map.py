"""The site map: every address, by audience."""

from typing import Any

from web.http.routing import Router
from web.pages import health
from web.pages.routes.anybody import ANYBODY
from web.pages.routes.desk import DESK
from web.pages.routes.embed import EMBED
from web.pages.routes.kiosk import FOLLOWED, KIOSK
from web.pages.routes.portal import PORTAL

OPERATORS = Router("/", route_handlers=[health.health, health.ready])

ROUTES: list[Any] = [ANYBODY, KIOSK, FOLLOWED, EMBED, PORTAL, DESK, OPERATORS, health.nowhere]

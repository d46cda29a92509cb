"""Routers of the site map."""

from typing import Any

import litestar


class Router(litestar.Router):
    """A router that stands at one place."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Router":
        """Returns itself. Litestar copies a router with all its handlers once for each router around it."""
        return self

"""Routers of the site map."""

import litestar


class Router(litestar.Router):
    """A router that stands at one place."""

    def __deepcopy__(self, memo: dict[int, object]) -> "Router":
        """Returns itself. Litestar copies a router with all its handlers once for each router around it."""
        return self

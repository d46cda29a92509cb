"""The tabs of the ticket list that are open in this browser. Each keeps its own filter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from litestar.response.base import Response

from web.pages.shell import render
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest, cookie_name, keep_cookie
from web.people.permissions import Actor
from web.tickets.life.workflows import Workflow

MOST, LONGEST = 6, 400
"""The most tabs, and the most characters of the address of each."""
_ADDRESS = re.compile(r"[\w=&%+.~*-]{0,400}", re.ASCII)


@dataclass(frozen=True)
class ListTabs:
    """The addresses of the tabs, without their path, and which tab is active."""

    queries: tuple[str, ...] = ("",)
    current: int = 0

    def showing(self, query: Mapping[str, str]) -> "ListTabs":
        """The tabs with this list in the active one."""
        address = urlencode(query)
        kept = address if len(address) <= LONGEST else ""
        return replace(self, queries=(*self.queries[: self.current], kept, *self.queries[self.current + 1 :]))

    def opening(self) -> "ListTabs":
        """The tabs with a new active one, unless there are too many."""
        queries = self.queries if len(self.queries) == MOST else (*self.queries, "")
        return ListTabs(queries, len(queries) - 1)

    def closing(self) -> "ListTabs":
        """The tabs without the active one, unless it is the last."""
        left = (*self.queries[: self.current], *self.queries[self.current + 1 :])
        return ListTabs(left, min(self.current, len(left) - 1)) if left else self

    def links(self, flow: Workflow) -> list[tuple[str, str, str, bool]]:
        """The address and text of each tab, if there is more than one."""
        if len(self.queries) == 1:
            return []
        return [
            (f"/tickets?tab={place + 1}&{query}", f"Guia {place + 1}: {_label(query, flow)}", "", place == self.current)
            for place, query in enumerate(self.queries)
        ]


def turned(request: PageRequest, me: Actor) -> Response[str] | None:
    """The redirect after a tab was opened or closed; None if neither was requested."""
    wanted, tabs = request.query_params.get("tab", ""), opened(request, me)
    if wanted not in ("new", "closed"):
        return None
    tabs = tabs.opening() if wanted == "new" else tabs.closing()
    response = render.redirect(request, f"/tickets?{tabs.queries[tabs.current]}")
    remember(response, tabs, me)
    return response


def opened(request: PageRequest, me: Actor) -> ListTabs:
    """The tabs of this person; the active one is the tab that the address names."""
    whose, _, told = request.cookies.get(_name(), "").partition(":")
    place, *queries = told.split("|")[: MOST + 1]
    if whose != str(me.id) or not queries:
        return ListTabs()
    known = tuple(query if _ADDRESS.fullmatch(query) else "" for query in queries)
    wanted = whole_number(request.query_params.get("tab", "")) or whole_number(place) or 1
    return ListTabs(known, min(wanted, len(known)) - 1)


def remember(response: Response[str], tabs: ListTabs, me: Actor) -> None:
    keep_cookie(response, _name(), f"{me.id}:{'|'.join((str(tabs.current + 1), *tabs.queries))}")


def _name() -> str:
    return f"{cookie_name()}-tabs"


def _label(query: str, flow: Workflow) -> str:
    status = flow.filter(parse_qs(query).get("status", [""])[0])
    return status.label if status else flow.words["any"]

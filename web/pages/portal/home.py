"""The front page: help for visitors, an overview for requesters, the desk for agents."""

from dataclasses import dataclass

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.pages.help import front
from web.pages.shell import render
from web.pages.shell.session import PageRequest
from web.pages.words.formats import bounded
from web.pages.words.labels import TILES
from web.pages.words.tickets import conversation
from web.people.onboarding import joining
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.status_filters import StatusFilter
from web.tickets.life.workflows import Rating, Workflow, workflow
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter


@get("/", name="home")
async def home(request: PageRequest) -> Response[str]:
    me = request.user
    if me is None:
        return render.page(request, "portal/welcome.html", {**await front.offered(request), **await front.hours()})
    if me.is_agent:
        return render.redirect(request, "/desk")
    tiles = _tiles(workflow(settings().preset), me)
    counts = await portal.counts([Filter(scope=tile.scope, status=tile.status) for tile in tiles], by=me)
    shown = [(tile, bounded(count)) for tile, count in zip(tiles, counts, strict=True) if count or not tile.is_optional]
    at = now()
    rows = [conversation.row(found, me, at) for found in await portal.latest(me)]
    context = {
        "tiles": shown,
        "rows": rows,
        "asking": await joining.how_many_ask(me.manages),
        "waits_for_entry": request.query_params.get("done") == "join_asked" and not me.organizations,
        **await front.chat(),
    }
    return render.page(request, "portal/home.html", context)


@dataclass(frozen=True)
class Tile:
    """A count of tickets in one situation, with its words and a link to the list."""

    status: StatusFilter
    one: str
    many: str
    link: str
    is_turn: bool = False
    is_optional: bool = False
    """Whether it is hidden when its count is zero."""
    scope: str = "mine"

    def label(self, number: str) -> str:
        return self.one if number == "1" else self.many

    @property
    def href(self) -> str:
        return render.with_query("/tickets", scope=self.scope, status=self.status.slug)


def _tiles(flow: Workflow, me: Actor) -> list[Tile]:
    one, many, link = (text.format(draft=flow.words["draft"]) for text in TILES["draft"])
    approvals = Tile(flow.alike("approval"), *TILES["approval"], is_turn=True, is_optional=True, scope="approvals")
    return [
        *([approvals] if me.approves else []),
        Tile(flow.alike("waiting_requester"), *TILES["waiting_requester"], is_turn=True),
        Tile(flow.in_work, *TILES["in_work"]),
        _resolved(flow),
        Tile(flow.alike("draft"), one, many, link, is_optional=True),
    ]


def _resolved(flow: Workflow) -> Tile:
    """The tile of resolved tickets, with the answer that the workflow expects from the requester."""
    status = flow.alike("resolved")
    if flow.asks_confirmation:
        return Tile(status, *TILES["to_confirm"], is_turn=True)
    if flow.rating is Rating.REQUIRED:
        return Tile(status, *TILES["to_rate"], is_turn=True)
    return Tile(status, *TILES["resolved"])

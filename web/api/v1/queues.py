"""The queues of teams: their waiting tickets, and claiming the next one."""

import re
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from web.api.v1 import responses
from web.api.v1.access import Keyed
from web.api.v1.moves import recorded
from web.api.v1.operations import operation
from web.api.v1.responses import Event, Queues, TicketList
from web.clock import now
from web.errors import Invalid
from web.pages.words.api import PAGE_AFTER
from web.people.agents.teams import TeamName, teams_in_sight
from web.people.permissions import Scope
from web.tickets.actions import claims
from web.tickets.actions.claims import QueuePage, QueuePosition

After = Annotated[str, QueryParameter(name="after", description=PAGE_AFTER)]


@get("/queues", **operation("queues", Scope.READ))
async def index(request: Keyed) -> Response[Queues]:
    return Response(Queues([responses.queue(row) for row in await teams_in_sight(request.user)]))


@get("/queues/{team:int}/tickets", **operation("queue", Scope.READ, 404, 422))
async def show(request: Keyed, in_team: NamedDependency[TeamName], after: After = "") -> Response[TicketList]:
    found = await claims.waiting_in(in_team.id, by=request.user, after=_place(after))
    return Response(_page(request, found))


@get("/tickets", **operation("held", Scope.READ, 422))
async def held(request: Keyed, after: After = "") -> Response[TicketList]:
    return Response(_page(request, await claims.assigned_to(by=request.user, after=_place(after))))


@post("/queues/{team:int}/claims", **operation("claim", Scope.WRITE, 404, 422))
async def claim(
    request: Keyed, in_team: NamedDependency[TeamName], key: NamedDependency[str | None]
) -> Response[Event | None]:
    made = await claims.claim_next(in_team.id, by=request.user, at=now(), key=key)
    if made is None:
        return Response(None, status_code=204)
    return await recorded(made, by=request.user)


def _page(request: Keyed, found: QueuePage) -> TicketList:
    following = f"{request.url.path}?after={found.next[0]}-{found.next[1]}" if found.next else None
    return TicketList([responses.row(row) for row in found.rows], following)


def _place(text: str) -> QueuePosition | None:
    if not text:
        return None
    named = re.fullmatch(r"(\d)-(\d{1,18})", text, re.ASCII)
    if named is None:
        raise Invalid("after", "malformed")
    return int(named[1]), int(named[2])

"""The overview: how many tickets are in which situation, and the latest five."""

from typing import Any

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.database import Row
from web.pages import presenting, render
from web.pages.session import Asked
from web.settings import settings
from web.tickets import queries
from web.tickets.workflows import IN_WORK, Workflow, workflow


@get("/", name="home")
async def home(request: Asked) -> Response[str]:
    me = request.user
    if me is None:
        return render.page(request, "portal/welcome.html", {})
    counts = await queries.overview(me)
    rows = [presenting.row(found, me, now()) for found in await queries.latest(me)]
    tiles = _tiles(counts, workflow(settings().preset))
    return render.page(request, "portal/home.html", {"tiles": tiles, "rows": rows})


def _tiles(counts: Row, flow: Workflow) -> list[dict[str, Any]]:
    """The situations worth a number, each linked to its list."""
    shown = [
        _tile(
            counts["mine_to_answer"],
            "esperam a sua resposta",
            "Responder",
            _slug(flow, "waiting_requester"),
            is_turn=True,
        ),
        _tile(counts["in_work"], "com a equipe", "Acompanhar", IN_WORK.slug),
    ]
    if flow.asks_confirmation or flow.rating == "required":
        shown.append(
            _tile(
                counts["to_confirm"], "resolvidos, esperam o seu sim", "Conferir", _slug(flow, "resolved"), is_turn=True
            )
        )
    else:
        shown.append(_tile(counts["to_confirm"], "resolvidos", "Ver", _slug(flow, "resolved")))
    if counts["drafts"]:
        shown.append(_tile(counts["drafts"], "rascunhos por terminar", "Terminar", _slug(flow, "draft")))
    return shown


def _tile(count: int, label: str, link: str, slug: str, *, is_turn: bool = False) -> dict[str, Any]:
    href = render.with_query("/tickets", scope="mine", status=slug)
    return {"number": bounded(count), "label": label, "link": link, "href": href, "is_turn": is_turn}


def _slug(flow: Workflow, state: str) -> str:
    return next(choice.slug for choice in flow.filters if state in choice.states)


def bounded(count: int | None) -> str:
    """A count as shown; past what is counted it ends in a plus."""
    if count is None or count > queries.COUNTED:
        return f"{queries.COUNTED}+"
    return str(count)

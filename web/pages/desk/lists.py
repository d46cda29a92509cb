"""The lists of the desk, with what is beside them: queues and their counts, saved views, tickets visited last."""

from dataclasses import dataclass, replace
from typing import Any

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.database import Row
from web.errors import Invalid
from web.pages import render
from web.pages.desk import rows
from web.pages.paging import instant_of, keyset, number_of, plain
from web.pages.portal.home import bounded
from web.pages.portal.tickets import is_in_sight
from web.pages.scoping import person_of
from web.pages.session import Asked
from web.pages.wording import PRIORITIES, STATUSES
from web.people import cnpj
from web.people.actor import Actor
from web.tickets import inbox
from web.tickets.inbox import Sought

VIEWS = {
    "inbox": "Caixa de entrada",
    "own": "Trabalho próprio",
    "due": "Vencendo",
    "unassigned": "Não atribuídos",
    "all": "Todos os tickets",
}


@dataclass(frozen=True)
class Door:
    """One line of the navigation: a list, and how many tickets are in it."""

    label: str
    href: str
    count: str
    is_here: bool
    is_inner: bool = False


@get("/desk", name="desk")
async def index(request: Asked) -> Response[str]:
    me, sought = person_of(request), _sought(request)
    if (number := number_of(sought.words)) and await is_in_sight(number, me):
        return render.seen(request, f"/desk/tickets/{number}")
    found = await inbox.page(_by_cnpj(sought), by=me, at=now())
    beside = await inbox.beside(me, organization=sought.organization)
    context = {
        "heading": _heading(sought, request, beside),
        "sought": sought,
        "rows": [rows.row(each, me, now()) for each in found.rows],
        "shown": len(found.rows),
        "count": bounded(found.total),
        "first": _address(replace(sought, after=None)),
        "more": _address(replace(sought, after=found.next)) if found.next else "",
        "doors": _doors(await inbox.counts(me, at=now()), sought, beside, me),
        "views": [each for each in beside if each["kind"] == "view"],
        "visited": [each for each in beside if each["kind"] == "visited"],
        "choices": {kind: [each for each in beside if each["kind"] == kind] for kind in _CHOICES},
        "statuses": STATUSES,
        "is_narrowed": sought != Sought(view=sought.view, after=sought.after),
    }
    return render.page(request, "desk/index.html", context, block="list")


def _sought(request: Asked) -> Sought:
    """What an address asks for; what it does not understand it leaves out."""
    query = request.query_params
    return Sought(
        view=query["view"] if query.get("view") in inbox.VIEWS else "inbox",
        status=STATUSES.get(query.get("status", "")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        tag=plain(query.get("tag", ""))[:40],
        words=plain(query.get("q", ""))[:200],
        sort="oldest" if query.get("sort") == "oldest" else "newest",
        after=instant_of(query.get("after", "")),
        category=number_of(query.get("category", ""), digits=9),
        team=number_of(query.get("team", ""), digits=9),
        assignee=number_of(query.get("assignee", ""), digits=9),
        organization=number_of(query.get("organization", ""), digits=9),
    )


def _by_cnpj(sought: Sought) -> Sought:
    """Words that are a CNPJ are no words."""
    try:
        return replace(sought, cnpj=cnpj.parse(sought.words), words="")
    except Invalid:
        return sought


def _address(sought: Sought) -> str:
    query: dict[str, Any] = {
        "view": "" if sought.view == "inbox" else sought.view,
        "status": sought.status.slug if sought.status else "",
        **{name: getattr(sought, name) or "" for name in _PLAIN},
        "q": sought.words,
        "sort": "" if sought.sort == "newest" else sought.sort,
        "after": keyset(*sought.after) if sought.after else "",
    }
    kept = {name: str(value) for name, value in query.items() if value}
    return render.with_query("/desk", **kept) if kept else "/desk"


_CHOICES = ("category", "team", "agent", "organization")
_PLAIN = ("priority", "category", "team", "assignee", "organization", "tag")


def _doors(counts: dict[str, int], sought: Sought, beside: list[Row], me: Actor) -> list[Door]:
    doors = []
    for view, label in VIEWS.items():
        at = Sought(view=view)
        is_here = sought.view == view and (view != "unassigned" or sought.team is None)
        doors.append(Door(label, _address(at), bounded(counts[view]) if view in counts else "", is_here))
        if view == "unassigned":
            doors += [
                Door(
                    team["name"],
                    _address(replace(at, team=team["id"])),
                    bounded(counts[f"team{team['id']}"]),
                    sought.view == view and sought.team == team["id"],
                    is_inner=True,
                )
                for team in beside
                if team["kind"] == "team" and team["id"] in me.teams
            ]
    return doors


def _heading(sought: Sought, request: Asked, beside: list[Row]) -> str:
    """The saved view's name where the address is one."""
    query = request.url.query
    named = next((each["name"] for each in beside if each["kind"] == "view" and each["more"] == query), None)
    return str(named or VIEWS[sought.view])

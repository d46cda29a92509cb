"""The lists of the desk, with what is beside them: queues and their counts, saved views, tickets visited last."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.database import Row
from web.errors import Invalid
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.paging import instant_of, keyset, number_of, plain
from web.pages.shell.scoping import is_in_sight, person_of
from web.pages.shell.session import PageRequest
from web.pages.words import desk_rows
from web.pages.words.formats import bounded
from web.pages.words.labels import CHANNELS, METHODS, PRIORITIES, STATUSES, UPDATED
from web.people import cnpj
from web.people.permissions import Actor
from web.tickets.lists import desk
from web.tickets.lists.desk import DeskFilter


@dataclass(frozen=True)
class Door:
    """One line of the navigation: a list, and how many tickets are in it."""

    label: str
    href: str
    count: str
    is_here: bool
    is_inner: bool = False


@get("/desk", name="desk")
async def index(request: PageRequest) -> Response[str]:
    kept = await forms.restored_form(request)
    if kept.values:
        return await page(request, sought_as(kept), kept)
    columns = ",".join(request.query_params.getall("columns", []))
    sought = sought_in({**request.query_params, "columns": columns})
    if (number := number_of(sought.words)) and await is_in_sight(number, person_of(request)):
        return render.redirect(request, f"/desk/tickets/{number}")
    return await page(request, sought)


async def page(
    request: PageRequest, sought: DeskFilter, form: Form | None = None, *, status: int = 200
) -> Response[str]:
    me, at = person_of(request), now()
    found, beside, counts = await asyncio.gather(
        desk.page(_by_cnpj(sought), by=me, at=at),
        desk.filter_choices(me, organization=sought.organization, requester=sought.requester),
        desk.counts(me, at=at),
    )
    saved = [each for each in beside if each["kind"] == "view"]
    noun = form.noun if form else ""
    here = address(replace(sought, after=None))
    context = {
        "heading": _heading(sought, here, saved),
        "sought": sought,
        "rows": [desk_rows.row(each, me, at, sought.columns or desk_rows.USUAL) for each in found.rows],
        "columns": desk_rows.COLUMNS,
        "shown_columns": sought.columns or desk_rows.USUAL,
        "channels": CHANNELS,
        "updated": UPDATED,
        "topics": [each for each in beside if each["kind"] == "topic"],
        "shown": len(found.rows),
        "count": bounded(found.total),
        "first": here,
        "more": address(replace(sought, after=found.next)) if found.next else "",
        "doors": _doors(counts, sought, beside, me),
        "views": saved,
        "forgettable": _forgettable(saved, here, me),
        "here": here.partition("?")[2],
        "visited": [each for each in beside if each["kind"] == "visited"],
        "choices": {kind: [(each["id"], each["name"]) for each in beside if each["kind"] == kind] for kind in _CHOICES},
        "teams": [(each["id"], each["name"]) for each in beside if each["kind"] == "team" and each["id"] in me.teams],
        "statuses": STATUSES,
        "methods": METHODS,
        "is_narrowed": sought != DeskFilter(view=sought.view, after=sought.after, columns=sought.columns),
        "naming": form if noun == "views" else None,
        "moving": form if noun == "bulk" else None,
    }
    return render.page(request, "desk/index.html", context, block="list", status=status)


def sought_as(form: Form) -> DeskFilter:
    """The list on which a form stood."""
    return sought_in(dict(parse_qsl(form.text("query"))))


def sought_in(query: Mapping[str, str]) -> DeskFilter:
    """What an address asks for; what it does not understand it leaves out."""
    about: dict[str, Any] = {name: number_of(query.get(name, ""), digits=9) for name in _NUMBERS}
    return DeskFilter(
        view=query["view"] if query.get("view") in desk.VIEWS else "inbox",
        status=STATUSES.get(query.get("status", "")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        channel=query["channel"] if query.get("channel") in CHANNELS else "",
        tag=plain(query.get("tag", ""))[:40],
        updated={str(days): days for days in UPDATED}.get(query.get("updated", "")),
        words=plain(query.get("q", ""))[:200],
        sort="oldest" if query.get("sort") == "oldest" else "newest",
        after=instant_of(query.get("after", "")),
        columns=_columns(query.get("columns", "")),
        **about,
    )


def _columns(text: str) -> tuple[str, ...]:
    """In the order in which they are shown; the usual ones need no naming."""
    wanted = set(text.split(","))
    chosen = tuple(name for name in desk_rows.COLUMNS if name in wanted)[: desk_rows.MOST_COLUMNS]
    return () if chosen == desk_rows.USUAL else chosen


def _by_cnpj(sought: DeskFilter) -> DeskFilter:
    """Words that are a CNPJ are no words."""
    try:
        return replace(sought, cnpj=cnpj.parse(sought.words), words="")
    except Invalid:
        return sought


def address(sought: DeskFilter) -> str:
    query: dict[str, Any] = {
        "view": "" if sought.view == "inbox" else sought.view,
        "status": sought.status.slug if sought.status else "",
        **{name: getattr(sought, name) or "" for name in _PLAIN},
        "q": sought.words,
        "columns": ",".join(sought.columns),
        "sort": "" if sought.sort == "newest" else sought.sort,
        "after": keyset(*sought.after) if sought.after else "",
    }
    kept = {name: str(value) for name, value in query.items() if value}
    return render.with_query("/desk", **kept) if kept else "/desk"


_CHOICES = ("category", "team", "agent", "requester", "organization", "macro")
_NUMBERS = ("category", "topic", "team", "assignee", "requester", "organization")
_PLAIN = ("priority", "channel", *_NUMBERS, "tag", "updated")


def _forgettable(saved: list[Row], here: str, me: Actor) -> Row | None:
    """The saved view of this address that its reader may remove: one's own, or as a lead a team's."""
    mine = (each for each in saved if each["more"] == here.partition("?")[2] and (each["place"] == 0 or me.is_lead))
    return next(mine, None)


def _doors(counts: dict[str, int], sought: DeskFilter, beside: list[Row], me: Actor) -> list[Door]:
    doors = []
    for view, label in desk_rows.VIEWS.items():
        at = DeskFilter(view=view)
        is_here = sought.view == view and (view != "unassigned" or sought.team is None)
        doors.append(
            Door(label, address(at), bounded(counts[view], desk.MOST_COUNTED) if view in counts else "", is_here)
        )
        if view == "unassigned":
            doors += [
                Door(
                    team["name"],
                    address(replace(at, team=team["id"])),
                    bounded(counts[f"team{team['id']}"], desk.MOST_COUNTED),
                    sought.view == view and sought.team == team["id"],
                    is_inner=True,
                )
                for team in beside
                if team["kind"] == "team" and team["id"] in me.teams
            ]
    return doors


def _heading(sought: DeskFilter, here: str, saved: list[Row]) -> str:
    """The saved view's name where the address is one."""
    named = next((each["name"] for each in saved if here == f"/desk?{each['more']}"), None)
    return str(named or desk_rows.VIEWS[sought.view])

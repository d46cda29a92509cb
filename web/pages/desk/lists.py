"""The lists of the desk, with the navigation: queues and their counts, saved views, recently visited tickets."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import keyset, last_change, place_of, ticket_number, whole_number
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words.formats import bounded
from web.pages.words.labels import CHANNELS, METHODS, PRIORITIES, UPDATED, desk_statuses
from web.pages.words.people import assignees
from web.pages.words.tickets import desk_rows
from web.people.agents import absences
from web.people.permissions import Actor
from web.place.place import known
from web.settings import settings
from web.text import one_line
from web.tickets.lists import desk
from web.tickets.lists.choices import Choice, Folders, filter_choices, folders
from web.tickets.lists.desk import DeskTicket
from web.tickets.lists.desk_views import VIEWS, DeskFilter
from web.tickets.lists.field_filters import FieldFilter, filterable, read_filters
from web.tickets.pagination import Listing


@dataclass(frozen=True)
class NavigationLink:
    """One line of the navigation: a list and its number of tickets."""

    label: str
    href: str
    count: str
    is_current: bool
    is_nested: bool = False
    news: str = ""


@get("/desk", name="desk")
async def index(request: PageRequest) -> Response[str]:
    kept = await restored_form(request)
    if kept.values:
        return await page(request, filter_from_form(kept), kept)
    columns = ",".join(request.query_params.getall("columns", []))
    chosen = filter_from_query({**request.query_params, "columns": columns})
    number = ticket_number(chosen.words)
    if number and (is_in_texts := await desk.sees_number(number, by=person_of(request))) is not None:
        return render.redirect(request, f"/desk/tickets/{number}" + "?texts=1" * is_in_texts)
    return await page(request, chosen, sent=whole_number(request.query_params.get("sent", "")))


async def page(
    request: PageRequest,
    chosen: DeskFilter,
    form: Form | None = None,
    *,
    sent: int | None = None,
    status: int = 200,
) -> Response[str]:
    """`sent` is the number of the ticket that was just sent."""
    me, at = person_of(request), now()
    found, choices, counts, away = await asyncio.gather(
        desk.page(chosen, by=me, at=at),
        filter_choices(me, organization=chosen.organization, requester=chosen.requester),
        desk.counts(me, at=at),
        absences.under_way(at),
    )
    here = address(replace(chosen, after=None))
    context = {
        "sent": sent,
        "first": here,
        "here": here.partition("?")[2],
        "view_form": form if form and form.noun == "views" else None,
        "bulk_form": form if form and form.noun == "bulk" else None,
        **navigation_of(chosen, choices, counts, me),
        **_rows(found, chosen, me, at),
        **_filter(chosen, choices),
        "assignees": assignees(_of_kind(choices, "agent"), away),
    }
    return render.page(request, "desk/index.html", context, block="list", status=status)


def _rows(found: Listing[DeskTicket], chosen: DeskFilter, me: Actor, at: datetime) -> dict[str, object]:
    columns = chosen.columns or desk_rows.DEFAULT_COLUMNS
    return {
        "rows": [desk_rows.row(each, me, at, columns) for each in found.rows],
        "columns": desk_rows.columns_of(chosen.category),
        "shown_columns": columns,
        "shown": len(found.rows),
        "count": bounded(found.total, found.bound),
        "is_cut": found.is_cut,
        "more": address(replace(chosen, after=found.next)) if found.next else "",
        "since": "" if chosen.words or chosen.after else last_change(found.rows, at),
        "arrived": 0,
    }


def _filter(chosen: DeskFilter, choices: list[Choice]) -> dict[str, object]:
    return {
        "chosen": chosen,
        "is_narrowed": chosen != DeskFilter(view=chosen.view, after=chosen.after, columns=chosen.columns),
        "choices": {kind: _of_kind(choices, kind) for kind in _CHOICES} | {"macro": _macros(choices)},
        "topics": [each for each in choices if each.kind == "topic"],
        "channels": CHANNELS,
        "statuses": desk_statuses(settings().preset),
        "methods": METHODS,
        "updated": UPDATED,
        "field_filters": _field_filters(chosen),
    }


def _field_filters(chosen: DeskFilter) -> list[FieldFilter]:
    """Those that a list of the chosen category offers, as they are set."""
    found = {each.field: each for each in chosen.fields}
    return [found.get(each, FieldFilter(each)) for each in filterable(chosen.category)]


def navigation_of(chosen: DeskFilter, choices: list[Choice], counts: dict[str, int], me: Actor) -> dict[str, Any]:
    """Lists and their counts, saved views, the teams to share one with, and the tickets visited last."""
    here = address(replace(chosen, after=None))
    links = _navigation(counts, chosen, choices, me)
    saved = [each for each in choices if each.kind == "view"]
    return {
        "heading": _heading(chosen, here, saved),
        "views": saved,
        "removable_view": _removable_view(saved, here, me),
        "visited": [each for each in choices if each.kind == "visited"],
        "teams": [(each.id, each.name) for each in _own_teams(choices, me)],
        "navigation": links,
        "navigation_shown": render.fingerprint(links),
    }


def _own_teams(choices: list[Choice], me: Actor) -> list[Choice]:
    return [each for each in choices if each.kind == "team" and each.id in me.teams]


def _of_kind(choices: list[Choice], kind: str) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in choices if each.kind == kind]


def _macros(choices: list[Choice]) -> Folders:
    """The canned replies that do more than reply."""
    return folders(each for each in choices if each.more != "reply")


def filter_from_form(form: Form) -> DeskFilter:
    """The filter of the list that a form was on."""
    return filter_from_query(dict(parse_qsl(form.text("query"))))


def filter_from_query(query: Mapping[str, str]) -> DeskFilter:
    """The filter in an address. Unknown values are ignored."""
    about: dict[str, Any] = {name: whole_number(query.get(name, ""), digits=9) for name in _NUMBERS}
    return DeskFilter(
        view=query["view"] if query.get("view") in VIEWS else "inbox",
        status=desk_statuses(settings().preset).get(query.get("status", "")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        channel=query["channel"] if query.get("channel") in CHANNELS else "",
        tag=one_line(query.get("tag", ""))[:40],
        updated={str(days): days for days in UPDATED}.get(query.get("updated", "")),
        words=one_line(query.get("q", ""))[:200],
        sort="oldest" if query.get("sort") == "oldest" else "newest",
        after=place_of(query.get("after", "")),
        fields=read_filters(query, about["category"]),
        columns=_columns(query.get("columns", ""), about["category"]),
        **about,
    )


def _columns(text: str, category: int | None) -> tuple[str, ...]:
    """The chosen columns in the order in which they are shown; empty for the default ones."""
    wanted = set(text.split(","))
    chosen = tuple(name for name in desk_rows.columns_of(category) if name in wanted)[: desk_rows.MOST_COLUMNS]
    return () if chosen == desk_rows.DEFAULT_COLUMNS else chosen


def address(chosen: DeskFilter) -> str:
    query: dict[str, Any] = {
        "view": "" if chosen.view == "inbox" else chosen.view,
        "status": chosen.status.slug if chosen.status else "",
        **{name: getattr(chosen, name) or "" for name in _SIMPLE},
        **{name: value for each in chosen.fields for name, value in each.query.items()},
        "q": chosen.words,
        "columns": ",".join(chosen.columns),
        "sort": "" if chosen.sort == "newest" else chosen.sort,
        "after": keyset(chosen.after) if chosen.after else "",
    }
    kept = {name: str(value) for name, value in query.items() if value}
    return render.with_query("/desk", **kept) if kept else "/desk"


_CHOICES = ("category", "team", "agent", "requester", "organization")
_NUMBERS = ("category", "topic", "team", "assignee", "requester", "organization")
_SIMPLE = ("priority", "channel", *_NUMBERS, "tag", "updated")


def _removable_view(saved: list[Choice], here: str, me: Actor) -> Choice | None:
    """The saved view of this address, if its reader may remove it: their own, or as a lead a team's."""
    mine = (each for each in saved if each.more == here.partition("?")[2] and (each.place == 0 or me.is_lead))
    return next(mine, None)


def _navigation(counts: dict[str, int], chosen: DeskFilter, choices: list[Choice], me: Actor) -> list[NavigationLink]:
    links = []
    for view in VIEWS:
        if view == "chats" and not (known().chat or counts["chats"]):
            continue
        links.append(_view_link(view, counts, chosen))
        if view == "unassigned":
            links += [_queue_link(team, counts, chosen) for team in _own_teams(choices, me)]
    return links


def _view_link(view: str, counts: dict[str, int], chosen: DeskFilter) -> NavigationLink:
    return NavigationLink(
        desk_rows.views(settings().preset)[view],
        address(DeskFilter(view=view)),
        bounded(counts[view], desk.MOST_COUNTED) if view in counts else "",
        is_current=chosen.view == view and (view != "unassigned" or chosen.team is None),
        news=desk_rows.news_text(counts["own_news"], desk.MOST_COUNTED) if view == "own" else "",
    )


def _queue_link(team: Choice, counts: dict[str, int], chosen: DeskFilter) -> NavigationLink:
    return NavigationLink(
        team.name,
        address(DeskFilter(view="unassigned", team=team.id)),
        bounded(counts[f"team{team.id}"], desk.MOST_COUNTED),
        is_current=chosen.view == "unassigned" and chosen.team == team.id,
        is_nested=True,
    )


def _heading(chosen: DeskFilter, here: str, saved: list[Choice]) -> str:
    """The name of the saved view if the address is one, otherwise of the list."""
    named = next((each.name for each in saved if here == f"/desk?{each.more}"), None)
    return named or desk_rows.views(settings().preset)[chosen.view]

"""The ticket list of the portal: filter bar, preset lists and tabs."""

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.live import list_changes
from web.pages.portal import list_tabs
from web.pages.shell import render, spreadsheets
from web.pages.shell.dependencies import person_of
from web.pages.shell.paging import keyset, last_change, place_of, ticket_number, whole_number
from web.pages.shell.session import PageRequest
from web.pages.words import confirmations
from web.pages.words import exports as words
from web.pages.words.formats import bounded
from web.pages.words.labels import PRIORITIES
from web.pages.words.tickets.conversation import row
from web.people.permissions import Actor
from web.text import one_line
from web.tickets.life.status_filters import StatusFilter
from web.tickets.life.workflows import Workflow
from web.tickets.lists import exports, portal
from web.tickets.lists.portal import Filter, ListedTicket
from web.tickets.pagination import Listing
from web.tickets.requests.categories import filter_choices


@get("/tickets", name="tickets")
async def index(request: PageRequest) -> Response[str]:
    me, flow = person_of(request), render.flow()
    if flow.has_tabs and (turned := list_tabs.turned(request, me)):
        return turned
    chosen = _filter(request, me, flow)
    number = ticket_number(chosen.words)
    if number and (is_in_texts := await portal.sees_number(number, scopes(me)[0], by=me)) is not None:
        return render.redirect(request, f"/tickets/{number}" + "?texts=1" * is_in_texts)
    return await _page(request, chosen, flow)


@get("/tickets/news", name="tickets_news")
async def show_arrived(request: PageRequest) -> Response[str]:
    """How many tickets of an open list have changed since it was shown."""
    me, flow = person_of(request), render.flow()
    chosen, since = _filter(request, me, flow), place_of(request.query_params.get("since", ""))
    if not render.is_swap(request) or not isinstance(since, tuple):
        return render.redirect(request, _address(chosen))
    arrived = await list_changes.of_portal(_with_copied_scope(chosen, flow), since, by=me)
    context = {"first": _address(chosen), "since": keyset(since), "arrived": arrived}
    return render.news(request, "portal/tickets/index.html", context, block="arrived", shown=str(arrived))


@get("/tickets.csv", name="tickets_file")
async def download(request: PageRequest) -> Response[str]:
    me, flow = person_of(request), render.flow()
    found = await exports.of_portal(_with_copied_scope(_filter(request, me, flow), flow), by=me)
    table = words.table(found, words.PORTAL, me)
    return await spreadsheets.long_download(words.file_name(now()), *table)


async def _page(request: PageRequest, chosen: Filter, flow: Workflow) -> Response[str]:
    me = person_of(request)
    found = await portal.page(_with_copied_scope(chosen, flow), by=me)
    is_swap = render.is_swap(request)
    categories, colleagues = ([], []) if is_swap else await filter_choices(me)
    statuses = _statuses(flow, chosen)
    tabs = list_tabs.opened(request, me).showing(_query(chosen))
    context = {
        **_listed(found, chosen, me),
        "scopes": [*scopes(me), *(["approvals"] if chosen.scope == "approvals" else [])],
        "chosen": chosen,
        "categories": categories,
        "colleagues": colleagues,
        "heading": _heading(request, chosen, flow),
        "whose": flow.words[chosen.scope] if chosen.scope != "mine" else "",
        "is_swap": is_swap,
        "statuses": statuses,
        "lists": await _lists(flow, statuses, chosen, me) if flow.has_lists else [],
        "tabs_open": tabs.links(flow),
        "is_discarded": request.query_params.get("done") == "discarded",
        "told": confirmations.OUT_OF_SIGHT.get(request.query_params.get("done", ""), ""),
        "is_narrowed": any((chosen.words, chosen.status, chosen.priority, chosen.category, chosen.person)),
    }
    response = render.page(request, "portal/tickets/index.html", context, block="tickets")
    if flow.has_tabs:
        list_tabs.remember(response, tabs, me)
    return response


def _heading(request: PageRequest, chosen: Filter, flow: Workflow) -> str:
    """The heading: the chosen scope, else the name in the menu, else the reader's own tickets."""
    is_named = chosen.scope != "mine" and request.query_params.get("scope") == chosen.scope
    return flow.words[chosen.scope if is_named else "tickets"]


def scopes(me: Actor) -> list[str]:
    """The scopes that are useful to this person."""
    offered = ["mine", "copied"]
    if me.sees:
        offered.insert(0, "organization")
    if me.is_agent:
        offered.insert(0, "all")
    return offered


def _filter(request: PageRequest, me: Actor, flow: Workflow) -> Filter:
    """The filter in an address. Unknown values are ignored."""
    query = request.query_params
    offered = [*scopes(me), *(["approvals"] if me.approves else [])]
    first = offered[0] if flow.shows_organization_first or me.is_agent else "mine"
    scope = query["scope"] if query.get("scope") in offered else first
    return Filter(
        scope=scope,
        status=flow.filter(query.get("status", "any")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        category=whole_number(query.get("category", ""), digits=9),
        person=None if scope == "mine" else whole_number(query.get("person", ""), digits=9),
        words=one_line(query.get("q", ""))[:200],
        sort="created" if query.get("sort") == "created" else "updated",
        after=place_of(query.get("after", "")),
    )


def _with_copied_scope(chosen: Filter, flow: Workflow) -> Filter:
    """The filter with the copied scope as the preset defines it."""
    if chosen.scope == "copied" and flow.copied_includes_organization:
        return Filter(**{**vars(chosen), "scope": "around"})
    return chosen


def _statuses(flow: Workflow, chosen: Filter) -> list[StatusFilter]:
    """The choices of the status filter, with the chosen one even if it is not offered."""
    extra = [chosen.status] if chosen.status and chosen.status not in flow.filters else []
    return [*extra, *flow.filters]


async def _lists(
    flow: Workflow, statuses: list[StatusFilter], chosen: Filter, me: Actor
) -> list[tuple[str, str, str, bool]]:
    """The lists of the preset as tabs, each with its count in the scope."""
    tabs = [*statuses, None]
    counts = await portal.counts([Filter(scope=chosen.scope, status=each) for each in tabs], by=me)
    return [
        (_tab(each, chosen), each.label if each else flow.words["any"], bounded(count), each == chosen.status)
        for each, count in zip(tabs, counts, strict=True)
    ]


def _tab(status: StatusFilter | None, chosen: Filter) -> str:
    return render.with_query("/tickets", scope=chosen.scope, status=status.slug if status else "any")


def _listed(found: Listing[ListedTicket], chosen: Filter, me: Actor) -> dict[str, object]:
    at = now()
    return {
        "rows": [row(each, me, at) for each in found.rows],
        "shown": len(found.rows),
        "count": bounded(found.total, found.bound),
        "first": _address(chosen),
        "file": render.with_query("/tickets.csv", **_query(chosen)),
        "more": _address(chosen, after=keyset(found.next)) if found.next else "",
        "is_cut": found.is_cut,
        "since": "" if chosen.words or chosen.after else last_change(found.rows, at),
        "arrived": 0,
    }


def _address(chosen: Filter, *, after: str = "") -> str:
    return render.with_query("/tickets", **_query(chosen, after=after))


def _query(chosen: Filter, *, after: str = "") -> dict[str, str]:
    query = {
        "scope": chosen.scope,
        "status": chosen.status.slug if chosen.status else "",
        "priority": chosen.priority,
        "category": str(chosen.category or ""),
        "person": str(chosen.person or ""),
        "q": chosen.words,
        "sort": "" if chosen.sort == "updated" else chosen.sort,
        "after": after,
    }
    return {name: value for name, value in query.items() if value}

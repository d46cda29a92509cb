"""The list of tickets with its filter bar, and one ticket."""

from datetime import datetime
from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.portal import requests
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec, offered
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import keyset, place_of, ticket_number, whole_number
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import notices
from web.pages.words.conversation import chip_of, line, row, solution, step_of
from web.pages.words.deadlines import solution_text
from web.pages.words.fields import labels
from web.pages.words.formats import bounded
from web.pages.words.labels import BY_CHANNEL, CHANNELS, LINKS, PRIORITIES, SCORES
from web.pages.words.next_step import how_to_reply
from web.people.permissions import Actor
from web.settings import settings
from web.text import one_line
from web.tickets.life.moves import PARTICIPATION, RATING, THANKS, Move, available
from web.tickets.life.rights import EDITABLE, may_edit, may_remove
from web.tickets.life.states import Status
from web.tickets.life.workflows import Workflow, workflow
from web.tickets.lists import portal
from web.tickets.lists.portal import Filter, ListedTicket
from web.tickets.pagination import Listing
from web.tickets.record import conversation
from web.tickets.record.ticket import Copy, TicketDetails
from web.tickets.requests.categories import category_names

PAGE = "/tickets/{number}"


@get("/tickets", name="tickets")
async def index(request: PageRequest) -> Response[str]:
    me, flow = person_of(request), workflow(settings().preset)
    chosen = _filter(request, me, flow)
    number = ticket_number(chosen.words)
    if number and (is_in_texts := await portal.sees_number(number, scopes(me)[0], by=me)) is not None:
        return render.redirect(request, f"/tickets/{number}" + "?texts=1" * is_in_texts)
    found = await portal.page(_with_copied_scope(chosen, flow), by=me)
    categories = [] if render.is_swap(request) else await category_names()
    context = {
        **_listed(found, chosen, me),
        "scopes": [*scopes(me), *(["approvals"] if chosen.scope == "approvals" else [])],
        "chosen": chosen,
        "categories": categories,
        "is_discarded": request.query_params.get("done") == "discarded",
        "is_narrowed": bool(chosen.words or chosen.status or chosen.priority or chosen.category),
    }
    return render.page(request, "portal/tickets/index.html", context, block="tickets")


@get("/tickets/{number:int}", name="ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """The ticket, or the form of a draft."""
    form = await restored_form(request)
    if ticket.status is Status.DRAFT:
        return await requests.page(request, form, ticket=ticket)
    return await page(request, ticket, form)


async def page(request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200) -> Response[str]:
    me = person_of(request)
    before = whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(ticket, by=me, before=before)
    lines = [line(entry, me) for entry in entries]
    open_moves = available(ticket, me)
    context = {
        "ticket": ticket,
        "chip": chip_of(ticket, me),
        "step": step_of(ticket, me, now()),
        "solution_target": solution_text(ticket, me),
        "lines": lines,
        "solution": solution(entries, lines),
        "earlier": earlier,
        "forms": offered(request.app, PAGE, open_moves),
        "may_thank": THANKS in open_moves,
        "may_rate": _may_rate(ticket, me, now()),
        "editable_until": ticket.rating.at + EDITABLE if ticket.rating else None,
        "how_to_reply": how_to_reply(ticket, me),
        "removable": _removable(ticket, me),
        "shows_log": ticket.workflow.shows_log or me.is_agent,
        "form": form,
        "unsent_text": "" if form.spec.move in open_moves else form.written,
        "channels": CHANNELS,
        "by_channel": BY_CHANNEL,
        "links": LINKS,
        "scores": SCORES,
        "confirmation": _confirmation(request, ticket),
        "texts": render.with_query("/tickets", scope=scopes(me)[0], q=f'"{ticket.number}"')
        if "texts" in request.query_params
        else "",
    }
    return render.page(request, "portal/tickets/show.html", context, block="ticket", status=status)


def ticket_form(noun: str, move: Move, *fields: str, written: tuple[str, ...] = ()) -> FormSpec:
    """A form of this page."""
    return FormSpec(noun, PAGE, labels(*fields), written, move, after="/tickets")


def _may_rate(ticket: TicketDetails, me: Actor, now: datetime) -> bool:
    """Whether a rating given now would be taken."""
    return RATING.is_open(ticket, me) and (ticket.rating is None or may_edit(ticket.rating.at, now))


def _removable(ticket: TicketDetails, me: Actor) -> list[Copy]:
    """People in copy whom this reader may take out."""
    if not PARTICIPATION.is_open(ticket, me):
        return []
    return [each for each in ticket.copied if may_remove(me, ticket, person=each.person, added_by=each.added_by)]


def scopes(me: Actor) -> list[str]:
    """The scopes of the list that are useful to this person."""
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
    return Filter(
        scope=query["scope"] if query.get("scope") in offered else first,
        status=flow.filter(query.get("status", "any")),
        priority=query["priority"] if query.get("priority") in PRIORITIES else "",
        category=whole_number(query.get("category", ""), digits=9),
        words=one_line(query.get("q", ""))[:200],
        sort="created" if query.get("sort") == "created" else "updated",
        after=place_of(query.get("after", "")),
    )


def _with_copied_scope(chosen: Filter, flow: Workflow) -> Filter:
    """The filter with the copied scope as the preset defines it."""
    if chosen.scope == "copied" and flow.copied_includes_organization:
        return Filter(**{**vars(chosen), "scope": "around"})
    return chosen


def _listed(found: Listing[ListedTicket], chosen: Filter, me: Actor) -> dict[str, Any]:
    at = now()
    return {
        "rows": [row(each, me, at) for each in found.rows],
        "shown": len(found.rows),
        "count": bounded(found.total, found.bound),
        "first": _address(chosen, after=""),
        "more": _address(chosen, after=keyset(found.next)) if found.next else "",
        "is_cut": found.is_cut,
    }


def _address(chosen: Filter, *, after: str) -> str:
    query = {
        "scope": chosen.scope,
        "status": chosen.status.slug if chosen.status else "",
        "priority": chosen.priority,
        "category": str(chosen.category or ""),
        "q": chosen.words,
        "sort": "" if chosen.sort == "updated" else chosen.sort,
        "after": after,
    }
    return render.with_query("/tickets", **{name: value for name, value in query.items() if value})


def _confirmation(request: PageRequest, ticket: TicketDetails) -> str:
    if request.query_params.get("sent") == "1":
        return notices.SUBMITTED.format(number=ticket.number)
    return ""

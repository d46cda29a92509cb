"""The lists of the desk, with the navigation: queues and their counts, saved views, recently visited tickets."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from litestar import get
from litestar.response.base import Response

from web.clock import now
from web.pages.desk.lists.addresses import address, filter_from_form, filter_from_query, first_page
from web.pages.desk.lists.chips import chips
from web.pages.desk.lists.collapsed_navigation import is_folded
from web.pages.desk.lists.column_headings import heads
from web.pages.desk.lists.column_settings import Look, look_of
from web.pages.desk.lists.navigation import navigation_of
from web.pages.desk.lists.paging import pages
from web.pages.desk.lists.typed_filters import read_typed
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import last_change, ticket_number, whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.labels import CHANNELS, METHODS, UPDATED, desk_statuses
from web.pages.words.people import assignees
from web.pages.words.tickets import desk_rows
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.lists import chat_queue, desk
from web.tickets.lists.choices import Choice, Folders, away, filter_choices, folders
from web.tickets.lists.desk import DeskTicket
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.field_filters import FieldFilter, filterable
from web.tickets.lists.ordering import order_of
from web.tickets.pagination import LATEST_FIRST, Listing


@get("/desk", name="desk")
async def index(request: PageRequest) -> Response[str]:
    kept = await restored_form(request)
    if kept.values:
        return await page(request, filter_from_form(kept), kept)
    columns = ",".join(request.query_params.getall("columns", []))
    chosen = filter_from_query({**request.query_params, "columns": columns})
    number = ticket_number(chosen.words)
    if number and (is_in_texts := await desk.sees_number(number, by=person_of(request))) is not None:
        return render.redirect(request, f"/desk/tickets/{number}{'?texts=1' * is_in_texts}#unseen")
    typed, wrong = await read_typed(chosen, by=person_of(request)) if ":" in chosen.words else (chosen, [])
    if typed != chosen:
        return render.redirect(request, address(typed))
    return await page(request, chosen, wrong=wrong, sent=whole_number(request.query_params.get("sent", "")))


async def page(
    request: PageRequest,
    chosen: DeskFilter,
    form: Form | None = None,
    *,
    sent: int | None = None,
    wrong: Sequence[str] = (),
    status: int = 200,
) -> Response[str]:
    """`sent` is the number of a ticket that was just sent; `wrong` holds typed filters that were not understood."""
    me, at = person_of(request), now()
    choices = await filter_choices(me, chosen)
    look = look_of(chosen, choices)
    found, counts = await asyncio.gather(
        desk.page(replace(chosen, columns=look.columns), by=me, at=at), desk.counts(me, at=at)
    )
    here = address(first_page(chosen))
    context = {
        "sent": sent,
        "wrong": wrong,
        "chips": chips(chosen, choices),
        "ceiling": await chat_queue.ceiling_reached(me) if chosen.view == "chats" else None,
        "first": here,
        "here": here.partition("?")[2],
        "here_with_columns": address(first_page(chosen, columns=look.columns)).partition("?")[2],
        "view_form": form if form and form.noun == "views" else None,
        "bulk_form": form if form and form.noun == "bulk" else None,
        **navigation_of(chosen, choices, counts, me),
        "is_folded": is_folded(request),
        **_rows(found, chosen, look, me, at),
        "moved": request.query_params.get("look", ""),
        **_filter(chosen, choices),
        "assignees": assignees(_of_kind(choices, "agent"), away(choices, at)),
    }
    return render.page(request, "desk/index.html", context, block="list", status=status)


def _rows(found: Listing[DeskTicket], chosen: DeskFilter, look: Look, me: Actor, at: datetime) -> dict[str, object]:
    columns, known = look.columns, desk_rows.columns_of(chosen.category)
    return {
        "rows": [desk_rows.row(each, me, at, columns) for each in found.rows],
        "heads": heads(chosen, columns),
        "columns": [(name, known[name]) for name in dict.fromkeys((*columns, *known))],
        "look": look,
        "most_columns": desk_rows.MOST_COLUMNS,
        "is_cut": found.is_cut,
        **pages(chosen, found),
        "since": _since(chosen, found, at),
        "arrived": 0,
    }


def _since(chosen: DeskFilter, found: Listing[DeskTicket], at: datetime) -> str:
    """The last change that the first page shows, from which it is told about newer ones."""
    if chosen.is_search or chosen.after or chosen.before:
        return ""
    return last_change(found.rows if order_of(chosen) == LATEST_FIRST else [], at)


def _filter(chosen: DeskFilter, choices: list[Choice]) -> dict[str, object]:
    return {
        "chosen": chosen,
        "is_narrowed": first_page(chosen, sort="newest", columns=()) != DeskFilter(view=chosen.view),
        "sorts": desk_rows.SORTS,
        "choices": {kind: _of_kind(choices, kind) for kind in _CHOICES} | {"macro": _macros(choices)},
        "past": {kind: _of_kind(choices, f"past_{kind}") for kind in ("category", "team", "agent")},
        "topics": [each for each in choices if each.kind in ("topic", "past_topic")],
        "channels": CHANNELS,
        "statuses": desk_statuses(settings().preset),
        "methods": METHODS,
        "updated": UPDATED,
        "field_filters": _field_filters(chosen),
    }


def _field_filters(chosen: DeskFilter) -> list[FieldFilter]:
    """The field filters that a list of the chosen category offers, with their values."""
    found = {each.field: each for each in chosen.fields}
    return [found.get(each, FieldFilter(each)) for each in filterable(chosen.category)]


def _of_kind(choices: list[Choice], kind: str) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in choices if each.kind == kind]


def _macros(choices: list[Choice]) -> Folders:
    """The canned replies that also move the ticket."""
    return folders(each for each in choices if each.more != "reply")


_CHOICES = ("category", "team", "agent", "requester", "organization")

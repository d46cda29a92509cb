"""Blocks that open pages of the desk request again: presence, news of a ticket, lists and their counts."""

import asyncio

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.live import list_changes
from web.pages.desk.lists import addresses
from web.pages.desk.lists.collapsed_navigation import is_folded
from web.pages.desk.lists.navigation import navigation_of
from web.pages.shell import render
from web.pages.shell.dependencies import note_read, person_of
from web.pages.shell.paging import place_of, whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.tickets.conversation import Line, line
from web.pages.words.tickets.desk_conversation import news_text
from web.people.permissions import Actor
from web.tickets.life.chats import is_chat
from web.tickets.lists import chat_queue, desk, sidebar
from web.tickets.lists.choices import filter_choices
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.lists.presence import note_visit
from web.tickets.lists.sidebar import Viewer
from web.tickets.record import conversation
from web.tickets.record.conversation import Entry
from web.tickets.record.ticket import TicketDetails


@get("/desk/tickets/{number:int}/presence", name="desk_presence")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Presence and news of a ticket, which an open page requests when either changes."""
    me, at, seen = person_of(request), now(), whole_number(request.query_params.get("seen", "")) or 0
    if not render.is_swap(request):
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    await note_visit(ticket, by=me, at=at, has_read=is_chat(ticket))
    if is_chat(ticket):
        await note_read(request, ticket)
    viewers, since = await sidebar.viewers(ticket, by=me, at=at), await conversation.news(ticket, seen, by=me)
    context = {"ticket": ticket, "seen": seen, "viewers": viewers, **told(since), "fresh": _said(ticket, since, me)}
    return render.news(request, "desk/tickets/show.html", context, block="presence", shown=shown(viewers, since))


@get("/desk/news", name="desk_news")
async def show_arrived(request: PageRequest) -> Response[str]:
    """How many tickets of the list have changed since it was shown."""
    me, query = person_of(request), request.query_params
    chosen, since = addresses.filter_from_query(query), place_of(query.get("since", ""))
    if not render.is_swap(request) or not isinstance(since, tuple):
        return render.redirect(request, addresses.address(chosen))
    arrived = await list_changes.of_desk(chosen, since, by=me, at=now())
    context = {"first": addresses.address(chosen), "since": query["since"], "arrived": arrived}
    return render.news(request, "desk/index.html", context, block="arrived", shown=str(arrived))


@get("/desk/navigation", name="desk_navigation")
async def show_navigation(request: PageRequest) -> Response[str]:
    """The navigation with the number of tickets in each list."""
    me, chosen = person_of(request), addresses.filter_from_query(request.query_params)
    if not render.is_swap(request):
        return render.redirect(request, addresses.address(chosen))
    choices, counts = await asyncio.gather(filter_choices(me), desk.counts(me, at=now()))
    here = addresses.address(chosen).partition("?")[2]
    context = {"here": here, "is_folded": is_folded(request), **navigation_of(chosen, choices, counts, me)}
    return render.news(request, "desk/index.html", context, block="navigation", shown=str(context["navigation_shown"]))


@get("/desk/chats", name="calling_chats")
async def show_calling(request: PageRequest) -> Response[str]:
    """How many chats wait, for agents who chose to be alerted."""
    if not render.is_swap(request):
        return render.redirect(request, addresses.address(DeskFilter(view="chats")))
    number = await chat_queue.calling(person_of(request), at=now())
    return render.news(request, "layout.html", {"calling": number}, block="calling", shown=str(number))


def shown(viewers: list[Viewer], since: list[Entry]) -> str:
    return render.fingerprint((viewers, [each.id for each in since]))


def sentences(since: list[Entry]) -> list[str]:
    """Actions of others: "Davi respondeu há 1 min"."""
    return [news_text(each, now()) for each in since]


def told(since: list[Entry]) -> dict[str, object]:
    return {"news": sentences(since), "first_new": since[0].id if since else 0, "fresh": []}


def _said(ticket: TicketDetails, since: list[Entry], me: Actor) -> list[Line]:
    """New messages of a chat, shown below the text being written."""
    return [line(each, me) for each in since if each.body is not None] if is_chat(ticket) else []

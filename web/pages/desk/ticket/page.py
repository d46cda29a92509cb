"""The ticket page of the desk: conversation, sidebar, and every move that this agent may make now."""

from datetime import datetime
from functools import partial

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.authoring import from_tickets, uses
from web.clock import now
from web.notifications import tracking
from web.pages.desk import news
from web.pages.desk.ticket.forms import forms_of_page, of_kind, properties_offered
from web.pages.shell import remote_images, render
from web.pages.shell.dependencies import note_read, person_of
from web.pages.shell.form import Form
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.labels import ALERTS
from web.pages.words.people import assignees
from web.pages.words.settings.desk import Preview, preview_of
from web.pages.words.tickets import delivery, desk_conversation
from web.pages.words.tickets.conversation import Chip, desk_chip
from web.pages.words.tickets.held import due_choices, held_lines
from web.pages.words.tickets.next_step import lapse
from web.pages.words.tickets.recipients import addressees
from web.people.permissions import Actor
from web.tickets.actions import canned_replies
from web.tickets.actions.placeholders import values_of
from web.tickets.life.moves import REPLY
from web.tickets.life.states import Status
from web.tickets.life.workflows import state_of, workflow
from web.tickets.lists import sidebar
from web.tickets.lists.choices import Choice, away, form_choices
from web.tickets.lists.composing import Composing
from web.tickets.lists.presence import note_visit
from web.tickets.lists.sidebar import OtherTicket, Sidebar
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails


@get("/desk/tickets/{number:int}", name="desk_ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if ticket.status is Status.DRAFT:
        return render.redirect(request, f"/tickets/{ticket.number}")
    await note_read(request, ticket)
    return remote_images.allowing(request, await page(request, ticket, await restored_form(request)))


@get("/desk/tickets/{number:int}/reply", name="desk_reply")
async def reply(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """The reply box in a window of its own, as long as a reply is allowed."""
    if ticket.status is Status.DRAFT or not REPLY.is_open(ticket, person_of(request)):
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    return await page(request, ticket, await restored_form(request), template="desk/tickets/reply.html")


async def page(
    request: PageRequest,
    ticket: TicketDetails,
    form: Form,
    *,
    status: int = 200,
    template: str = "desk/tickets/show.html",
    block: str = "ticket",
) -> Response[str]:
    me, at = person_of(request), now()
    if form.is_overtaken:
        form.news = news.sentences(await conversation.news(ticket, form.number("seen") or 0, by=me))
    choices = await form_choices(me)
    aside = await sidebar.sidebar_of(ticket, new_requester=form.of("correction").text("requester"), by=me, at=at)
    await note_visit(ticket, by=me, at=at, has_read=True)
    context = {
        "ticket": ticket,
        "alerts": ALERTS,
        "chip": desk_chip(ticket.state, ticket.workflow, ticket.resolution),
        "lapse": lapse(ticket.state, ticket),
        "texts": _texts_address(request, ticket),
        **await _conversation(request, ticket, form, choices, aside.visited, me),
        **_sidebar(aside),
        **_waiting(request, aside.composing, me),
        **forms_of_page(request, ticket, form, choices, aside.unsent),
        **await _articles(ticket, form, me),
        "preview": await _preview(ticket, form, of_kind(choices, "team"), me),
        **properties_offered(ticket, choices, assignees(of_kind(choices, "agent"), away(choices, at))),
    }
    return render.page(request, template, context, block=block, status=status)


async def _preview(ticket: TicketDetails, sent: Form, teams: list[tuple[int, str]], me: Actor) -> Preview | None:
    """Preview of a macro before it is applied."""
    if sent.noun != "macros" or sent.errors or not sent.is_checked("preview"):
        return None
    found = await canned_replies.find(sent.number("macro"), field="macro", by=me)
    return preview_of(found, values_of(ticket, me), dict(teams))


async def _conversation(
    request: PageRequest, ticket: TicketDetails, sent: Form, choices: list[Choice], visited: datetime | None, me: Actor
) -> dict[str, object]:
    before = whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(
        ticket, by=me, before=before, with_merged=True, beside=tracking.sendings_in_sql()
    )
    told = delivery.told(each for entry in entries for each in tracking.read(entry.beside))
    entries = await remote_images.with_pictures(request, entries)
    names = {-each.id if each.kind == "agent" else each.id: each.name for each in choices if each.kind in _NAMED}
    lines = [desk_conversation.desk_line(entry, ticket, me, names, told) for entry in entries]
    return {
        "runs": desk_conversation.runs_of(lines),
        "first": entries[0].id if entries else 0,
        "unread": desk_conversation.unread_from(entries, visited, me),
        "done": None if sent or before else desk_conversation.done_of(entries, lines, me, now()),
        "earlier": earlier,
        "images": remote_images.address(before),
        "seen": entries[-1].id if entries else 0,
        **news.told([]),
        "wrote": desk_conversation.wrote_meanwhile(ticket, entries),
    }


async def _articles(ticket: TicketDetails, sent: Form, me: Actor) -> dict[str, object]:
    """Articles found for a reply, and whether one can be started from the ticket."""
    is_sought = sent.noun == "replies" and sent.is_checked("find")
    return {
        "sought": sent.line("sought") if is_sought else "",
        "found": await uses.offered(sent.line("sought"), ticket, at=now()) if is_sought else [],
        "may_begin_article": await from_tickets.may_begin(ticket, by=me),
    }


def _sidebar(aside: Sidebar) -> dict[str, object]:
    return {
        "sidebar": aside,
        "viewers": aside.viewers,
        "shown": news.shown(aside.viewers, []),
        "addressees": addressees(aside.composing.readers),
        "chips": {each.number: _chip(each) for each in (*aside.links, *aside.others)},
        "kinship": desk_conversation.link_words,
    }


def _waiting(request: PageRequest, composing: Composing, me: Actor) -> dict[str, object]:
    """The held replies, and when a new one can be sent. `?was=` names one that was held a moment ago."""
    at, was = now(), whole_number(request.query_params.get("was", ""))
    return {
        "waiting": held_lines(composing.waiting, me, at),
        "is_first_look": was is None,
        "has_gone": was is not None and was not in {each.id for each in composing.waiting},
        "holds": composing.holds,
        "due_choices": partial(due_choices, composing.calendar, at),
    }


_NAMED = ("team", "agent")


def _texts_address(request: PageRequest, ticket: TicketDetails) -> str:
    """The search for tickets that mention this number, for somebody who came here by searching it."""
    if "texts" not in request.query_params:
        return ""
    return render.with_query("/desk", view="all", q=f'"{ticket.number}"')


def _chip(row: OtherTicket) -> Chip:
    return desk_chip(state_of(row.status, row.wait, row.assignee), workflow(row.workflow), row.resolution)

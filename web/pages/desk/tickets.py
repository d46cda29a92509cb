"""One ticket on the desk: its conversation, whose it is, and every move that this agent may make now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Overtaken
from web.pages.shell import forms, render
from web.pages.shell.forms import Form
from web.pages.shell.paging import number_of
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import desk_conversation
from web.pages.words.conversation import Chip, canonical_chip
from web.pages.words.labels import CHANNELS, METHODS, WAITS
from web.pages.words.next_step import lapse
from web.people.permissions import Actor
from web.tickets.actions import macros
from web.tickets.life.moves import REJECTION, available
from web.tickets.life.states import Status
from web.tickets.life.workflows import state_of
from web.tickets.lists import sidebar
from web.tickets.lists.presence import note_visit, save_unsent
from web.tickets.lists.sidebar import Sidebar
from web.tickets.record import conversation
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.record.transition import unless_overtaken


class Turn(TypedDict):
    """What every move is made with."""

    by: Actor
    at: datetime
    key: str | None


class Inserted(Exception):
    """Nothing is sent: the form is shown again, with this in place of its text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass
class Sent:
    """The form that is shown again, by its noun; `news` is what happened since the page was shown."""

    noun: str = ""
    form: Form = field(default_factory=Form)
    news: list[str] = field(default_factory=list)

    def of(self, noun: str) -> Form | None:
        return self.form if noun == self.noun else None


@get("/desk/tickets/{number:int}", name="desk_ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if ticket.status is Status.DRAFT:
        return render.redirect(request, f"/tickets/{ticket.number}")
    kept = await forms.restored_form(request)
    return await page(request, ticket, Sent(kept.noun or "replies", kept) if kept.values else Sent())


@get("/desk/tickets/{number:int}/presence", name="desk_presence")
async def presence(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Who else has it open, and what was done since the page was shown; asked for now and then by an open page."""
    me, at, seen = person_of(request), now(), number_of(request.query_params.get("seen", "")) or 0
    if not render.is_swap(request):
        return render.redirect(request, f"/desk/tickets/{ticket.number}")
    await note_visit(ticket, by=me, at=at)
    context = {
        "ticket": ticket,
        "seen": seen,
        "viewers": await sidebar.viewers(ticket, by=me, at=at),
        "news": await _news(ticket, seen, me),
    }
    return render.page(request, "desk/tickets/show.html", context, block="presence")


async def act(
    request: PageRequest, ticket: TicketDetails, noun: str, move: Callable[[Form, Turn], Awaitable[MoveResult]]
) -> Response[str]:
    """A move by one of the page's forms; whatever is refused comes back with the text in it."""
    form, me = await forms.read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await page(request, ticket, Sent(noun, form), status=form.status)
    try:
        async with unless_overtaken(ticket, form.number("seen"), by=me):
            made = await move(form, Turn(by=me, at=now(), key=form.key))
    except Inserted as inserted:
        form.values["body"] = [inserted.text]
        return await page(request, ticket, Sent(noun, form))
    except Invalid as error:
        return await page(request, ticket, Sent(noun, form.wrong(error)), status=422)
    except Overtaken:
        ticket = await find_ticket(ticket.number, by=me)
        return await page(
            request, ticket, Sent(noun, form, await _news(ticket, form.number("seen") or 0, me)), status=409
        )
    await save_unsent(ticket, noun, "", by=me, at=now())
    return await _shown(request, ticket, made)


async def page(request: PageRequest, ticket: TicketDetails, sent: Sent, *, status: int = 200) -> Response[str]:
    me, at = person_of(request), now()
    before = request.query_params.get("before", "")
    until = int(before) if before.isdecimal() and len(before) < 18 else None
    entries, earlier = await conversation.entries(ticket, by=me, before=until, with_merged=True)
    await note_visit(ticket, by=me, at=at)
    around, found = await sidebar.sidebar_of(ticket, by=me, at=at), await sidebar.choices(me)
    names = {
        -each["id"] if each["kind"] == "agent" else each["id"]: each["name"] for each in found if each["kind"] in _NAMED
    }
    may = {move.noun for move in available(ticket, me)}
    fitting = [
        (each["id"], each["name"])
        for each in found
        if each["kind"] == "canned" and each["moves"] != "reply" and macros.fits(each["moves"], may)
    ]
    shown = may | ({"macros"} if fitting else set())
    context = {
        "ticket": ticket,
        "chip": canonical_chip(ticket.state, ticket.resolution),
        "lapse": lapse(ticket.state, vars(ticket)),
        "wrote": desk_conversation.wrote_meanwhile(ticket, entries),
        "lines": [desk_conversation.desk_line(entry, ticket, me, names) for entry in entries],
        "earlier": earlier,
        "seen": entries[-1].id if entries else 0,
        "viewers": around.viewers,
        "news": [],
        "card": around,
        "chips": {each["number"]: _chip(each) for each in (*around.links, *around.others)},
        "kinship": desk_conversation.link_words,
        "choices": {kind: [(each["id"], each["name"]) for each in found if each["kind"] == kind] for kind in _CHOICES},
        "macros": fitting,
        "topics": [each for each in found if each["kind"] == "topic"],
        "may": may,
        "left_over": _left_over(sent, around, shown),
        "is_out_of_place": bool(sent.news) and not _has_form(sent.noun, shown),
        "methods": _methods(ticket, me),
        "waits": WAITS,
        "channels": CHANNELS,
        "sent": sent,
    }
    return render.page(request, "desk/tickets/show.html", context, block="ticket", status=status)


_NAMED = ("team", "agent")
_CHOICES = ("category", "team", "agent", "canned")


_MOVES = {
    "replies": "reply",
    "notes": "note",
    "questions": "question",
    "approval-requests": "approval_request",
    "assignments": "assignment",
    "waits": "wait",
    "handover": "wait",
    "links": "related",
    "remarks": "note",
}
"""The move that the form of a noun makes, where that is named otherwise; without the move the page has no form."""


def _has_form(noun: str, shown: set[str]) -> bool:
    return _MOVES.get(noun, noun) in shown


def _left_over(sent: Sent, card: Sidebar, shown: set[str]) -> dict[str, str]:
    """What was written in forms that the page no longer has, by noun."""
    written = {**card.unsent, sent.noun: sent.form.written}
    return {noun: text for noun, text in written.items() if text and not _has_form(noun, shown)}


async def _shown(request: PageRequest, ticket: TicketDetails, made: MoveResult) -> Response[str]:
    """The ticket after the move, or the lists where it has left this agent's sight."""
    try:
        after = await find_ticket(ticket.number, by=person_of(request))
    except NotFound:
        return render.redirect(request, "/desk")
    if render.is_swap(request):
        return await page(request, after, Sent())
    return render.redirect(request, f"/desk/tickets/{ticket.number}#e{made.event}")


async def _news(ticket: TicketDetails, seen: int, me: Actor) -> list[str]:
    """What others did meanwhile: "Davi respondeu há 1 min"."""
    entries, _ = await conversation.entries(ticket, by=me)
    since = [entry for entry in entries if entry.id > seen and entry.actor != me.id]
    return [desk_conversation.news_text(entry, now()) for entry in since]


def _chip(row: dict[str, Any]) -> Chip:
    return canonical_chip(state_of(row["status"], row["wait"], row["assignee"]), row["resolution"])


def _methods(ticket: TicketDetails, me: Actor) -> dict[str, str]:
    """How it may end now: what is turned away at once only before it waits."""
    turned_away = ("spam", "unknown_sender")
    may_turn_away = REJECTION.is_open(ticket, me)
    return {code: words for code, words in METHODS.items() if code not in turned_away or may_turn_away}

"""One ticket on the desk: its conversation, whose it is, and every move that this agent may make now."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.shell import render
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec, offered
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.scoping import person_of
from web.pages.shell.session import PageRequest
from web.pages.words import desk_conversation
from web.pages.words.conversation import Chip, canonical_chip
from web.pages.words.fields import labels
from web.pages.words.formats import zone_note
from web.pages.words.labels import ALERTS, CHANNELS, METHODS, WAITS
from web.pages.words.next_step import lapse
from web.people.permissions import Actor
from web.tickets.actions import macros
from web.tickets.life.moves import DUPLICATION, REJECTION, Move, available
from web.tickets.life.states import Status
from web.tickets.life.workflows import state_of
from web.tickets.lists import sidebar
from web.tickets.lists.choices import Choice, form_choices
from web.tickets.lists.presence import note_visit
from web.tickets.lists.sidebar import OtherTicket, Sidebar
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails

PAGE = "/desk/tickets/{number}"


@get("/desk/tickets/{number:int}", name="desk_ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if ticket.status is Status.DRAFT:
        return render.redirect(request, f"/tickets/{ticket.number}")
    return await page(request, ticket, await restored_form(request))


@get("/desk/tickets/{number:int}/presence", name="desk_presence")
async def presence(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Who else has it open, and what was done since the page was shown; asked for now and then by an open page."""
    me, at, seen = person_of(request), now(), whole_number(request.query_params.get("seen", "")) or 0
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


async def page(request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200) -> Response[str]:
    me, at, before = person_of(request), now(), whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(ticket, by=me, before=before, with_merged=True)
    await note_visit(ticket, by=me, at=at)
    around = await sidebar.sidebar_of(ticket, new_requester=form.of("correction").text("requester"), by=me, at=at)
    found = await form_choices()
    names = {-each.id if each.kind == "agent" else each.id: each.name for each in found if each.kind in _NAMED}
    open_moves = available(ticket, me)
    fitting = _fitting_macros(found, {move.noun for move in open_moves})
    forms = offered(request.app, PAGE, open_moves) | ({"macros"} if fitting else set())
    form.news = await _news(ticket, form.number("seen") or 0, me) if form.is_overtaken else []
    context = {
        "ticket": ticket,
        "alerts": ALERTS,
        "chip": canonical_chip(ticket.state, ticket.resolution),
        "lapse": lapse(ticket.state, ticket),
        "wrote": desk_conversation.wrote_meanwhile(ticket, entries),
        "lines": [desk_conversation.desk_line(entry, ticket, me, names) for entry in entries],
        "earlier": earlier,
        "seen": entries[-1].id if entries else 0,
        "viewers": around.viewers,
        "news": [],
        "card": around,
        "chips": {each.number: _chip(each) for each in (*around.links, *around.others)},
        "kinship": desk_conversation.link_words,
        "choices": {kind: [(each.id, each.name) for each in found if each.kind == kind] for kind in _CHOICES},
        "macros": fitting,
        "topics": [each for each in found if each.kind == "topic"],
        "forms": forms,
        "may_duplicate": DUPLICATION in open_moves,
        "left_over": _left_over(form, around, forms),
        "is_out_of_place": bool(form.news or form.errors) and form.noun not in forms,
        "methods": _methods(ticket, me),
        "waits": WAITS,
        "zone_note": zone_note(),
        "channels": CHANNELS,
        "sent": form,
        "texts": _texts_address(request, ticket),
    }
    return render.page(request, "desk/tickets/show.html", context, block="ticket", status=status)


_NAMED = ("team", "agent")
_CHOICES = ("category", "team", "agent", "canned")


def ticket_form(noun: str, move: Move | None, *fields: str, written: tuple[str, ...] = ()) -> FormSpec:
    """A form of this page; what is being written in it is kept."""
    return FormSpec(noun, PAGE, labels(*fields), written, move, after="/desk", yields=True, is_autosaved=bool(written))


def _left_over(sent: Form, card: Sidebar, forms: set[str]) -> dict[str, str]:
    """What was written in forms that the page does not have now, by noun."""
    written = {**card.unsent, sent.noun: sent.written}
    return {noun: text for noun, text in written.items() if text and noun not in forms}


def _texts_address(request: PageRequest, ticket: TicketDetails) -> str:
    """The search for texts that name the ticket, for who came here by searching its number."""
    if "texts" not in request.query_params:
        return ""
    return render.with_query("/desk", view="all", q=f'"{ticket.number}"')


def _fitting_macros(found: list[Choice], may: set[str]) -> list[tuple[int, str]]:
    return [
        (each.id, each.name)
        for each in found
        if each.kind == "canned" and each.more != "reply" and macros.fits(each.more, may)
    ]


async def _news(ticket: TicketDetails, seen: int, me: Actor) -> list[str]:
    """What others did meanwhile: "Davi respondeu há 1 min"."""
    entries, _ = await conversation.entries(ticket, by=me)
    since = [entry for entry in entries if entry.id > seen and entry.actor != me.id]
    return [desk_conversation.news_text(entry, now()) for entry in since]


def _chip(row: OtherTicket) -> Chip:
    return canonical_chip(state_of(row.status, row.wait, row.assignee), row.resolution)


def _methods(ticket: TicketDetails, me: Actor) -> dict[str, str]:
    """How it may end now: what is turned away at once only before it waits."""
    turned_away = ("spam", "unknown_sender")
    may_turn_away = REJECTION.is_open(ticket, me)
    return {code: words for code, words in METHODS.items() if code not in turned_away or may_turn_away}

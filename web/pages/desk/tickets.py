"""One ticket on the desk: its conversation, its sidebar, and every move that this agent may make now."""

from functools import partial

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.authoring import from_tickets, uses
from web.clock import now
from web.notifications import tracking
from web.pages.desk import news
from web.pages.shell import outside, render
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec, offered
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.scoping import note_read, person_of
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.formats import zone_note
from web.pages.words.labels import ALERTS, CHANNELS, ENDED, MERGED, METHODS, WAITS
from web.pages.words.people import assignees
from web.pages.words.settings.desk import Preview, preview_of
from web.pages.words.tickets import desk_conversation, sendings
from web.pages.words.tickets.conversation import Chip, desk_chip
from web.pages.words.tickets.held import due_choices, held_lines
from web.pages.words.tickets.next_step import lapse
from web.pages.words.tickets.readers import addressees
from web.people.agents import absences
from web.people.permissions import Actor
from web.tickets.actions import canned, macros
from web.tickets.actions.places import values_of
from web.tickets.actions.subject.fields import editable
from web.tickets.actions.subject.properties import properties_of
from web.tickets.fields import catalog
from web.tickets.fields.field import due
from web.tickets.life.moves import DUPLICATION, REJECTION, REPLY, Move, available
from web.tickets.life.states import Status
from web.tickets.life.workflows import state_of, workflow
from web.tickets.lists import sidebar
from web.tickets.lists.choices import Choice, Folders, folders, form_choices
from web.tickets.lists.composing import Composing
from web.tickets.lists.presence import note_visit
from web.tickets.lists.sidebar import OtherTicket, Sidebar
from web.tickets.record import conversation
from web.tickets.record.ticket import TicketDetails

PAGE = "/desk/tickets/{number}"


@get("/desk/tickets/{number:int}", name="desk_ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if ticket.status is Status.DRAFT:
        return render.redirect(request, f"/tickets/{ticket.number}")
    await note_read(request, ticket)
    return outside.allowing(request, await page(request, ticket, await restored_form(request)))


@get("/desk/tickets/{number:int}/reply", name="desk_reply")
async def reply(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """The box of the reply in a window of its own, as long as one may reply."""
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
        form.news = news.told(await conversation.news(ticket, form.number("seen") or 0, by=me))["news"]
    choices = await form_choices(me)
    await note_visit(ticket, by=me, at=at)
    aside = await sidebar.sidebar_of(ticket, new_requester=form.of("correction").text("requester"), by=me, at=at)
    context = {
        "ticket": ticket,
        "alerts": ALERTS,
        "chip": desk_chip(ticket.state, ticket.workflow, ticket.resolution),
        "lapse": lapse(ticket.state, ticket),
        "texts": _texts_address(request, ticket),
        **await _conversation(request, ticket, form, choices, me),
        **_sidebar(aside),
        **_waiting(request, aside.composing, me),
        **_forms(request, ticket, form, choices, aside.unsent),
        **await _articles(ticket, form, me),
        "preview": await _preview(ticket, form, _of_kind(choices, "team"), me),
        **_own(ticket, choices, assignees(_of_kind(choices, "agent"), await absences.under_way(at))),
    }
    return render.page(request, template, context, block=block, status=status)


async def _preview(ticket: TicketDetails, sent: Form, teams: list[tuple[int, str]], me: Actor) -> Preview | None:
    """What a macro would do, for whoever asks before it is applied."""
    if sent.noun != "macros" or sent.errors or not sent.is_checked("preview"):
        return None
    found = await canned.find_canned(sent.number("macro"), field="macro", by=me)
    return preview_of(found, values_of(ticket, me), dict(teams))


async def _conversation(
    request: PageRequest, ticket: TicketDetails, sent: Form, choices: list[Choice], me: Actor
) -> dict[str, object]:
    before = whole_number(request.query_params.get("before", ""))
    entries, earlier = await conversation.entries(ticket, by=me, before=before, with_merged=True)
    entries = await outside.with_pictures(request, entries)
    told = sendings.told(await tracking.sendings(entry.id for entry in entries if entry.body is not None))
    names = {-each.id if each.kind == "agent" else each.id: each.name for each in choices if each.kind in _NAMED}
    lines = [desk_conversation.desk_line(entry, ticket, me, names, told) for entry in entries]
    return {
        "lines": lines,
        "done": None if sent or before else desk_conversation.done_of(entries, lines, me, now()),
        "earlier": earlier,
        "images": outside.address(before),
        "seen": entries[-1].id if entries else 0,
        **news.told([]),
        "wrote": desk_conversation.wrote_meanwhile(ticket, entries),
    }


async def _articles(ticket: TicketDetails, sent: Form, me: Actor) -> dict[str, object]:
    """Those found for a reply, and whether one may be begun from the ticket."""
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
    """What waits to be sent, and when what is written now may go. `?was=` names one that waited a moment ago."""
    at, was = now(), whole_number(request.query_params.get("was", ""))
    return {
        "waiting": held_lines(composing.waiting, me, at),
        "is_first_look": was is None,
        "has_gone": was is not None and was not in {each.id for each in composing.waiting},
        "holds": composing.holds,
        "due_choices": partial(due_choices, composing.calendar, at),
    }


def _forms(
    request: PageRequest, ticket: TicketDetails, sent: Form, choices: list[Choice], unsent: dict[str, str]
) -> dict[str, object]:
    me = person_of(request)
    open_moves = available(ticket, me)
    macros_offered = _fitting_macros(choices, {move.noun for move in open_moves})
    forms = offered(request.app, PAGE, open_moves) | ({"macros"} if macros_offered else set())
    return {
        "sent": sent,
        "forms": forms,
        "may_duplicate": DUPLICATION in open_moves,
        "unsendable": _unsendable(sent, unsent, forms),
        "is_no_longer_offered": bool(sent.news or sent.errors) and sent.noun not in forms,
        "macros": macros_offered,
        "canned": folders(choices),
        "choices": {kind: _of_kind(choices, kind) for kind in _CHOICES},
        "topics": [each for each in choices if each.kind == "topic"],
        "methods": _methods(ticket, me),
        **_fields(ticket, me),
        "ended": ENDED,
        "waits": WAITS,
        "zone_note": zone_note(),
        "channels": CHANNELS,
    }


def _own(ticket: TicketDetails, choices: list[Choice], agents: list[tuple[int, str]]) -> dict[str, object]:
    """What its properties are chosen from: what is offered to all, and what it has."""
    has = properties_of(ticket)
    return {
        "has": has,
        "holders": _with(agents, has.assignee, ticket.assignee_name or ticket.offered_name),
        "teams": _with(_of_kind(choices, "team"), ticket.team, ticket.team_name),
        "categories": _with(_of_kind(choices, "category"), ticket.category, ticket.category_name),
    }


def _with(rows: list[tuple[int, str]], one: int | None, name: str | None) -> list[tuple[int, str]]:
    return rows if one is None or one in dict(rows) else [(one, name or ""), *rows]


def _fields(ticket: TicketDetails, me: Actor) -> dict[str, object]:
    """What it has in fields, what may be corrected, and what is asked when it is resolved."""
    kept = {each.field.id: each.values for each in ticket.fields}
    asked = due(catalog.of_category(ticket.category), kept, topic=ticket.topic, by=me)
    return {
        "kept": kept,
        "editable": dict.fromkeys(editable(ticket), False),
        "edit_ids": {each.name: f"edit-{each.name}" for each in editable(ticket)},
        "due": asked,
        "lacking": [each.label for each in asked if each.is_required and not kept.get(each.id)],
    }


_NAMED = ("team", "agent")
_CHOICES = ("category", "team")


def ticket_form(noun: str, move: Move | None, *fields: str, written: tuple[str, ...] = ()) -> FormSpec:
    """A form of this page. Its texts are kept while they are written."""
    return FormSpec(noun, PAGE, labels(*fields), written, move, after="/desk", yields=True, is_autosaved=bool(written))


def _unsendable(sent: Form, unsent: dict[str, str], forms: set[str]) -> dict[str, str]:
    """The texts of forms that the page no longer offers, by noun."""
    written = {**unsent, sent.noun: sent.written}
    return {noun: text for noun, text in written.items() if text and noun not in forms}


def _of_kind(choices: list[Choice], kind: str) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in choices if each.kind == kind]


def _texts_address(request: PageRequest, ticket: TicketDetails) -> str:
    """The search for texts that name the ticket, for somebody who came here by searching its number."""
    if "texts" not in request.query_params:
        return ""
    return render.with_query("/desk", view="all", q=f'"{ticket.number}"')


def _fitting_macros(found: list[Choice], may: set[str]) -> Folders:
    return folders(each for each in found if each.more != "reply" and macros.fits(each.more, may))


def _chip(row: OtherTicket) -> Chip:
    return desk_chip(state_of(row.status, row.wait, row.assignee), workflow(row.workflow), row.resolution)


def _methods(ticket: TicketDetails, me: Actor) -> dict[str, str]:
    """The methods by which it may end now. Those that close it at once are rejections."""
    rejections = ("spam", "unknown_sender")
    may_reject = REJECTION.is_open(ticket, me)
    return {code: words for code, words in (METHODS | MERGED).items() if code not in rejections or may_reject}

"""A ticket as the customer's side sees it."""

from dataclasses import dataclass
from datetime import datetime

from litestar import get
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.portal import requests
from web.pages.portal.lists import scopes
from web.pages.shell import remote_images, render
from web.pages.shell.dependencies import note_read, person_of
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec, offered
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.ticket_forms import verdicts_open
from web.pages.words import confirmations
from web.pages.words.fields import labels
from web.pages.words.labels import BY_CHANNEL, CHANNELS, LINKS, SCORES
from web.pages.words.tickets.conversation import Line, chip_of, line, news_text, solution, step_of
from web.pages.words.tickets.deadlines import solution_text
from web.pages.words.tickets.next_step import how_to_reply
from web.people.permissions import Actor
from web.tickets.life.moves import FOLLOW_UP, PARTICIPATION, RATING, THANKS, Move, available
from web.tickets.life.rights import EDITABLE, may_edit, may_remove, speaks_for_requester
from web.tickets.life.states import Status
from web.tickets.record import conversation
from web.tickets.record.ticket import Copy, TicketDetails

PAGE = "/tickets/{number}"
_WHOLE = 1_000
"""How many entries a printed conversation shows."""


@get("/tickets/{number:int}", name="ticket")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Shows the ticket, or the form of a draft."""
    form = await restored_form(request)
    if ticket.status is Status.DRAFT:
        return await requests.page(request, form, ticket=ticket)
    await note_read(request, ticket)
    return remote_images.allowing(request, await page(request, ticket, form))


@get("/tickets/{number:int}/news", name="ticket_news")
async def show_news(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Actions of others since the page was shown. An open page asks for them after a change."""
    me, seen = person_of(request), whole_number(request.query_params.get("seen", "")) or 0
    if not render.is_swap(request):
        return render.redirect(request, f"/tickets/{ticket.number}")
    since = await conversation.news(ticket, seen, by=me)
    told = {"news": news_text(since, me, now()), "first_new": since[0].id if since else 0}
    context = {"ticket": ticket, "seen": seen, "chip": chip_of(ticket, me), "is_news": True, **told}
    shown = render.fingerprint((len(since), context["chip"]))
    return render.news(request, "portal/tickets/show.html", context, block="news", shown=shown)


async def page(request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200) -> Response[str]:
    talk, moves = await talk_of(request, ticket), moves_of(request, ticket, form, base="/tickets")
    context = context_of(request, ticket, talk, moves)
    return render.page(request, "portal/tickets/show.html", context, block="ticket", status=status)


@dataclass(frozen=True)
class Talk:
    """The conversation as a page shows it; `seen` is its last event."""

    lines: list[Line]
    origins: dict[int, int]
    solution: Line | None
    earlier: bool
    seen: int
    images: str


@dataclass(frozen=True)
class Moves:
    """The moves open to the reader, and the form that was refused; `base` is the address of the forms."""

    base: str
    forms: set[str]
    asked: set[str]
    may_follow: bool
    may_thank: bool
    may_rate: bool
    editable_until: datetime | None
    how_to_reply: str
    removable: list[Copy]
    sees_as_copy: bool
    form: Form
    told: str
    unsent: Form
    """What was sent and can no longer be taken."""


def context_of(request: PageRequest, ticket: TicketDetails, talk: Talk, moves: Moves) -> dict[str, object]:
    """The context of pages with a conversation."""
    me, chip = person_of(request), chip_of(ticket, person_of(request))
    return {
        **vars(talk),
        **vars(moves),
        "ticket": ticket,
        "chip": chip,
        "step": step_of(ticket, me, now()),
        "solution_target": solution_text(ticket, me),
        "shown": render.fingerprint((0, chip)),
        "news": [],
        "is_news": False,
        "shows_log": ticket.workflow.shows_log or me.is_agent,
        "channels": CHANNELS,
        "by_channel": BY_CHANNEL,
        "links": LINKS,
        "scores": SCORES,
        "confirmation": _confirmation(request, ticket),
        "texts": render.with_query("/tickets", scope=scopes(me)[0], q=f'"{ticket.number}"')
        if "texts" in request.query_params
        else "",
    }


async def talk_of(request: PageRequest, ticket: TicketDetails, since: int = 0) -> Talk:
    """The conversation after event `since`, up to the event that the address names."""
    me, before = person_of(request), whole_number(request.query_params.get("before", ""))
    limit = _WHOLE if "whole" in request.query_params else None
    entries, earlier = await conversation.entries(
        ticket, by=me, before=before, since=since, with_merged=not since, limit=limit
    )
    entries = await remote_images.with_pictures(request, entries)
    lines = [line(entry, me) for entry in entries]
    return Talk(
        lines=lines,
        origins={entry.id: entry.ticket for entry in entries if entry.ticket != ticket.number},
        solution=solution(entries, lines, ticket.number),
        earlier=earlier,
        seen=0 if before or not entries else entries[-1].id,
        images=remote_images.address(before),
    )


def moves_of(request: PageRequest, ticket: TicketDetails, form: Form, *, base: str) -> Moves:
    me = person_of(request)
    open_moves = available(ticket, me)
    may_rate = _may_rate(ticket, me, now())
    is_offered = may_rate if form.spec.move is RATING else form.spec.move in open_moves
    return Moves(
        base=base,
        forms=offered(request.app, f"{base}/{{number}}", open_moves),
        asked=verdicts_open(ticket, me),
        may_follow=FOLLOW_UP in open_moves,
        may_thank=THANKS in open_moves,
        may_rate=may_rate,
        editable_until=ticket.rating.at + EDITABLE if ticket.rating else None,
        how_to_reply=how_to_reply(ticket, me),
        removable=_removable(ticket, me),
        sees_as_copy=not me.is_agent and not speaks_for_requester(me, ticket),
        form=form,
        told=confirmations.MOVED.get(form.done or request.query_params.get("done", ""), ""),
        unsent=Form() if is_offered else form,
    )


def ticket_form(noun: str, move: Move, *fields: str, written: tuple[str, ...] = (), of: str = "") -> FormSpec:
    """A form of this page."""
    return FormSpec(noun, PAGE, labels(*fields, of=of or noun), written, move, after="/tickets", is_told=True)


def _may_rate(ticket: TicketDetails, me: Actor, now: datetime) -> bool:
    """Whether a rating given now would be accepted."""
    return RATING.is_open(ticket, me) and (ticket.rating is None or may_edit(ticket.rating.at, now))


def _removable(ticket: TicketDetails, me: Actor) -> list[Copy]:
    """People in copy whom this reader may remove."""
    if not PARTICIPATION.is_open(ticket, me):
        return []
    return [each for each in ticket.copied if may_remove(me, ticket, person=each.person, added_by=each.added_by)]


def _confirmation(request: PageRequest, ticket: TicketDetails) -> str:
    if request.query_params.get("sent") == "1":
        return confirmations.SUBMITTED.format(number=ticket.number)
    return ""

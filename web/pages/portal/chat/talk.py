"""An open chat and its end: the moves of any ticket, on a page of its own."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.portal.tickets import context_of, moves_of, talk_of
from web.pages.shell import render
from web.pages.shell.dependencies import note_read, person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.ticket_forms import TICKET_FORMS, moving
from web.pages.words.tickets.chats import standing
from web.pages.words.tickets.conversation import chip_of, step_of
from web.tickets.life.chats import OPEN, is_chat
from web.tickets.life.moves import REPLY
from web.tickets.life.states import Channel
from web.tickets.lists import presence
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import chats

BASE = "/chat"
PAGE = "/chat/{number}"
TEMPLATE = "portal/chat/show.html"


@get("/chat/{number:int}", name="chat_talk")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if not is_chat(ticket):
        return render.redirect(request, f"/tickets/{ticket.number}")
    await note_read(request, ticket)
    return await page(request, ticket, await restored_form(request))


@get("/chat/{number:int}/news", name="chat_news")
async def show_news(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """New messages since the page was shown, who is writing, and the open questions."""
    if not render.is_swap(request):
        return render.redirect(request, f"{BASE}/{ticket.number}")
    await note_read(request, ticket)
    seen = whole_number(request.query_params.get("seen", "")) or 0
    context = await _context(request, ticket, Form(), seen=seen)
    return render.news(request, TEMPLATE, context, block="news", shown=str(context["shown"]))


@post("/chat/{number:int}/unsent", name="chat_unsent", status_code=204, form=FormSpec("unsent", PAGE))
async def write(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> None:
    """Notes that somebody is writing, or has stopped. The text itself is not sent."""
    form = await read_form(request)
    if REPLY.is_open(ticket, person_of(request)):
        begun = "…" if form.is_checked("writes") else ""
        await presence.save_unsent(ticket, "replies", begun, by=person_of(request), at=now())


async def page(request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200) -> Response[str]:
    return render.page(request, TEMPLATE, await _context(request, ticket, form), block="ticket", status=status)


async def _context(
    request: PageRequest, ticket: TicketDetails, form: Form, *, seen: int | None = None
) -> dict[str, object]:
    """The context of the page. Messages after event `seen` are shown as news."""
    me, at = person_of(request), now()
    await presence.note_visit(ticket, by=me, at=at, has_read=True)
    since = seen if seen and ticket.status in OPEN else 0  # a solution is named, whenever it was written
    talk, moves = await talk_of(request, ticket, since), moves_of(request, ticket, form, base=BASE)
    waits, is_ended = await chats.ahead(ticket), "replies" not in moves.forms
    attended = await chats.attendance() if is_ended or waits is not None else None
    step = step_of(ticket, me, at)
    if waits is not None:
        step = standing(ticket, waits, attended.calendar if attended else None, at)
    writing = await presence.writing(ticket, by=me, at=at)
    fresh = [each for each in talk.lines if each.id > seen] if seen else []
    told = (chip_of(ticket, me), writing, step, sorted(moves.forms), moves.may_rate)
    return {
        **context_of(request, ticket, talk, moves),
        "step": step,
        "may_begin": attended is not None and is_ended,
        "waits": waits is not None,
        "writing": writing,
        "fresh": fresh,
        "seen": seen or talk.seen,
        "is_news": bool(seen),
        "shown": render.fingerprint(([each.id for each in fresh], *told)),
    }


ANSWERING = moving(BASE, "chat_", page, TICKET_FORMS, way=Channel.CHAT)

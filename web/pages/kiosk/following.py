"""Follows one ticket by its number and code, at a kiosk or anywhere: read, reply, rate. Nothing else is visible."""

from dataclasses import replace

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import Response
from litestar.types import ASGIApp

from web.clock import now
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted, Overtaken, Throttled, refuse
from web.http.downloads import UNCOMPRESSED
from web.http.security import network_of
from web.kiosks import codes, streams, visits
from web.live import topics
from web.live.streams import Stream
from web.pages import streaming
from web.pages.kiosk import device
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import left_by
from web.pages.ticket_forms import TICKET_FORMS, verdicts_open
from web.pages.words.fields import labels
from web.pages.words.labels import SCORES
from web.pages.words.tickets.chats import standing
from web.pages.words.tickets.conversation import chip_of, line, step_of
from web.pages.words.tickets.next_step import Step, how_to_reply
from web.people.permissions import Actor
from web.tickets.life.chats import is_chat
from web.tickets.life.moves import OBJECTION, REPLY, available
from web.tickets.life.states import Channel, Status, Wait
from web.tickets.lists import presence
from web.tickets.record import conversation
from web.tickets.record.events import Stamp
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import chats

ASK = "/follow"
PAGE = "/follow/ticket"


@get(ASK, name="follow")
async def ask(request: PageRequest) -> Response[str]:
    answer = asked(request, Form())
    return device.forget_visitor(answer) if "over" in request.query_params else answer


@post(ASK, name="follow_ticket", status_code=303, form=FormSpec("follow", ASK, labels("number", "code")))
async def check(request: PageRequest) -> Response[str]:
    found = await begin(request, await read_form(request, is_public=True))
    return found if isinstance(found, Response) else device.keep_visit(render.redirect(request, PAGE), found)


async def begin(request: PageRequest, form: Form) -> str | Response[str]:
    """The token of a visit that follows the ticket with this number and code, or the page with errors."""
    kiosk = device.kiosk_here(request)
    number = whole_number("".join(each for each in form.line("number") if each.isdecimal()), digits=9)
    asker = f"kiosk {kiosk.id}" if kiosk else network_of(request)
    try:
        refuse({"number": None if number else "missing"})
        followed = await codes.check(number, form.text("code"), network=asker, at=now())
    except Invalid as error:
        return asked(request, form.wrong(error), status=422)
    except Throttled as error:
        answer = asked(request, form.wrong(Invalid("code", "many_codes")), status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    return await visits.follow(followed, kiosk=kiosk.id if kiosk else None, at=now())


@get(PAGE, name="followed")
async def show(request: PageRequest) -> Response[str]:
    if await device.enter_visit(request) is None:
        return render.redirect(request, ASK)
    return await _page(request, Form())


def _acting(noun: str) -> HTTPRouteHandler:
    spec = TICKET_FORMS[noun].spec(noun, PAGE)

    @post(f"{PAGE}/{noun}", name=f"follow_{noun}", status_code=303, guards=[device.in_visit], form=spec)
    async def handle(request: PageRequest) -> Response[str]:
        form = await read_form(request)
        refused = await acted(request, form, noun)
        if refused is not None:
            return await _page(request, form, status=refused)
        if left_by(form):
            return await _page(request, form, is_done=True)
        return render.redirect(request, f"{PAGE}?done=1")

    return handle


ACTING = [_acting(noun) for noun in TICKET_FORMS]


@post(f"{PAGE}/news", name="follow_news", status_code=200, guards=[device.in_visit], form=FormSpec("news", PAGE))
async def show_news(request: PageRequest) -> Response[str]:
    return await news(request, await read_form(request))


@post(
    f"{PAGE}/live",
    name="follow_live",
    status_code=200,
    guards=[device.in_visit],
    form=FormSpec("live", PAGE),
    opt={UNCOMPRESSED: True},
)
async def follow(request: PageRequest) -> ASGIApp:
    await read_form(request)
    return await stream(request, request.cookies.get(device.visit_name(), ""))


async def stream(request: PageRequest, visit: str) -> ASGIApp:
    """Streams changes of the followed ticket during the visit. No address contains the visit's token."""
    ticket, entry = await ticket_followed(request), f"k{device.visit_of(request).id}"
    followed = Stream(person_of(request), entry, visit, topics.parse(f"t{ticket.number},w{ticket.number}"))
    return await streaming.begun(followed, streams.may_go_on, streams.may_go_on)


@post(f"{PAGE}/unsent", name="follow_unsent", status_code=204, guards=[device.in_visit], form=FormSpec("unsent", PAGE))
async def write(request: PageRequest) -> None:
    await note_writing(request, await read_form(request))


async def note_writing(request: PageRequest, form: Form) -> None:
    """Notes that somebody is writing in a chat, or has stopped. The text itself is not sent."""
    ticket, me = await ticket_followed(request), person_of(request)
    if is_chat(ticket) and REPLY.is_open(ticket, me):
        await presence.save_unsent(ticket, "replies", "…" if form.is_checked("writes") else "", by=me, at=now())


async def news(request: PageRequest, form: Form) -> Response[str]:
    """The block that an open page polls: 204 if it shows it already."""
    context = {**await shown(request, Form()), "visit": form.text("visit")}
    if form.text("shown") == context["shown"]:
        return Response("", media_type=render.HTML, status_code=204)
    return render.page(request, "follow/ticket.html", context, block="news")


async def acted(request: PageRequest, form: Form, noun: str) -> int | None:
    """Makes the move of a form. Returns the status of the page that shows the form again after an error."""
    if form.refused or form.is_cut:
        return form.status
    try:
        stamp = Stamp(by=person_of(request), at=now(), key=form.key)
        await TICKET_FORMS[noun].act(await ticket_followed(request), form, stamp, _way(request))
    except Invalid as error:
        form.wrong(error)
        return 422
    except (NotFromHere, NotPermitted, Overtaken):
        return 409
    return None


def _way(request: PageRequest) -> Channel:
    if hasattr(request.state, "frame"):
        return Channel.EMBED
    return Channel.KIOSK if device.kiosk_here(request) else Channel.FORM


async def ticket_followed(request: PageRequest) -> TicketDetails:
    """The ticket of the visit, as long as its requester is the person the code was made for."""
    number, me = device.visit_of(request).ticket, person_of(request)
    ticket = await find_ticket(number or 0, by=me)
    if ticket.requester != me.id:
        raise NotFound("ticket")
    return ticket


def asked(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    number = request.query_params.get("number", "")
    context = {"form": form, "number": number if number.isdecimal() and len(number) < 10 else ""}
    return device.page(request, "follow/lookup.html", context, status=status)


async def _page(request: PageRequest, form: Form, *, is_done: bool = False, status: int = 200) -> Response[str]:
    told = {"is_done": is_done or request.query_params.get("done") == "1"}
    return device.page(request, "follow/ticket.html", {**await shown(request, form), **told}, status=status)


async def shown(request: PageRequest, form: Form) -> dict[str, object]:
    """The context of the page."""
    ticket, me = await ticket_followed(request), person_of(request)
    entries, _ = await conversation.entries(ticket, by=me)
    offered, step, writing = _offered(ticket, me), step_of(ticket, me, now()), list[str]()
    if is_chat(ticket):
        step, writing = await _of_chat(ticket, me, step)
    as_text = (line(replace(entry, html=""), me) for entry in entries)
    lines = [each for each in as_text if each.body is not None]
    code = device.visit_of(request).follow_code
    return {
        "ticket": ticket,
        "is_chat": is_chat(ticket),
        "chip": chip_of(ticket, me),
        "step": step,
        "writing": writing,
        "code": codes.written(code) if code else "",
        "address": "",
        "files_at": _files_at(request),
        "lines": lines,
        "shown": render.fingerprint(([each.id for each in lines], step, writing, sorted(offered))),
        "is_asked": (ticket.status, ticket.wait) == (Status.WAITING, Wait.REQUESTER),
        "offered": offered,
        "how_to_reply": how_to_reply(ticket, me),
        **_late(form, offered),
        "scores": SCORES,
        "form": form,
    }


def _late(form: Form, offered: set[str]) -> dict[str, object]:
    """Whether the ticket changed before the form came, and the form. A late reply goes on in the box of NÃO."""
    is_late = bool(form) and form.noun not in offered
    goes_on = form.noun == "replies" and OBJECTION.noun in offered
    return {"is_late": is_late, "unsent": form if is_late and not goes_on else Form()}


async def _of_chat(ticket: TicketDetails, me: Actor, step: Step) -> tuple[Step, list[str]]:
    """How many chats come first, while nobody has taken it; and who is writing."""
    at, waits = now(), await chats.ahead(ticket)
    await presence.note_visit(ticket, by=me, at=at, has_read=True)
    if waits is not None:
        attended = await chats.attendance()
        step = standing(ticket, waits, attended.calendar if attended else None, at, by_code=True)
    return step, await presence.writing(ticket, by=me, at=at)


def _files_at(request: PageRequest) -> str:
    """The address of the ticket's files. In a frame it has a token, because there are no cookies."""
    if hasattr(request.state, "frame"):
        return f"/embed/ticket/{visits.files_token(device.visit_of(request))}"
    return PAGE


def _offered(ticket: TicketDetails, me: Actor) -> set[str]:
    """The nouns of the forms that may be sent now."""
    open_moves, verdicts = available(ticket, me), verdicts_open(ticket, me)
    return verdicts | {"replies"} if REPLY in open_moves and OBJECTION not in open_moves else verdicts

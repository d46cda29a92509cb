"""Opens a ticket or a chat in a frame, and signs in people whom the site vouches for."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from litestar import get, post
from litestar.params import FromPath
from litestar.response.base import Response

from web.clock import now
from web.errors import Invalid, NotFound, Throttled
from web.http.received import Body
from web.http.security import network_of
from web.kiosks import codes, embedded_sign_in, opening
from web.kiosks.opening import Asked, Framed
from web.pages.embed import following, frame, help
from web.pages.kiosk import device
from web.pages.kiosk import following as kiosk_following
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import BY_VISITORS, read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.tickets import kiosk as words
from web.pages.words.tickets.chats import hours_of
from web.pages.words.tickets.conversation import step_of
from web.people import accounts, tokens
from web.tickets.record.ticket import find_ticket
from web.tickets.requests import chats

NEW = "/embed/new"
CHAT = "/embed/chat"

Show = Callable[..., Awaitable[Response[str]]]


class Begun(NamedTuple):
    """What was opened: the token of the visit, and the address that was left for answers."""

    visit: str
    address: str


@get(NEW, name="embed_new")
async def show(request: PageRequest) -> Response[str]:
    return await _new(request, Form())


@post(
    NEW,
    name="embed_open",
    status_code=201,
    opt={BY_VISITORS: True},
    form=FormSpec("new", NEW, words.FIELDS, ("body", "name")),
)
async def create(request: PageRequest) -> Response[str]:
    """Answers with the receipt, which is the same if the form is sent again."""
    begun = await _begun(request, opening.open_framed, _new)
    if isinstance(begun, Response):
        return begun
    visit, me = device.visit_of(request), person_of(request)
    step = step_of(await find_ticket(visit.ticket or 0, by=me), me, now())
    context = {"number": visit.ticket, "code": codes.written(visit.follow_code), "step": step, **begun._asdict()}
    return render.page(request, "embed/receipt.html", context, status=201)


@get(CHAT, name="embed_chat")
async def show_chat(request: PageRequest) -> Response[str]:
    return await _chat(request, Form())


@post(
    CHAT,
    name="embed_begin_chat",
    status_code=201,
    opt={BY_VISITORS: True},
    form=FormSpec("chat", CHAT, words.FIELDS, ("body", "name")),
)
async def begin_chat(request: PageRequest) -> Response[str]:
    """Answers with the conversation."""
    begun = await _begun(request, opening.chat_framed, _chat)
    if isinstance(begun, Response):
        return begun
    return await following.page(request, begun.visit, Form(), address=begun.address, status=201)


async def _begun(request: PageRequest, begin: Callable[..., Awaitable[None]], show: Show) -> Begun | Response[str]:
    """What was opened, or the page with errors."""
    form = await read_form(request, is_public=True, enter=frame.enter_to_begin)
    if form.refused or form.is_cut:
        return await show(request, form, status=form.status)
    token = form.key or tokens.new()
    try:
        asked, framed = _asked(request, form, token)
        await begin(asked, framed, letter=render.letter, at=now())
    except Invalid as error:
        return await show(request, form.wrong(error), status=422)
    except Throttled as error:
        answer = await show(request, form.wrong(Invalid("body", "many_codes")), status=429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    await frame.enter_by(request, token)
    return Begun(token, accounts.normal(asked.address))


def _asked(request: PageRequest, form: Form, token: str) -> tuple[Asked, Framed]:
    """The request and its frame."""
    around, me = frame.frame_of(request), request.user
    address, category = "" if around.vouched else form.line("address"), form.number("category")
    name = me.name if me and around.vouched else form.line("name")
    asked = Asked(name, form.text("body"), category, address, files=form.files)
    person, is_vouched = me.id if me else None, bool(around.vouched)
    framed = Framed(token, network_of(request), words.VISITOR_OF_FRAME, person, around.parent, is_vouched)
    return asked, framed


@post(
    "/embed/person/{surface:str}",
    name="embed_person",
    status_code=200,
    form=FormSpec("person", NEW, {"site": "Site"}),
)
async def enter(request: PageRequest, surface: FromPath[str]) -> Response[str]:
    """The page for a person whom the site vouches for, by its token once, and by the visit afterwards."""
    form = await read_form(request, is_proven=True, enter=_enter_again)
    if surface not in _SURFACES:
        raise NotFound("page")
    if not frame.frame_of(request).vouched:
        try:
            token = await embedded_sign_in.enter(form.line("site"), network=network_of(request), at=now())
        except Invalid as error:
            frame.note_refused(request, error.fields["site"])
            return await _SURFACES[surface](request, Form(), status=422)
        await frame.enter_vouched(request, token)
    return await _SURFACES[surface](request, Form())


async def _enter_again(request: PageRequest, body: Body) -> None:
    if token := body.fields.get("visit", [""])[0]:
        await frame.enter_vouched(request, token)


async def _new(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    categories = [(each.id, each.name) for each in await opening.offered(opening.IN_FRAME)]
    chosen = whole_number(request.query_params.get("category", ""), digits=9)
    return _page(request, "embed/new.html", form, status, categories=categories, chosen=chosen)


async def _chat(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    attended = await chats.attendance()
    hours = hours_of(attended.calendar, now()) if attended else None
    return _page(request, "embed/chat.html", form, status, hours=hours)


async def _help(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    return _page(request, "embed/help.html", form, status, **await help.found(request))


async def _follow(request: PageRequest, form: Form, *, status: int = 200) -> Response[str]:
    return kiosk_following.asked(request, form, status=status)


def _page(request: PageRequest, template: str, form: Form, status: int, **context: Any) -> Response[str]:
    return render.page(request, template, {"form": form, **context}, status=status)


_SURFACES: dict[str, Show] = {"help": _help, "new": _new, "chat": _chat, "follow": _follow}

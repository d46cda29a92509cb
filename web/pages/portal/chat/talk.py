"""A chat while it goes on, and how it ends: the moves of any ticket, on a page of its own."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.clock import now
from web.pages.portal.tickets import context_of
from web.pages.shell import render
from web.pages.shell.acting import moved
from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.scoping import note_read, person_of
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.tickets.chats import standing
from web.tickets.actions import ratings, replies, resolution
from web.tickets.life.chats import is_chat
from web.tickets.life.moves import CONFIRMATION, OBJECTION, RATING, REPLY, Move
from web.tickets.lists.presence import note_visit
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import chats

BASE = "/chat"
PAGE = "/chat/{number}"


def _form(noun: str, move: Move, *fields: str, written: tuple[str, ...] = ()) -> FormSpec:
    return FormSpec(noun, PAGE, labels(*fields), written, move, after="/tickets")


@get("/chat/{number:int}", name="chat_talk")
async def show(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    if not is_chat(ticket):
        return render.redirect(request, f"/tickets/{ticket.number}")
    await note_read(request, ticket)
    return await page(request, ticket, await restored_form(request))


async def page(request: PageRequest, ticket: TicketDetails, form: Form, *, status: int = 200) -> Response[str]:
    me, at = person_of(request), now()
    await note_visit(ticket, by=me, at=at)
    context = await context_of(request, ticket, form, base=BASE)
    waits, attended = await chats.ahead(ticket), await chats.attendance()
    if waits is not None:
        context["step"] = standing(ticket, waits, attended.calendar if attended else None, at)
    context["may_begin"] = attended is not None and "replies" not in context["forms"]
    return render.page(request, "portal/chat/show.html", context, block="ticket", status=status)


@post(
    "/chat/{number:int}/replies",
    name="chat_replies",
    status_code=303,
    form=_form("replies", REPLY, "body", "files", written=("body",)),
)
async def reply(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Each line is what it says: the same word twice is no mistake here."""
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: replies.reply(ticket, form.text("body"), files=form.files, **stamp),
    )


@post(
    "/chat/{number:int}/confirmation",
    name="chat_confirmation",
    status_code=303,
    form=_form("confirmation", CONFIRMATION),
)
async def confirm(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: resolution.confirm(ticket, **stamp))


@post(
    "/chat/{number:int}/objection",
    name="chat_objection",
    status_code=303,
    form=_form("objection", OBJECTION, "body", "files", written=("body",)),
)
async def object_to(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: resolution.object_to(ticket, form.text("body"), files=form.files, **stamp),
    )


@post(
    "/chat/{number:int}/rating",
    name="chat_rating",
    status_code=303,
    form=_form("rating", RATING, "service", "quality", "comment", written=("comment",)),
)
async def rate(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(
        request,
        ticket,
        page,
        lambda form, stamp: ratings.rate(
            ticket,
            service=form.number("service"),
            quality=form.number("quality"),
            comment=form.text("comment"),
            **stamp,
        ),
    )

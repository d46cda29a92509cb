"""The moves of the desk, each a form of the ticket's page."""

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.authoring import uses
from web.clock import now
from web.errors import Invalid
from web.pages.desk.ticket.forms import PAGE, ticket_form
from web.pages.desk.ticket.page import page
from web.pages.desk.ticket.properties import nothing_new
from web.pages.desk.ticket.sending import send
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import NO_FORM, FormSpec, forms_of
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.pages.ticket_forms import settle_copies
from web.pages.words.labels import WAITS
from web.tickets.actions import assignment, canned_replies, customer_notes, macros, replies, waits
from web.tickets.actions.held_replies import scheduling
from web.tickets.actions.placeholders import fill_placeholders, open_placeholders
from web.tickets.actions.properties import classification, fields
from web.tickets.life.moves import (
    FIELDS,
    NOTE,
    PARTICIPATION,
    QUESTION,
    RELEASE,
    REPLY,
    RESUMPTION,
    TAGS,
    TAKE,
    WAIT,
)
from web.tickets.life.states import Wait
from web.tickets.lists import presence
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails


@post(
    "/replies",
    name="desk_replies",
    status_code=303,
    form=ticket_form("replies", REPLY, "body", "copies", "files", "due", "canned", "article", written=("body",)),
)
async def reply(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """ "Enviar", now or later. Other buttons insert a canned reply or an article into the text."""

    async def say(form: Form, stamp: Stamp) -> MoveResult | None:
        if (ready := await _ready(ticket, form, stamp)) is not None:
            form.values["body"] = ["\n\n".join(filter(None, (form.text("body").strip(), ready)))]
            form.errors |= {"body": "open_placeholders"} if open_placeholders(ready) else {}
            return None
        return await send(ticket, form, stamp)

    return await moved(request, ticket, page, say)


@post("/notes", name="desk_notes", status_code=303, form=ticket_form("notes", NOTE, "body", "files", written=("body",)))
async def note(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def write(form: Form, stamp: Stamp) -> MoveResult:
        asks = form.asks_before_repeat
        return await replies.note(ticket, form.text("body"), files=form.files, asks_before_repeat=asks, **stamp)

    return await moved(request, ticket, page, write)


@post(
    "/questions",
    name="desk_questions",
    status_code=303,
    form=ticket_form("questions", QUESTION, "body", "files", "days", "due", written=("body",)),
)
async def ask(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: send(ticket, form, stamp))


@post(
    "/participants",
    name="desk_participants",
    status_code=303,
    form=ticket_form("participants", PARTICIPATION, "copies"),
)
async def copy_in(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: settle_copies(ticket, form, stamp))


@post("/take", name="desk_take", status_code=303, form=ticket_form("take", TAKE))
async def take(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: assignment.take(ticket, **stamp))


@post("/release", name="desk_release", status_code=303, form=ticket_form("release", RELEASE))
async def release(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: assignment.release(ticket, **stamp))


@post("/fields", name="desk_fields", status_code=303, form=ticket_form("fields", FIELDS))
async def fill(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: fields.edit(ticket, form.asked, **stamp))


@post("/tags", name="desk_tags", status_code=303, form=ticket_form("tags", TAGS, "tags"))
async def tag(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def change(form: Form, stamp: Stamp) -> MoveResult:
        return await classification.tag(ticket, form.text("tags").replace(";", ",").split(","), **stamp)

    return await moved(request, ticket, page, change)


@post("/waits", name="desk_waits", status_code=303, form=ticket_form("waits", WAIT, "wait", "until", "days"))
async def wait(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def stop(form: Form, stamp: Stamp) -> MoveResult:
        if form.text("wait") not in WAITS:
            raise Invalid("wait", "missing")
        kind, until, closes = Wait(form.text("wait")), _until(form), form.is_checked("closes")
        return await waits.wait(ticket, kind, until=until, days=form.days("days"), closes=closes, **stamp)

    return await moved(request, ticket, page, stop)


def _until(form: Form) -> datetime | None:
    try:
        return form.moment("until")
    except Invalid:
        return None


@post(
    "/macros",
    name="desk_macros",
    status_code=303,
    form=ticket_form("macros", None, "macro", "team", "category", "topic", "tags", "body"),
)
async def macro(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Applies a macro, or shows a preview first."""

    async def make(form: Form, stamp: Stamp) -> MoveResult | None:
        if form.is_checked("preview"):
            await canned_replies.find(form.number("macro"), field="macro", by=stamp["by"])
            return None
        return await macros.apply(ticket, form.number("macro"), **stamp)

    return await moved(request, ticket, page, make)


@post(
    "/remarks", name="desk_remarks", status_code=303, form=ticket_form("remarks", NOTE, "remark", written=("remark",))
)
async def remark(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def write(form: Form, stamp: Stamp) -> MoveResult:
        about = form.text("about") == "organization"
        await customer_notes.remark(ticket, form.text("remark"), of_organization=about, by=stamp["by"], at=stamp["at"])
        return nothing_new(ticket, form)

    return await moved(request, ticket, page, write)


@post("/resumption", name="desk_resumption", status_code=303, form=ticket_form("resumption", RESUMPTION))
async def resume(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    return await moved(request, ticket, page, lambda form, stamp: waits.resume(ticket, **stamp))


@post("/unsent", name="desk_unsent", status_code=204, form=FormSpec("unsent", PAGE, written=("body",)))
async def keep_unsent(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> None:
    """Saves the text being written, a few seconds after typing stops; in a chat also when it begins."""
    form = await read_form(request)
    spec = forms_of(request.app, PAGE).get(form.text("noun"), NO_FORM)
    if spec.is_autosaved:
        await presence.save_unsent(ticket, spec.noun, form.text("body"), by=person_of(request), at=now())


@post("/discard", name="desk_discard", status_code=303, form=ticket_form("discard", None))
async def discard(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Discards an unsent text that can no longer be sent, or a held reply that could not be sent."""
    form = await read_form(request)
    await scheduling.take_back(ticket, form.number("held"), by=person_of(request), at=now())
    await presence.save_unsent(ticket, form.text("noun"), "", by=person_of(request), at=now())
    return render.redirect(request, f"/desk/tickets/{ticket.number}")


async def _ready(ticket: TicketDetails, form: Form, stamp: Stamp) -> str | None:
    """The text that the pressed button inserts: a canned reply, an article, or nothing while searching one."""
    if form.is_checked("insert"):
        chosen = await canned_replies.find(form.number("canned"), by=stamp["by"])
        return fill_placeholders(chosen.body, ticket, stamp["by"])
    if form.text("article"):
        return (await uses.offered_one(form.number("article"), ticket, at=stamp["at"])).in_reply
    return "" if form.is_checked("find") else None

"""The request form, for a new ticket or a saved draft."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.articles.feedback import suggestions
from web.articles.search.ranking import Found
from web.clock import now
from web.errors import Invalid, Overtaken
from web.mail.signatures import ReplyTo, reply_address
from web.pages.portal.draft import Draft, draft_shown
from web.pages.portal.request_fields import asked_fields, refuse_incomplete
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import IN_BACKGROUND, read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.kept_form import restored_form
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.formats import clock_time
from web.pages.words.labels import LINKS
from web.people import accounts, memberships
from web.people.permissions import Actor
from web.settings import settings
from web.tickets.life.moves import DUPLICATION, FIRST_CONTACT, FOLLOW_UP, SUBMISSION
from web.tickets.life.states import Channel, Priority
from web.tickets.record.events import MoveResult
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails, find_ticket
from web.tickets.requests import drafts, first_contact, submission
from web.tickets.requests.categories import CategoryTopic, categories
from web.tickets.requests.drafts import Request
from web.tickets.requests.origins import Origin

_FIELDS = (
    *("title", "description", "category", "topic", "organization", "requester", "primary_contact"),
    *("copies", "files"),
)

ORIGINS = {"from": DUPLICATION, "follows": FOLLOW_UP}
"""How a new ticket follows from another one, by the field that names the other."""

Topics = list[tuple[str, list[tuple[int, str]]]]


@get("/tickets/new", name="new_ticket")
async def new(request: PageRequest) -> Response[str]:
    """An empty form; with `from` a copy of that ticket, with `follows` a follow-up of it."""
    form = await restored_form(request)
    return await page(request, form, origin=await _origin(request, form))


@get("/tickets/new/topics", name="topics", opt={IN_BACKGROUND: True})
async def topics(request: PageRequest) -> Response[str]:
    """The topics of a category, for htmx. Without htmx the whole form is shown."""
    chosen = request.query_params.get("category", "")
    rows = [row for row in await categories(person_of(request)) if str(row.id) == chosen]
    topic = whole_number(request.query_params.get("topic", ""), digits=9)
    draft = Draft(category=rows[0].id if rows else None, topic=topic)
    context = {**_offered(rows, draft), "draft": draft, "form": Form(), **asked_fields(draft, person_of(request))}
    if not render.is_swap(request):
        return await page(request, Form())
    block = "topic_fields" if "topic" in request.query_params else "topics"
    return render.page(request, "portal/tickets/new.html", context, block=block)


@post(
    "/tickets",
    name="open_ticket",
    status_code=303,
    form=FormSpec("tickets", "/tickets/new", labels(*_FIELDS), ("title", "description")),
)
async def create(request: PageRequest) -> Response[str]:
    form, me = await read_form(request), person_of(request)
    origin = await _origin(request, form)
    if form.refused or form.is_cut:
        return await page(request, form, origin=origin, status=form.status)
    if form.is_checked("unsuggested") and form.is_checked("send") and (found := await _answers(form, me)):
        return await page(request, form, origin=origin, suggested=found)
    action = drafts.draft if _is_draft(form) else submission.open_ticket
    try:
        wanted = await _request(form, me)
        if origin:
            wanted = replace(wanted, priority=origin.priority, origin=origin)
        made = await action(wanted, by=me, at=now(), key=form.key)
    except Invalid as error:
        return await page(request, form.wrong(error), origin=origin, status=form.status)
    return _shown(request, form, made)


@post(
    "/tickets/{number:int}/submission",
    name="submission",
    status_code=303,
    form=FormSpec(
        "submission",
        "/tickets/{number}",
        labels(*_FIELDS, "solution"),
        ("title", "description", "solution"),
        SUBMISSION,
    ),
)
async def submit(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    """Saves the draft or sends it. An agent can also resolve it at once."""
    form, me = await read_form(request), person_of(request)
    if form.refused or form.is_cut:
        return await page(request, form, ticket=ticket, status=form.status)
    action: Any = drafts.update_draft if _is_draft(form) else submission.submit
    try:
        wanted = replace(await _request(form, me), priority=Priority(ticket.priority))
        if form.is_checked("solve"):
            action = partial(first_contact.solve_draft, message=NewMessage(form.text("solution")))
        async with drafts.unless_rewritten(ticket, form.number("seen"), by=me, key=form.key):
            made = await action(ticket, wanted, by=me, at=now(), key=form.key)
    except Invalid as error:
        return await page(request, form.wrong(error), ticket=ticket, status=form.status)
    except Overtaken:
        form.is_overtaken = True
        return await page(request, form, ticket=ticket, status=409)
    return _shown(request, form, made)


async def page(
    request: PageRequest,
    form: Form,
    *,
    ticket: TicketDetails | None = None,
    origin: Origin | None = None,
    suggested: Sequence[Found] = (),
    status: int = 200,
) -> Response[str]:
    """Shows the form. `suggested` are articles to offer before it is sent."""
    if form.errors.get("title") == "too_long":
        form.errors["title"] = "long_title"  # unlike other texts, it has somewhere else to go
    rows = await categories(person_of(request))
    draft = await draft_shown(ticket, origin, form, person_of(request))
    chosen = [row for row in rows if row.id == draft.category] if draft.category else rows
    context = {
        "form": form,
        "draft": draft,
        "categories": list({row.id: row.name for row in rows}.items()),
        **_offered(chosen, draft),
        "number": ticket.number if ticket else None,
        "seen": form.text("seen") if form.values and not form.is_overtaken else ticket and ticket.last_event,
        "address": _address(ticket, person_of(request)),
        "origin": origin,
        "related": ticket.links if ticket else (),
        "links": LINKS,
        "organizations": await _organizations(form, draft, person_of(request)),
        "may_solve": ticket is not None and FIRST_CONTACT.is_open(ticket, person_of(request)),
        "action": f"/tickets/{ticket.number}/submission" if ticket else "/tickets",
        **asked_fields(draft, person_of(request)),
        "is_saved": "saved" in request.query_params and not form.errors,
        "suggested": suggested,
        "saved_at": clock_time(ticket.updated_at) if ticket else "",
    }
    return render.page(request, "portal/tickets/new.html", context, block="request", status=status)


def _address(draft: TicketDetails | None, me: Actor) -> str:
    """The mail address that fills this draft; empty if no mail is read."""
    return reply_address(ReplyTo(draft.number, me.id)) if draft and settings().takes_mail else ""


async def _origin(request: PageRequest, form: Form) -> Origin | None:
    """The ticket that the new one copies or follows."""
    for name, move in ORIGINS.items():
        number = whole_number(form.text(name) or request.query_params.get(name, ""))
        if number is not None:
            ticket = await find_ticket(number, by=person_of(request))
            move.check(ticket, person_of(request))
            return Origin(ticket, move)
    return None


async def _answers(form: Form, me: Actor) -> list[Found]:
    """Articles to offer once before sending, if no script offered them while the title was typed."""
    return [] if me.is_agent else await suggestions.answering(form.line("title"), by=me, at=now())


def _is_draft(form: Form) -> bool:
    return form.is_checked("save") and not form.is_checked("send")


def _shown(request: PageRequest, form: Form, made: MoveResult) -> Response[str]:
    """Redirects to the draft or the ticket; an agent who has sent a ticket returns to the desk."""
    if _is_draft(form):
        return render.redirect(request, f"/tickets/{made.ticket}?saved=1")
    if person_of(request).is_agent:
        return render.redirect(request, f"/desk?sent={made.ticket}")
    return render.redirect(request, f"/tickets/{made.ticket}?sent=1")


async def _request(form: Form, me: Actor) -> Request:
    wanted = Request(
        title=form.text("title"),
        description=form.text("description"),
        category=form.number("category"),
        topic=form.number("topic"),
        organization=form.number("organization"),
        requester=await _person(form, "requester", me),
        primary_contact=await _person(form, "primary_contact", me),
        channel=Channel.FORM,
        files=form.files,
        keeps=form.numbers("keeps") if form.is_checked("keeps") else None,
        copies=form.addresses("copies"),
        fields=form.asked,
        asks_before_repeat=form.asks_before_repeat,
    )
    if not _is_draft(form):
        refuse_incomplete(form, wanted, me)
    return wanted


async def _person(form: Form, name: str, me: Actor) -> int | None:
    """The person that an agent names; None for anybody else."""
    typed = form.text(name)
    return await accounts.number_of(name, typed) if me.is_agent and typed else None


async def _organizations(form: Form, draft: Draft, me: Actor) -> list[tuple[int, str]]:
    """The organizations of the requester, if there is a choice."""
    if not me.is_agent:
        found = list(me.organizations.items())
    else:
        typed = (form.text("requester") if "requester" in form.values else draft.requester).strip()
        found = [(each.id, each.name) for each in await memberships.open_homes_of(typed)] if typed else []
    return found if len(found) > 1 else []


def _offered(rows: list[CategoryTopic], draft: Draft) -> dict[str, object]:
    """The topics of the chosen category, and whether it needs approval."""
    return {"topics": _topics(rows), "needs_approval": bool(draft.category) and any(row.needs_approval for row in rows)}


def _topics(rows: list[CategoryTopic]) -> Topics:
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        if row.topic is not None and row.topic_name is not None:
            groups.setdefault(row.name, []).append((row.topic, row.topic_name))
    return list(groups.items())

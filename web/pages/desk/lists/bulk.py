"""Bulk moves on the selected tickets of a list. Each ticket is checked and reported on its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from litestar import post
from litestar.response.base import Response

from web.clock import now
from web.errors import DeskError, Invalid, NotFound
from web.pages.desk.lists import addresses, show
from web.pages.shell import render
from web.pages.shell.dependencies import person_of
from web.pages.shell.form import Form
from web.pages.shell.form_intake import read_form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.paging import whole_number
from web.pages.shell.session import PageRequest
from web.pages.words.fields import labels
from web.pages.words.labels import METHODS, PRIORITIES
from web.pages.words.refusals.wording import BULK, refusal
from web.tickets.actions import assignment, macros, replies, resolution
from web.tickets.actions.properties import classification
from web.tickets.fields import catalog
from web.tickets.life.states import Priority, Resolution
from web.tickets.lists import desk
from web.tickets.lists.desk_views import DeskFilter
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails, find_ticket


@dataclass(frozen=True)
class Outcome:
    """The result for one ticket; `why` is the reason of a refusal."""

    number: int
    title: str
    why: str = ""
    wrong: Invalid | None = None
    """The refusal, if it is about a field of the form or of the ticket."""


_FIELDS = labels("do", "body", "to_priority", "to_assignee", "macro", of="bulk")


@post("/desk/bulk", name="desk_bulk", status_code=200, form=FormSpec("bulk", "/desk", _FIELDS, ("body",)))
async def create(request: PageRequest) -> Response[str]:
    """Shows what was done and what was not. A form that is sent twice counts once.

    Shows the list again if the form lacks what every ticket needs.
    """
    form, stamp = await read_form(request), Stamp(by=person_of(request), at=now(), key=None)
    move = _MOVES.get(form.text("do"))
    chosen = addresses.filter_from_form(form)
    numbers = await _picked(form, chosen, stamp) if move else _ticked(form)
    if not numbers or not move:
        error = Invalid("do", "nothing_chosen" if not numbers else "missing")
        return await show.page(request, chosen, form.wrong(error), status=422)
    outcomes = [await _outcome(number, move, form, stamp) for number in numbers]
    wrong = [each.wrong for each in outcomes if each.wrong and each.wrong.field in _FIELDS]
    if len(wrong) == len(outcomes):
        return await show.page(request, chosen, form.wrong(wrong[0]), status=422)
    context = {
        "outcomes": outcomes,
        "back": addresses.address(chosen),
        "unsent_text": form.text("body") if any(each.why for each in outcomes) else "",
    }
    return render.page(request, "desk/bulk.html", context)


def _ticked(form: Form) -> list[int]:
    ticked = (whole_number(text) for text in form.values.get("ticket", []))
    return [number for number in ticked if number][: desk.MOST_AT_ONCE]


async def _picked(form: Form, chosen: DeskFilter, stamp: Stamp) -> list[int]:
    """The selected tickets, or the first ones of the whole list if that was chosen."""
    if not form.is_checked("whole"):
        return _ticked(form)
    return await desk.numbers(chosen, by=stamp["by"], at=stamp["at"], limit=desk.MOST_AT_ONCE)


Move = Callable[[TicketDetails, Form, Stamp], Awaitable[MoveResult]]


async def _outcome(number: int, move: Move, form: Form, stamp: Stamp) -> Outcome:
    try:
        ticket = await find_ticket(number, by=stamp["by"])
    except NotFound:
        return Outcome(number, "", BULK["not_found"])
    key = f"{form.key}-{number}" if form.key else None
    try:
        await move(ticket, form, Stamp(by=stamp["by"], at=stamp["at"], key=key))
    except Invalid as error:
        return Outcome(number, ticket.title, _why(error), error)
    except DeskError as error:
        return Outcome(number, ticket.title, BULK.get(error.code, BULK["not_from_here"]))
    return Outcome(number, ticket.title)


def _why(error: Invalid) -> str:
    """The reason in words, with the label of the custom field if it is about one."""
    field = catalog.named(error.field)
    return f"{field.label}: {refusal(error.code)}" if field else refusal(error.code)


async def _take(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    return await assignment.take(ticket, **stamp)


async def _assign(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    team, person = form.number("to_team"), form.number("to_assignee")
    if team is None and person is None:
        raise Invalid("to_assignee", "missing")
    return await assignment.assign(ticket, team=team, person=person, **stamp)


async def _prioritize(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    if form.text("to_priority") not in PRIORITIES:
        raise Invalid("to_priority", "missing")
    priority = Priority(form.text("to_priority"))
    return await classification.classify(
        ticket, priority=priority, category=ticket.category, topic=ticket.topic, **stamp
    )


async def _note(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    return await replies.note(ticket, form.text("body"), **stamp)


async def _solve(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    method = form.text("method") if form.text("method") in METHODS else "communicated"
    message = NewMessage(form.text("body")) if form.text("body").strip() else None
    return await resolution.resolve(ticket, Resolution(method), message=message, **stamp)


async def _macro(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    return await macros.apply(ticket, form.number("macro"), **stamp)


_MOVES: dict[str, Move] = {
    "take": _take,
    "assignment": _assign,
    "priority": _prioritize,
    "note": _note,
    "solution": _solve,
    "macro": _macro,
}

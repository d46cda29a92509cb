"""Sends a reply, a question or a solution, at once or later."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from web.articles.authoring import uses
from web.errors import Invalid
from web.pages.desk.ticket.links import number_in
from web.pages.shell.form import Form
from web.pages.words.labels import MERGED, METHODS
from web.people.permissions import Actor
from web.text import plain_code
from web.tickets.actions import merges, replies, resolution, waits
from web.tickets.actions.held_replies import scheduling
from web.tickets.life.states import Resolution
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.held_replies import Held
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails

Make = Callable[[TicketDetails, Form, Stamp], Awaitable[MoveResult]]


async def send(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    """Makes the move of the form, or holds it until the chosen instant."""
    due, make = _due(form, stamp["at"]), partial(_make, form.noun, ticket, form, stamp)
    if due is None:
        return await make()
    typed = {name: texts for name, texts in form.values.items() if name not in _OF_THIS_SENDING}
    return await scheduling.hold(ticket, form.noun, typed, files=form.files, due=due, rehearse=make, **stamp)


async def send_held(ticket: TicketDetails, held: Held, files: Sequence[int], by: Actor, at: datetime) -> MoveResult:
    """Makes the move of a held form."""
    return await _make(held.noun, ticket, Form(held.values, [*files]), Stamp(by=by, at=at, key=held.key))


async def _make(noun: str, ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    made = await _MADE[noun](ticket, form, stamp)
    await uses.note_inserted(ticket.number, form.text("body"), at=stamp["at"])
    return made


_OF_THIS_SENDING = ("_token", "_key", "seen", "uploads", "when", "due")


def _due(form: Form, at: datetime) -> datetime | None:
    """When to send it: the typed instant, else the chosen one; None means at once."""
    if form.text("due").strip():
        return form.moment("due")
    if form.text("when") == "moment":
        return at + scheduling.MOMENT
    return _instant(form.text("when")) if form.text("when") else None


def _instant(text: str) -> datetime:
    """Parses an instant that the page proposed."""
    try:
        return datetime.fromisoformat(plain_code(text)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("due", "not_a_moment") from None


async def _reply(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    """ "Enviar", "Enviar e Resolver" in one click, or "Enviar e aguardar"."""
    said, files = form.text("body"), form.files
    if form.is_checked("ask"):
        return await waits.ask(ticket, said, files=files, **stamp)
    if form.is_checked("solve"):
        return await resolution.resolve(ticket, Resolution.COMMUNICATED, message=NewMessage(said, files), **stamp)
    copies, asks = form.addresses("copies"), form.asks_before_repeat
    untold = {each.person for each in ticket.copied} & {*form.numbers("offered")} - {*form.numbers("told")}
    reply = partial(replies.reply, ticket, said, files=files, copies=copies, untold=untold)
    return await reply(asks_before_repeat=asks, **stamp)


async def _question(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    days, closes = form.days("days"), form.is_checked("closes")
    return await waits.ask(ticket, form.text("body"), files=form.files, days=days, closes=closes, **stamp)


async def _solution(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    """Resolves by a method; "Fundida" merges the ticket into another one."""
    method, body = form.text("method"), form.text("body")
    if method in MERGED:
        return await merges.merge(ticket, number_in(form, "into"), **stamp)
    if method not in METHODS:
        raise Invalid("method", "missing")
    message = NewMessage(body, form.files, is_note=form.text("as") == "note") if body.strip() else None
    return await resolution.resolve(ticket, Resolution(method), message=message, fields=form.asked, **stamp)


_MADE: dict[str, Make] = {"replies": _reply, "questions": _question, "solution": _solution}
"""The move of each form, by its noun."""

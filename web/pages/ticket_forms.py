"""Forms of a ticket that stand on several pages, with their moves."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from litestar import post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import Response

from web.pages.shell.form import Form
from web.pages.shell.form_spec import FormSpec
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import ShowTicket, moved
from web.pages.words.fields import labels
from web.people.permissions import Actor
from web.tickets.actions import participants, ratings, replies, resolution
from web.tickets.life.moves import CONFIRMATION, OBJECTION, RATING, REPLY, Move, available
from web.tickets.life.states import Channel
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails

Act = Callable[[TicketDetails, Form, Stamp, Channel], Awaitable[MoveResult]]
"""Makes the move of a form that came through this channel."""


@dataclass(frozen=True)
class TicketForm:
    """A form of the customer's side."""

    move: Move
    act: Act
    fields: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    def spec(self, noun: str, page: str) -> FormSpec:
        return FormSpec(noun, page, labels(*self.fields, of="" if self.move is REPLY else noun), self.written)


async def _reply(ticket: TicketDetails, form: Form, stamp: Stamp, way: Channel) -> MoveResult:
    """Sends a reply. Sending the same text twice is allowed here."""
    return await replies.reply(ticket, form.text("body"), files=form.files, way=way, **stamp)


async def _confirm(ticket: TicketDetails, form: Form, stamp: Stamp, way: Channel) -> MoveResult:
    return await resolution.confirm(ticket, **stamp)


async def _object_to(ticket: TicketDetails, form: Form, stamp: Stamp, way: Channel) -> MoveResult:
    return await resolution.object_to(ticket, form.text("body"), files=form.files, way=way, **stamp)


async def _rate(ticket: TicketDetails, form: Form, stamp: Stamp, way: Channel) -> MoveResult:
    service, quality = form.number("service"), form.number("quality")
    return await ratings.rate(ticket, service=service, quality=quality, comment=form.text("comment"), **stamp)


VERDICTS = {
    "confirmation": TicketForm(CONFIRMATION, _confirm, written=("body",)),
    "objection": TicketForm(OBJECTION, _object_to, ("body", "files"), ("body",)),
    "rating": TicketForm(RATING, _rate, ("service", "quality", "comment"), ("comment",)),
}
"""The customer side's answers to a solution, by the nouns of the forms."""

TICKET_FORMS = {"replies": TicketForm(REPLY, _reply, ("body", "files"), ("body",)), **VERDICTS}
"""The same forms, and a plain reply."""


def moving(
    base: str, name: str, page: ShowTicket, nouns: Iterable[str] = VERDICTS, *, way: Channel = Channel.FORM
) -> list[HTTPRouteHandler]:
    """The handlers of these forms on the ticket page at `base`; `name` is the prefix of their names."""
    return [_moving(base, f"{name}{noun}", page, noun, way) for noun in nouns]


def _moving(base: str, name: str, page: ShowTicket, noun: str, way: Channel) -> HTTPRouteHandler:
    known = TICKET_FORMS[noun]
    is_line = known.move is REPLY
    fields = labels(*known.fields, of="talk" if is_line else noun)
    page_at, after = f"{base}/{{number}}", "/tickets"
    spec = FormSpec(noun, page_at, fields, known.written, known.move, after, is_told=not is_line, is_autosaved=is_line)

    @post(f"{base}/{{number:int}}/{noun}", name=name, status_code=303, form=spec)
    async def handle(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
        return await moved(request, ticket, page, lambda form, stamp: known.act(ticket, form, stamp, way))

    return handle


def verdicts_open(ticket: TicketDetails, me: Actor) -> set[str]:
    """The nouns of the answers requested now: one question at a time, and only the first rating."""
    open_moves = available(ticket, me)
    nouns = {noun for noun, each in VERDICTS.items() if each.move in open_moves}
    return nouns - {RATING.noun} if ticket.rating or CONFIRMATION.noun in nouns else nouns


async def settle_copies(ticket: TicketDetails, form: Form, stamp: Stamp) -> MoveResult:
    """Adds people in copy; "Dispensar" dismisses people whom a mail proposed."""
    act = participants.dismiss if form.is_checked("dismiss") else participants.add
    return await act(ticket, form.addresses("copies"), **stamp)

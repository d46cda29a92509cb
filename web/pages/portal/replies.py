"""Replies by the requester's side, with files and people in copy; on a resolved ticket also thanks and follow-ups."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.pages.portal.tickets import page, ticket_form
from web.pages.shell.form import Form
from web.pages.shell.session import PageRequest
from web.pages.shell.ticket_form_handler import moved
from web.tickets.actions import replies
from web.tickets.life.moves import REPLY
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import copies


@post(
    "/tickets/{number:int}/replies",
    name="replies",
    status_code=303,
    form=ticket_form("replies", REPLY, "body", "copies", "files", "description", written=("body",), of="conversation"),
)
async def create(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def say(form: Form, stamp: Stamp) -> MoveResult:
        act, said, files = _CHOICES.get(form.text("as")), form.text("body"), form.files
        if act is not None:
            return await act(ticket, said, files=files, **stamp)
        copies, asks = form.addresses("copies"), form.asks_before_repeat
        return await replies.reply(ticket, said, files=files, copies=copies, asks_before_repeat=asks, **stamp)

    return await moved(request, ticket, page, say)


_CHOICES = {"thanks": replies.thank, "follow_up": copies.follow_up}
"""The choices besides a plain reply."""

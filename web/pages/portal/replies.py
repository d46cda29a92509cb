"""Replies by the requester's side, with files and people in copy; on a resolved ticket also thanks and follow-ups."""

from typing import Any

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import Response

from web.pages.portal.acting import moved
from web.pages.shell.forms import Form
from web.pages.shell.session import PageRequest
from web.tickets.actions import replies
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import copies


@post("/tickets/{number:int}/replies", name="replies", status_code=303)
async def create(request: PageRequest, ticket: NamedDependency[TicketDetails]) -> Response[str]:
    async def say(form: Form, **who: Any) -> MoveResult:
        act = _CHOICES.get(form.text("as"))
        if act is not None:
            return await act(ticket, form.text("body"), files=form.files, **who)
        return await replies.reply(ticket, form.text("body"), files=form.files, copies=form.addresses("copies"), **who)

    return await moved(request, ticket, say)


_CHOICES = {"thanks": replies.thank, "follow_up": copies.follow_up}
"""The choices besides a plain reply."""

"""Approvals by the customer's organization: request, approval, refusal, withdrawal."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple, Unpack

from web.database import fetch_column
from web.errors import NotFromHere, Overtaken
from web.people.permissions import SYSTEM, Actor
from web.tickets.actions.cancellation import with_reason
from web.tickets.life.consequences import Change
from web.tickets.life.moves import APPROVAL, APPROVAL_REQUEST, OVERRULING, REFUSAL, WITHDRAWAL
from web.tickets.life.states import Alert, Resolution, Status, TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import NewMessage
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply
from web.tickets.tables import Approval


async def approve(
    ticket: TicketDetails, *, seen: int | None = None, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Approves the work. Raises `Overtaken` when the desk has asked again after event `seen`."""

    async def keep(state: TicketState) -> EventData:
        await _refuse_unread(state, seen)
        await Approval(ticket=state.number, decided_by=by.id, is_approved=True, at=at).save()
        return {}

    return await apply(APPROVAL, ticket, also=keep, by=by, at=at, key=key)


async def disapprove(
    ticket: TicketDetails, *, reason: str, seen: int | None = None, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Refuses the work. If the desk had asked for the approval, work goes on without it.

    Raises `Invalid` without a reason, and `Overtaken` when the desk has asked again after event `seen`.
    """

    async def keep(state: TicketState) -> EventData:
        await _refuse_unread(state, seen)
        await Approval(ticket=state.number, decided_by=by.id, is_approved=False, reason=reason, at=at).save()
        return await with_reason(reason)

    return await apply(REFUSAL, ticket, change=Change(resolution=Resolution.REFUSED), also=keep, by=by, at=at, key=key)


async def _refuse_unread(state: TicketState, seen: int | None) -> None:
    """Raises `Overtaken` for an answer from a page older than the last request for approval."""
    if seen is not None and await fetch_column(
        int,
        "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} "
        "AND kind IN ('submission', 'approval_request') LIMIT 1",
        state.number,
        seen,
    ):
        raise Overtaken("approval")


async def ask_approval(
    ticket: TicketDetails, body: str, *, files: Sequence[int] = (), **stamp: Unpack[Stamp]
) -> MoveResult:
    """Stops the work until the customer's organization approves it."""
    return await apply(APPROVAL_REQUEST, ticket, to=Status.APPROVAL, message=NewMessage(body, files), **stamp)


async def overrule(ticket: TicketDetails, *, reason: str, **stamp: Unpack[Stamp]) -> MoveResult:
    """A lead lets the work go on without the approval. Raises `Invalid` without a reason."""
    return await apply(OVERRULING, ticket, also=lambda state: with_reason(reason), **stamp)


class UnapprovableTicket(NamedTuple):
    """A ticket that nobody may approve."""

    number: int


async def overrule_unheard(at: datetime) -> None:
    """Resumes tickets that nobody may approve any more, a batch at a time, and alerts a lead."""
    for number in await fetch_column(int, _UNHEARD):
        change = Change(alert=Alert.NO_APPROVER)
        with suppress(NotFromHere):  # somebody was first
            await apply(OVERRULING, UnapprovableTicket(number), change=change, by=SYSTEM, at=at)


_UNHEARD = """
SELECT ticket.id FROM ticket WHERE ticket.status = 'approval' AND NOT EXISTS (
    SELECT 1 FROM membership JOIN person ON person.id = membership.person AND person.is_active
    WHERE membership.organization = ticket.organization AND approves AND confirmed_at IS NOT NULL
    AND person.id NOT IN (ticket.requester, ticket.author, COALESCE(ticket.approval_asked_by, 0)))
ORDER BY ticket.updated_at LIMIT 50
"""


async def withdraw(ticket: TicketDetails, **stamp: Unpack[Stamp]) -> MoveResult:
    """Withdraws the desk's request for approval. Work goes on without it."""
    return await apply(WITHDRAWAL, ticket, to=Status.OPEN, **stamp)

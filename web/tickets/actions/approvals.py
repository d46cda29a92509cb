"""Approvals by the customer's organization: request, approval, refusal, withdrawal."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from web.database import fetch_column
from web.errors import Invalid, Overtaken
from web.people import memberships
from web.people.permissions import Actor
from web.tickets.actions.cancellation import with_reason
from web.tickets.life.consequences import Change
from web.tickets.life.moves import APPROVAL, APPROVAL_REQUEST, REFUSAL, WITHDRAWAL
from web.tickets.life.states import Resolution, Status, TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult
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
    """Refuses the work. If the desk asked, work goes on without. Raises `Invalid` without a reason, and `Overtaken`."""

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
    ticket: TicketDetails, body: str, *, files: Sequence[int] = (), by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Stops the work until the customer's organization approves it. Raises `Invalid` when nobody there may approve."""

    async def by_somebody(state: TicketState) -> EventData:
        if not await memberships.has_approver(state.organization, but=(state.requester, state.author, by.id)):
            raise Invalid("body", "nobody_approves")
        return {}

    ask = partial(apply, APPROVAL_REQUEST, ticket, to=Status.APPROVAL, message=NewMessage(body, files))
    return await ask(also=by_somebody, by=by, at=at, key=key)


async def withdraw(ticket: TicketDetails, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Withdraws the desk's request for approval. Work goes on without it."""
    return await apply(WITHDRAWAL, ticket, to=Status.OPEN, by=by, at=at, key=key)

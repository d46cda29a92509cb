"""What the requester's side decides: whether work may start, and what the solution was worth."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from web.database import fetch, within
from web.errors import NotFromHere, Overtaken, refuse
from web.people.permissions import Actor
from web.tickets.actions.replies import with_reason
from web.tickets.life.moves import APPROVAL, RATING, REFUSAL, Life, Resolution, Status, may_edit
from web.tickets.life.workflows import Rating
from web.tickets.record.events import Made
from web.tickets.record.ticket import Sheet
from web.tickets.record.transition import locked, make
from web.tickets.tables import Approval

LONGEST_COMMENT = 2_000
SCORES = range(1, 6)


async def approve(ticket: Sheet, *, seen: int | None = None, by: Actor, at: datetime, key: str | None = None) -> Made:
    """Work may start, or go on where the desk had asked; raises `Overtaken` when it asked again after event `seen`."""

    async def keep(life: Life) -> Mapping[str, Any]:
        await _refuse_unread(life, seen)
        await Approval(ticket=life.number, decided_by=by.id, is_approved=True, at=at).save()
        return {}

    unasked = {"approval_asked_by": None}
    return await make(APPROVAL, ticket, sets=unasked, also=keep, by=by, at=at, key=key)


async def disapprove(
    ticket: Sheet, *, reason: str, seen: int | None = None, by: Actor, at: datetime, key: str | None = None
) -> Made:
    """Not to be worked on; where the desk had asked, work goes on without. Raises `Invalid` without a reason, and as
    `approve` does.
    """

    async def keep(life: Life) -> Mapping[str, Any]:
        await _refuse_unread(life, seen)
        await Approval(ticket=life.number, decided_by=by.id, is_approved=False, reason=reason, at=at).save()
        return await with_reason(reason)

    async with within():
        is_asked = (await locked(ticket.number)).approval_asked_by is not None
        ended: dict[str, Any] = {"resolution": Resolution.REFUSED, "closed_at": at}
        return await make(
            REFUSAL,
            ticket,
            to=Status.OPEN if is_asked else Status.CLOSED,
            sets={"approval_asked_by": None} if is_asked else ended,
            also=keep,
            by=by,
            at=at,
            key=key,
        )


async def _refuse_unread(life: Life, seen: int | None) -> None:
    """A page left open must not answer a question that came later."""
    if seen is not None and await fetch(
        "SELECT 1 AS one FROM event WHERE ticket = {} AND id > {} "
        "AND kind IN ('submission', 'approval_request') LIMIT 1",
        life.number,
        seen,
    ):
        raise Overtaken("approval")


async def rate(
    ticket: Sheet,
    *,
    service: int | None,
    quality: int | None,
    comment: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Made:
    """One rating for each solution: given, or changed within `EDITABLE`. Concludes where the workflow asks for it."""
    concludes = ticket.status is Status.RESOLVED and ticket.workflow.rating is Rating.REQUIRED
    given = {"service": service, "quality": quality, "comment": comment}

    async def keep(life: Life) -> Mapping[str, Any]:
        if life.status is not ticket.status:
            raise Overtaken("rating")
        refuse(
            {
                "service": None if service in SCORES else "score",
                "quality": None if quality in SCORES else "score",
                "comment": "too_long" if len(comment) > LONGEST_COMMENT else None,
            }
        )
        return await _keep_rating(life, given, by=by, at=at)

    return await make(
        RATING,
        ticket,
        to=Status.CLOSED if concludes else None,
        sets={"closed_at": at} if concludes else None,
        also=keep,
        by=by,
        at=at,
        key=key,
    )


async def _keep_rating(life: Life, given: Mapping[str, Any], *, by: Actor, at: datetime) -> Mapping[str, Any]:
    before = await fetch(
        "SELECT rating.id, rating.service, rating.quality, rating.comment, rating.at FROM rating "
        "JOIN ticket ON ticket.id = rating.ticket WHERE ticket.id = {} AND rating.at >= ticket.resolved_at "
        "ORDER BY rating.id DESC LIMIT 1",
        life.number,
    )
    if not before:
        await fetch(
            "INSERT INTO rating (ticket, person, service, quality, comment, at) VALUES ({}, {}, {}, {}, {}, {})",
            life.number,
            by.id,
            *given.values(),
            at,
        )
        return {"after": given}
    if not may_edit(before[0]["at"], at):
        raise NotFromHere("rating")
    await fetch(
        "UPDATE rating SET service = {}, quality = {}, comment = {}, edited_at = {} WHERE id = {}",
        *given.values(),
        at,
        before[0]["id"],
    )
    return {"before": {name: before[0][name] for name in given}, "after": given}

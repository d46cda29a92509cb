"""Ratings of the service and of the solution by the requester."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.errors import NotFromHere, Overtaken, refuse
from web.people.permissions import Actor
from web.text import too_long
from web.tickets import tables
from web.tickets.life.moves import RATING
from web.tickets.life.rights import may_edit
from web.tickets.life.states import Status, TicketState
from web.tickets.life.timeline import EventData, Json
from web.tickets.life.workflows import Rating
from web.tickets.record.events import MoveResult
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply

LONGEST_COMMENT = 2_000
SCORES = range(1, 6)


async def rate(
    ticket: TicketDetails,
    *,
    service: int | None,
    quality: int | None,
    comment: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> MoveResult:
    """Rates a solution once, or changes the rating within `EDITABLE`. Closes the ticket if the workflow says so."""
    concludes = ticket.status is Status.RESOLVED and ticket.workflow.rating is Rating.REQUIRED
    given: dict[str, Json] = {"service": service, "quality": quality, "comment": comment}

    async def keep(state: TicketState) -> EventData:
        if state.status is not ticket.status:
            raise Overtaken("rating")
        refuse(
            {
                "service": None if service in SCORES else "score",
                "quality": None if quality in SCORES else "score",
                "comment": too_long(comment, LONGEST_COMMENT),
            }
        )
        return await _keep_rating(state, given, by=by, at=at)

    return await apply(RATING, ticket, to=Status.CLOSED if concludes else None, also=keep, by=by, at=at, key=key)


@dataclass(frozen=True)
class _Rating:
    """A rating as kept."""

    id: int
    service: int
    quality: int
    comment: str
    at: datetime


_OF_THIS_SOLUTION = (
    "SELECT rating.id, rating.service, rating.quality, rating.comment, rating.at FROM rating "
    "JOIN ticket ON ticket.id = rating.ticket WHERE ticket.id = {} AND rating.at >= ticket.resolved_at "
    "ORDER BY rating.id DESC LIMIT 1"
)


async def _keep_rating(state: TicketState, given: EventData, *, by: Actor, at: datetime) -> EventData:
    row, found = tables.Rating, await fetch_as(_Rating, _OF_THIS_SOLUTION, state.number)
    values = {getattr(row, name): value for name, value in given.items()}
    if not found:
        await row({row.ticket: state.number, row.person: by.id, row.at: at, **values}).save()
        return {"after": given}
    before = found[0]
    if not may_edit(before.at, at):
        raise NotFromHere("rating")
    await row.update({row.edited_at: at, **values}).where(row.id == before.id)
    told: EventData = {"service": before.service, "quality": before.quality, "comment": before.comment}
    return {"before": told, "after": given}

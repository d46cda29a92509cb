"""Linked tickets: parts of a split, work of another team, cases, related tickets."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Unpack

from web.database import within
from web.errors import Invalid, NotFound, refuse
from web.people.agents.teams import is_active_team
from web.people.permissions import Actor
from web.text import is_blank, too_long
from web.tickets.life.consequences import Change
from web.tickets.life.moves import CASE, RELATED, SPLIT, WAIT, Move
from web.tickets.life.states import Status, TicketState, Wait
from web.tickets.life.timeline import EventData
from web.tickets.record import search_index
from web.tickets.record.events import MoveResult, Stamp, record, status_change
from web.tickets.record.messages import LONGEST_MESSAGE
from web.tickets.record.ticket import LONGEST_TITLE, TicketDetails, find_ticket
from web.tickets.record.transition import apply
from web.tickets.sla import stored_deadlines
from web.tickets.tables import Link, Message, Ticket

MOST_PARTS = 10


@dataclass(frozen=True)
class Part:
    """A piece of work taken out of a ticket."""

    title: str
    description: str = ""


async def split(
    ticket: TicketDetails, parts: Sequence[Part], *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Opens a ticket for each part. This one waits until all of them are resolved."""
    wanted = [part for part in parts if not is_blank(part.title)]
    _refuse_unfit(wanted, "parts")

    async def open_parts(state: TicketState) -> EventData:
        return {"parts": [await _part(ticket, part, "split", by=by, at=at) for part in wanted]}

    return await _wait_for(SPLIT, ticket, Wait.CHILDREN, open_parts, by=by, at=at, key=key)


async def launch_case(
    ticket: TicketDetails, part: Part, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Opens a case inside the desk. This ticket waits until it is resolved."""
    _refuse_unfit([part] if not is_blank(part.title) else [], "case")

    async def open_case(state: TicketState) -> EventData:
        return {"case": await _part(ticket, part, "case", by=by, at=at)}

    return await _wait_for(CASE, ticket, Wait.CASE, open_case, by=by, at=at, key=key)


async def hand_over(
    ticket: TicketDetails, team: int | None, what: str, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Opens a ticket for another team (N2), internal to the desk. This one waits until it is resolved."""
    part = Part(ticket.title, what)
    await _refuse_unfit_work(team, part)

    async def open_work(state: TicketState) -> EventData:
        return {"ticket": await _part(ticket, part, "team", team=team, by=by, at=at)}

    return await _wait_for(WAIT, ticket, Wait.TEAM, open_work, by=by, at=at, key=key)


async def relate(
    ticket: TicketDetails, other: int | None, *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Links two tickets as related."""
    found = await _other(ticket, other, by=by, field="other")
    async with within():
        made = await apply(RELATED, ticket, data={"other": found.number}, by=by, at=at, key=key)
        if not made.is_repeat:
            await _link(ticket.number, found.number, "related", at=at)
        return made


async def _wait_for(
    move: Move,
    ticket: TicketDetails,
    wait: Wait,
    opened: Callable[[TicketState], Awaitable[EventData]],
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Makes the move, and has the ticket wait for the tickets opened with it."""
    change, data = Change(wait=wait), {"wait": wait}
    return await apply(move, ticket, to=Status.WAITING, change=change, data=data, also=opened, **stamp)


async def _other(ticket: TicketDetails, number: int | None, *, by: Actor, field: str = "into") -> TicketDetails:
    if number is None:
        raise Invalid(field, "missing")
    if number == ticket.number:
        raise Invalid(field, "itself")
    try:
        return await find_ticket(number, by=by)
    except NotFound:
        raise Invalid(field, "unknown_ticket") from None


async def _link(number: int, other: int, kind: str, *, at: datetime) -> None:
    await Link.insert(Link(ticket=number, other=other, kind=kind, at=at)).on_conflict(
        target=(Link.ticket, Link.other, Link.kind), action="DO NOTHING"
    )


def _refuse_unfit(parts: Sequence[Part], field: str) -> None:
    if not parts:
        raise Invalid(field, "missing")
    codes = (too_long(each.title, LONGEST_TITLE) or too_long(each.description, LONGEST_MESSAGE) for each in parts)
    refuse({field: next(filter(None, codes), "too_many_parts" if len(parts) > MOST_PARTS else None)})


async def _refuse_unfit_work(team: int | None, part: Part) -> None:
    missing = "missing" if is_blank(part.description) else None
    refuse({"to": "missing" if team is None else None, "what": missing})
    if not await is_active_team(team):
        raise Invalid("to", "unknown")
    _refuse_unfit([part], "what")


async def _part(
    ticket: TicketDetails, part: Part, kind: str, *, team: int | None = None, by: Actor, at: datetime
) -> int:
    """Opens a ticket linked to this one. Parts of a split belong to the customer, all others to the desk."""
    is_customers = kind == "split"
    child = Ticket(
        title=" ".join(part.title.split()),
        category=ticket.category,
        topic=ticket.topic,
        priority=ticket.priority,
        author=by.id,
        requester=ticket.requester if is_customers else by.id,
        primary_contact=ticket.primary_contact if is_customers else by.id,
        organization=ticket.organization if is_customers else None,
        team=team or ticket.team,
        channel=ticket.channel,
        status=Status.NEW,
        workflow=ticket.workflow.name,
        created_at=at,
        submitted_at=at,
        updated_at=at,
    )
    await child.save()
    opening = Message(ticket=child.id, kind="opening", author=by.id, body=part.description or part.title, at=at)
    await opening.save()
    await _link(child.id, ticket.number, kind, at=at)
    await search_index.index(child.id)
    opened = status_change(Status.DRAFT, Status.NEW)
    await record("submission", child.id, by=by, at=at, data=opened, message=opening.id)
    await stored_deadlines.refresh(child.id)
    return int(child.id)

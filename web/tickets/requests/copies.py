"""Drafts made from a ticket: follow-ups and duplicates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from web.people.permissions import Actor
from web.tickets.life.moves import DUPLICATION, FOLLOW_UP, Move
from web.tickets.life.states import Channel, Priority
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.messages import opening_of
from web.tickets.record.participants import MOST_COPIES
from web.tickets.record.ticket import TicketDetails
from web.tickets.requests import categories
from web.tickets.requests.drafts import Request, draft
from web.tickets.requests.origins import Origin


async def follow_up(
    ticket: TicketDetails,
    body: str = "",
    *,
    files: Sequence[int] = (),
    channel: Channel = Channel.FORM,
    **stamp: Unpack[Stamp],
) -> MoveResult:
    """Starts a draft with the category, organization and people of an ended ticket, and with this text."""
    like = await _like(ticket, FOLLOW_UP, by=stamp["by"])
    return await draft(replace(like, description=body, files=files, channel=channel), **stamp)


async def duplicate(ticket: TicketDetails, **stamp: Unpack[Stamp]) -> MoveResult:
    """Starts a draft with everything that the ticket was opened with, files included."""
    return await draft(await copy_of(ticket, by=stamp["by"]), **stamp)


async def copy_of(ticket: TicketDetails, *, by: Actor) -> Request:
    opening = await opening_of(ticket)
    wanted = await _like(ticket, DUPLICATION, by=by)
    return replace(wanted, title=ticket.title, description=opening.body, priority=Priority(ticket.priority))


async def _like(ticket: TicketDetails, move: Move, *, by: Actor) -> Request:
    """A request about the same subject by the same people, as far as they may still use its category."""
    category, topic = await categories.still_offered(ticket.category, ticket.topic, by=by)
    return Request(
        category=category,
        topic=topic,
        organization=ticket.organization if by.is_agent or ticket.organization in by.organizations else None,
        requester=ticket.requester if by.is_agent else None,
        primary_contact=ticket.primary_contact if by.is_agent else None,
        copies=[each.address for each in ticket.copied if each.person != by.id][:MOST_COPIES],
        origin=Origin(ticket, move),
        fields={each.field.id: each.values for each in ticket.fields},
    )

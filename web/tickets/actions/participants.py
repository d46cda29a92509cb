"""Adds people in copy, dismisses people whom a mail proposed, and removes people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Unpack

from web.database import fetch_as, within
from web.errors import Invalid, NotFound, NotPermitted
from web.people.permissions import Actor
from web.tickets.life.moves import PARTICIPATION
from web.tickets.life.rights import may_remove
from web.tickets.life.states import TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record import proposed_participants, search_index
from web.tickets.record.events import MoveResult, Stamp
from web.tickets.record.locking import lock_state
from web.tickets.record.ticket import TicketDetails
from web.tickets.record.transition import apply
from web.tickets.tables import Participant


async def add(ticket: TicketDetails, addresses: Sequence[str], **stamp: Unpack[Stamp]) -> MoveResult:
    """Puts people in copy, by e-mail address."""

    async def name_somebody(state: TicketState) -> EventData:
        if not addresses:
            raise Invalid("copies", "missing")
        return {}

    return await apply(PARTICIPATION, ticket, copies=addresses, also=name_somebody, **stamp)


async def dismiss(
    ticket: TicketDetails, addresses: Sequence[str], *, by: Actor, at: datetime, key: str | None = None
) -> MoveResult:
    """Dismisses people whom a mail proposed for copy. Records no event, because the participants stay the same."""
    async with within():
        PARTICIPATION.check(await lock_state(ticket.number), by)
        await proposed_participants.dismiss(ticket.number, addresses, at=at)
    return MoveResult(ticket.number, 0)


@dataclass(frozen=True)
class _Copied:
    """How a person came into copy: the address that was typed, and who typed it."""

    address: str
    added_by: int


async def remove(ticket: TicketDetails, person: int, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Removes a person from the copies. They no longer see the ticket, unless another right lets them."""
    return await apply(PARTICIPATION, ticket, also=partial(_remove, person=person, by=by, at=at), by=by, at=at, key=key)


async def _remove(state: TicketState, *, person: int, by: Actor, at: datetime) -> EventData:
    if person not in state.participants:
        raise NotFound("participant")
    [copied] = await fetch_as(
        _Copied, "SELECT address, added_by FROM participant WHERE ticket = {} AND person = {}", state.number, person
    )
    if not may_remove(by, state, person=person, added_by=copied.added_by):
        raise NotPermitted("participation")
    await Participant.delete().where(Participant.ticket == state.number, Participant.person == person)
    await proposed_participants.dismiss(state.number, [copied.address], at=at)
    await search_index.index(state.number)
    return {"removed": [copied.address]}

"""Agents who go hold no tickets: these return to their queues, and the desk is told to look at them."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from web.database import fetch_column
from web.errors import NotFromHere
from web.people.permissions import SYSTEM
from web.people.turnover import departures
from web.sql import ALWAYS, Condition
from web.tickets.life.consequences import Change
from web.tickets.life.moves import DEPARTURE
from web.tickets.life.states import Alert, TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record.transition import apply

PAGE = 100


class Left(NamedTuple):
    """A ticket that somebody leaves behind."""

    number: int


async def deactivate(person: int, *, at: datetime) -> int:
    """Shuts an account. How many tickets returned; safe to run again when it was stopped halfway."""
    await departures.shut(person, at=at)
    return await _give_back(person, ALWAYS, at=at)


async def leave_desk(person: int, *, at: datetime) -> int:
    """Takes away the role and the teams. How many tickets returned."""
    await departures.leave_desk(person)
    return await _give_back(person, ALWAYS, at=at)


async def leave_team(person: int, team: int, *, at: datetime) -> int:
    """Takes the person out of the team. How many of its tickets returned."""
    await departures.leave_team(person, team)
    return await _give_back(person, Condition("ticket.team = {}", (team,)), at=at)


async def _give_back(person: int, which: Condition, *, at: datetime) -> int:
    returned, last = 0, 0
    while numbers := await fetch_column(int, _HELD, person, person, last, which):
        for number in numbers:
            with suppress(NotFromHere):  # somebody was first
                await _return(number, person, at=at)
                returned += 1
        last = numbers[-1]
    return returned


_HELD = f"""
SELECT ticket.id FROM ticket WHERE (ticket.assignee = {{}} OR ticket.offered_to = {{}})
AND ticket.status IN ('approval', 'new', 'open', 'waiting', 'resolved') AND ticket.id > {{}} AND {{}}
ORDER BY ticket.id LIMIT {PAGE}
"""


async def _return(number: int, person: int, *, at: datetime) -> None:
    async def tell(state: TicketState) -> EventData:
        if person not in (state.assignee, state.offered_to):
            raise NotFromHere(DEPARTURE.noun)
        names = await fetch_column(str, "SELECT name FROM person WHERE id = {}", person)
        return {"assignee": state.assignee if state.assignee != person else None, "left": names[0]}

    change = Change(leaver=person, alert=Alert.DEPARTURE)
    await apply(DEPARTURE, Left(number), change=change, also=tell, by=SYSTEM, at=at)

"""Agents who leave: their tickets return to the queues, and the desk is alerted to look at them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from web.database import fetch_as, fetch_column
from web.errors import NotFromHere
from web.people import accounts
from web.people.agents import roles
from web.people.directory import deactivation
from web.people.permissions import SYSTEM, Actor, Role
from web.sql import ALWAYS, Condition, bounded_count
from web.tickets.life.consequences import Change
from web.tickets.life.moves import DEPARTURE
from web.tickets.life.states import Alert, TicketState
from web.tickets.life.timeline import EventData
from web.tickets.pagination import COUNTED
from web.tickets.record.transition import apply

PAGE = 100


class AgentTicket(NamedTuple):
    """A ticket of an agent who leaves."""

    number: int


async def deactivate(person: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Deactivates an account. Returns how many tickets went back to a queue.

    It is safe to run again after an interruption.
    """
    await deactivation.deactivate(person, by=by, at=at)
    return await give_back(person, at=at)


async def give_role(person: int, role: Role, *, by: Actor, at: datetime) -> int:
    """Gives a role. Returns how many tickets went back to a queue: all of them if the person is no longer an agent."""
    await roles.give_role(person, role, by=by, at=at)
    return await give_back(person, at=at) if role is Role.REQUESTER else 0


async def leave_team(person: int, team: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Takes the person out of the team. Returns how many of its tickets went back to the queue."""
    await roles.leave_team(person, team, by=by, at=at)
    return await give_back(person, Condition("ticket.team = {}", (team,)), at=at)


@dataclass(frozen=True)
class LeftBehind:
    """What happens to the tickets and credentials of somebody who leaves. Counts stop at `COUNTED` + 1.

    Tickets that they hold (`held`) return to their queues, tickets that they requested (`asked`) stay; sessions, keys
    and links end.
    """

    held: int
    asked: int
    sessions: int
    keys: int
    links: int


async def left_behind(person: int, *, at: datetime) -> LeftBehind:
    counted = (f"{bounded_count(rows, COUNTED)} AS {name}" for name, rows in _LEFT_BEHIND.items())
    values = (person, person, person, person, at, person, person, at)
    return (await fetch_as(LeftBehind, f"SELECT {', '.join(counted)}", *values))[0]


async def give_back(person: int, which: Condition = ALWAYS, *, at: datetime) -> int:
    """Returns tickets that somebody holds to their queues. Returns how many."""
    returned, last = 0, 0
    while numbers := await fetch_column(int, _HELD, person, person, last, which):
        for number in numbers:
            with suppress(NotFromHere):  # somebody was first
                await _return(number, person, at=at)
                returned += 1
        last = numbers[-1]
    return returned


_IN_HANDS = """(ticket.assignee = {} OR ticket.offered_to = {})
AND ticket.status IN ('approval', 'new', 'open', 'waiting', 'resolved')"""
_LEFT_BEHIND = {
    "held": f"ticket WHERE {_IN_HANDS}",
    "asked": "ticket WHERE requester = {} AND status IN ('approval', 'new', 'open', 'waiting', 'resolved')",
    "sessions": "session WHERE person = {} AND ends_at > {}",
    "keys": "api_key WHERE person = {} AND revoked_at IS NULL",
    "links": "one_time_link WHERE person = {} AND token_hash IS NOT NULL AND ends_at > {}",
}
_HELD = f"SELECT ticket.id FROM ticket WHERE {_IN_HANDS} AND ticket.id > {{}} AND {{}} ORDER BY ticket.id LIMIT {PAGE}"


async def _return(number: int, person: int, *, at: datetime) -> None:
    async def tell(state: TicketState) -> EventData:
        if person not in (state.assignee, state.offered_to):
            raise NotFromHere(DEPARTURE.noun)
        return {
            "assignee": state.assignee if state.assignee != person else None,
            "left": await accounts.name_of(person),
        }

    change = Change(leaver=person, alert=Alert.DEPARTURE)
    await apply(DEPARTURE, AgentTicket(number), change=change, also=tell, by=SYSTEM, at=at)

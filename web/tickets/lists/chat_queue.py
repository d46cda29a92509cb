""" "Conversas agora" of one agent: the chats offered to them, how many they attend, and how many wait for them."""

from datetime import datetime

from web.brand.brand import known
from web.database import fetch_column
from web.people.permissions import Actor
from web.sql import ALWAYS, Condition, values
from web.tickets.visibility import visible_to

MOST_CALLING = 99
"""Counts of waiting chats stop here."""


def offered(by: Actor) -> Condition:
    """A condition that excludes chats of the queue once this agent attends as many as the ceiling allows.

    A chat that a colleague offered to them in person is not excluded.
    """
    ceiling = known().chat_ceiling
    if ceiling is None:
        return ALWAYS
    mine = "SELECT 1 AS one FROM ticket mine WHERE mine.assignee = {} AND mine.attend_at IS NOT NULL"
    attended = f"(SELECT count(*) FROM ({mine} LIMIT {ceiling}) attended)"
    apart = "ticket.assignee IS NOT NULL OR ticket.attend_at IS NULL OR ticket.offered_to = {}"
    return Condition(f"({apart} OR {attended} < {ceiling})", (by.id, by.id))


async def ceiling_reached(by: Actor) -> int | None:
    """The ceiling, if the agent attends that many chats; None below it, and where there is none."""
    ceiling = known().chat_ceiling
    if ceiling is None:
        return None
    mine = "SELECT count(*) AS many FROM ticket WHERE assignee = {} AND attend_at IS NOT NULL"
    return ceiling if (await fetch_column(int, mine, by.id))[0] >= ceiling else None


async def calling(by: Actor, *, at: datetime) -> int:
    """How many chats wait for an answer of this agent: their own, and those that the queue offers them."""
    of_queue = "ticket.assignee IS NULL AND (ticket.team IS NULL OR ticket.team IN ({}))"
    waiting = (
        "SELECT 1 AS one FROM ticket WHERE ticket.attend_at <= {} AND {} "
        f"AND (ticket.assignee = {{}} OR ({of_queue})) LIMIT {MOST_CALLING}"
    )
    counted = f"SELECT count(*) AS many FROM ({waiting}) calling"
    sight, teams = visible_to(by) & offered(by), values(sorted(by.teams) or [0])
    return (await fetch_column(int, counted, at, sight, by.id, teams))[0]

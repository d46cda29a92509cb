"""Counts the tickets of a list that changed since it was shown."""

from collections.abc import Sequence
from datetime import datetime

from web.database import fetch_column
from web.people.permissions import Actor
from web.sql import Condition
from web.tickets.lists import desk, portal
from web.tickets.lists.desk_views import VIEWS, DeskFilter, narrowed_by
from web.tickets.pagination import count_of

MOST = 99
"""The highest count, plus one."""

Change = tuple[datetime, int]
"""The time of a change, and its ticket."""


async def of_portal(chosen: portal.Filter, since: Change, *, by: Actor) -> int:
    """`since` is the last change that the page shows."""
    walks, narrowed = portal.walks_of(chosen, by), portal.narrowed_by(chosen, by)
    return await _counted("", (), walks, narrowed, since)


async def of_desk(sought: DeskFilter, since: Change, *, by: Actor, at: datetime) -> int:
    named, values = desk.looked_up(sought, at)
    walks = VIEWS[sought.view].scans(sought, by)
    return await _counted(f"WITH {named} ", values, walks, narrowed_by(sought), since)


async def _counted(
    named: str, values: Sequence[object], walks: list[Condition], narrowed: Condition, since: Change
) -> int:
    count = count_of(walks, narrowed & Condition("(ticket.updated_at, ticket.id) > ({}, {})", since), bound=MOST)
    (number,) = await fetch_column(int, f"{named}SELECT {{}} AS number", *values, count)
    return number

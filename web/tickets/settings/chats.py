"""Chat settings for administrators: off, or attended by the team of a category."""

from datetime import datetime

from web.brand import changes
from web.errors import refuse
from web.people.permissions import Actor
from web.tickets.requests.categories import open_to_all

MOST_CHATS = 50
"""The highest ceiling."""


async def choose(category: int | None, *, ceiling: int | None = None, seen: int, by: Actor, at: datetime) -> None:
    """Sets the category of chats (None turns chat off), and how many an agent attends at a time.

    Raises `Invalid`, and `Overtaken` like all changes of the brand.
    """
    is_known = category is None or category in {each.id for each in await open_to_all()}
    is_possible = ceiling is None or 1 <= ceiling <= MOST_CHATS
    refuse({"category": None if is_known else "unknown", "ceiling": None if is_possible else "wrong_ceiling"})
    await changes.attend_chats(category, ceiling=ceiling, seen=seen, by=by, at=at)

"""Chat as administrators set it: off, or attended by the team of a category."""

from datetime import datetime

from web.database import fetch_as
from web.errors import Invalid
from web.people.permissions import Actor
from web.place import changes
from web.tickets.requests.categories import OPEN_TO_ALL, CategoryName


async def choices() -> list[CategoryName]:
    """The categories that chats may lead to."""
    return await fetch_as(CategoryName, f"SELECT id, name FROM category WHERE {OPEN_TO_ALL} ORDER BY position, name")


async def choose(category: int | None, *, ceiling: int | None = None, seen: int, by: Actor, at: datetime) -> None:
    """The category of chats, None for no chat, and how many an agent attends at a time, at most.

    Raises `Invalid`, and `Overtaken` as all changes of the place do.
    """
    if category is not None and category not in {each.id for each in await choices()}:
        raise Invalid("category", "unknown")
    await changes.attend_chats(category, ceiling=ceiling, seen=seen, by=by, at=at)

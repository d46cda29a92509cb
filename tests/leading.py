"""What leads set, by the functions behind their pages."""

from dataclasses import fields, replace
from typing import Any

from tests.cast import NOW
from web.database import fetch, transaction
from web.people import memberships
from web.people.permissions import Actor, Sees
from web.tickets.settings import categories, topics
from web.tickets.settings.categories import CategoryInput
from web.tickets.settings.topics import TopicInput


async def set_category(name: str, *, by: Actor, **changes: Any) -> None:
    """A category as it is now, but for these."""
    (found,) = [each for each in await categories.categories() if each.name == name]
    now = CategoryInput(**{each.name: getattr(found, each.name) for each in fields(CategoryInput)})
    async with transaction():
        await categories.save_category(replace(now, **changes), number=found.id, by=by, at=NOW)


async def retire_topic(name: str, *, of: int, by: Actor) -> None:
    (found,) = [each for each in await topics.topics(of) if each.name == name]
    await topics.save_topic(TopicInput(name, is_active=False), of=of, number=found.id, by=by, at=NOW)


async def set_rights(person: Actor, *, by: Actor, **changes: Any) -> None:
    """What somebody of one organization may do there, as it is now, but for these."""
    (row,) = await fetch("SELECT id FROM membership WHERE person = {}", person.id)
    found = await memberships.membership(row["id"])
    now = {"sees": Sees(found.sees), "approves": bool(found.approves), "manages": bool(found.manages)}
    await memberships.set_rights(found, **{**now, **changes}, by=by, at=NOW)

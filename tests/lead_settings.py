"""Settings of leads, by the functions behind their pages."""

from dataclasses import fields, replace
from typing import Any

from tests import cast
from tests.cast import Cast
from web.database import fetch, transaction
from web.people import accounts, actors, memberships
from web.people.permissions import Actor, Sees
from web.tickets.settings import categories, teams, topics
from web.tickets.settings.categories import CategoryInput
from web.tickets.settings.topics import TopicInput


async def set_category(name: str, *, by: Actor, **changes: Any) -> None:
    """Changes these properties of a category."""
    (found,) = [each for each in await categories.categories() if each.name == name]
    now = CategoryInput(**{each.name: getattr(found, each.name) for each in fields(CategoryInput)})
    async with transaction():
        await categories.save_category(replace(now, **changes), number=found.id, by=by, at=cast.NOW)


async def set_categories(*, by: Actor, **changes: Any) -> None:
    """Changes these properties of all categories."""
    for each in await categories.categories():
        await set_category(each.name, by=by, **changes)


async def live_by(preset: str) -> None:
    """Lets new tickets of every category follow this preset."""
    lia = await actors.of_person((await accounts.find("lia@guiche.example")).id)
    assert lia is not None
    await set_categories(by=lia, workflow=preset)


async def brought(people: Cast, preset: str, state: str) -> int:
    """Ana's ticket, opened under this preset and brought to a state at once."""
    await live_by(preset)
    number = await cast.ticket(people.ana)
    await cast.brought_to(number, state, by=people.bia, asker=people.ana)
    return number


async def team(name: str) -> int:
    """The number of the team."""
    (found,) = [each.id for each in await teams.teams() if each.name == name]
    return found


async def set_team(name: str, *, by: Actor, **changes: Any) -> None:
    """Changes these properties of a team."""
    found = await teams.team(await team(name))
    members = frozenset(each.id for each in await teams.candidates(found.id) if each.is_member)
    now = teams.TeamInput(found.name, found.tier, found.is_confidential, found.calendar, members)
    async with transaction():
        await teams.save_team(replace(now, **changes), number=found.id, by=by, at=cast.NOW)


async def confide(name: str, *, by: Actor) -> None:
    """Makes the team confidential."""
    await set_team(name, by=by, is_confidential=True)


async def retire_topic(name: str, *, of: int, by: Actor) -> None:
    (found,) = [each for each in await topics.topics(of) if each.name == name]
    await topics.save_topic(TopicInput(name, is_active=False), of=of, number=found.id, by=by, at=cast.NOW)


async def set_rights(person: Actor, *, by: Actor, **changes: Any) -> None:
    """Changes these rights of somebody's only membership."""
    (row,) = await fetch("SELECT id FROM membership WHERE person = {}", person.id)
    found = await memberships.membership(row["id"])
    now = {"sees": Sees(found.sees), "approves": bool(found.approves), "manages": bool(found.manages)}
    await memberships.set_rights(found, **{**now, **changes}, by=by, at=cast.NOW)

"""The teams of the desk by name, and those that an agent can see."""

from dataclasses import dataclass

from web.database import fetch_as, fetch_column
from web.errors import Invalid
from web.people.permissions import Actor
from web.sorting import by_name
from web.sql import literals


@dataclass(frozen=True)
class TeamName:
    """A team with its tier."""

    id: int
    name: str
    tier: int


async def team_of(name: str) -> int:
    """The id of the team of this name. Raises `Invalid`."""
    known = await fetch_column(int, "SELECT id FROM team WHERE name = {}", name)
    if not known:
        raise Invalid("team", "unknown")
    return known[0]


async def active_teams() -> list[TeamName]:
    found = await fetch_as(TeamName, "SELECT id, name, tier FROM team WHERE is_active ORDER BY id")
    return sorted(found, key=lambda each: by_name(each.name))


async def is_active_team(number: int | None) -> bool:
    return bool(await fetch_column(int, "SELECT 1 AS one FROM team WHERE id = {} AND is_active", number))


async def teams_in_sight(by: Actor) -> list[TeamName]:
    """The active teams whose tickets an agent may see, by tier."""
    mine = f" OR id IN ({literals(sorted(by.teams))})" if by.teams else ""
    seen = f"is_active AND (NOT is_confidential{mine})"
    found = await fetch_as(TeamName, f"SELECT id, name, tier FROM team WHERE {seen} ORDER BY id")
    return sorted(found, key=lambda each: (each.tier, by_name(each.name)))

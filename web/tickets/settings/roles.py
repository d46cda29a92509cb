"""Role and teams of a person, as administrators set them."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as, transaction
from web.errors import Invalid, NotPermitted
from web.people.agents import roles
from web.people.permissions import Actor, Role
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind
from web.sorting import by_name
from web.tickets.actions.ownership import departures
from web.tickets.settings import teams

MOST_MEMBERS = 1_000
"""The most members on the page of permissions."""


@dataclass(frozen=True)
class RoleInput:
    """The role, and the teams among those on offer that the person belongs to."""

    role: Role
    teams: frozenset[int]


@dataclass(frozen=True)
class TeamChoice:
    """A team, whether the person belongs to it, and whether `by` may change that."""

    id: int
    name: str
    tier: int
    is_member: bool
    is_open: bool


@dataclass(frozen=True)
class _Place:
    team: int


@dataclass(frozen=True)
class Member:
    """A member of a team; a team without members has one row without a person."""

    team: int
    team_name: str
    tier: int
    is_confidential: bool
    person: int | None
    name: str | None
    role: str | None


async def members() -> list[Member]:
    """The members of the active teams, the first tier first."""
    found = await fetch_as(
        Member,
        "SELECT team.id AS team, team.name AS team_name, team.tier, team.is_confidential, person.id AS person, "
        "person.name, person.role FROM team LEFT JOIN team_member ON team_member.team = team.id "
        "LEFT JOIN person ON person.id = team_member.person AND person.is_active "
        "WHERE team.is_active ORDER BY team.tier, team.name, team.id, person.sort_name, person.id "
        f"LIMIT {MOST_MEMBERS}",
    )
    return sorted(found, key=lambda each: (each.tier, by_name(each.team_name)))


async def choices(person: int, *, by: Actor) -> list[TeamChoice]:
    """The active teams, and those that the person belongs to."""
    mine = {each.team for each in await fetch_as(_Place, "SELECT team FROM team_member WHERE person = {}", person)}
    return [
        TeamChoice(each.id, each.name, each.tier, each.id in mine, each.is_active and each.may_be_changed(by))
        for each in await teams.teams()
        if each.is_active or each.id in mine
    ]


async def assign(person: int, wanted: RoleInput, *, seen: int | None = None, by: Actor, at: datetime) -> int:
    """Sets role and teams. Returns how many tickets went back to their queues. Nobody can change their own.

    Raises `NotFound`, `NotPermitted`, `Overtaken`, and `Invalid` for the last administrator, for the role of a robot
    and for a team that `by` may not change.
    """
    if not by.is_admin or person == by.id:
        raise NotPermitted("role")
    offered = {each.id: each for each in await choices(person, by=by) if each.is_open}
    if not wanted.teams <= offered.keys():
        raise Invalid("teams", "unknown")
    async with transaction():
        await refuse_overtaken(Kind.PERSON, person, seen)
        await roles.give_role(person, wanted.role, by=by, at=at)
        for team in sorted(wanted.teams) if wanted.role is not Role.REQUESTER else ():
            if not offered[team].is_member:
                await roles.join_team(person, team, by=by, at=at)
        if wanted.role is Role.REQUESTER:
            return await departures.give_back(person, at=at)
        left = [each.id for each in offered.values() if each.is_member and each.id not in wanted.teams]
        return sum([await departures.leave_team(person, team, by=by, at=at) for team in left])

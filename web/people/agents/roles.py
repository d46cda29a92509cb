"""Gives and removes roles and teams."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import fetch_as, within
from web.errors import Invalid, NotPermitted
from web.people import sessions
from web.people.agents.teams import TeamName
from web.people.directory.changing import changing
from web.people.directory.deactivation import refuse_last_admin, refuse_oneself
from web.people.permissions import Actor, Role
from web.people.tables import Person, TeamMember
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, record_change


async def give_role(person: int, role: Role, *, by: Actor, at: datetime) -> None:
    """Sets the role. Every session of the person ends; a requester leaves all teams. Nobody can change their own role.

    Raises `NotFound`, `NotPermitted`, and `Invalid` for the last administrator and for robots, who are agents.
    """
    if not by.is_admin:
        raise NotPermitted("role")
    async with within():
        await refuse_oneself(person, by)
        if role is not Role.ADMIN:
            await refuse_last_admin(person)
        async with changing(person, by=by, at=at) as subject:
            if subject.role == role:
                return
            if subject.is_robot or role is Role.SYSTEM:
                raise Invalid("role", "unknown")
            await Person.update({Person.role: role}).where(Person.id == person)
            await sessions.end_all(person)
            if role is Role.REQUESTER:
                await TeamMember.delete().where(TeamMember.person == person)
    audit.note("role", person=by.id, to=person, role=role)


async def join_team(person: int, team: int, *, by: Actor, at: datetime) -> None:
    """Adds the person to the team. The caller has checked that `by` may change it."""
    async with within(), changing(person, by=by, at=at):
        before = await _members(team)
        await TeamMember(team=team, person=person).save()
        await _tell(team, before, by=by, at=at)
    audit.note("team_joined", person=by.id, to=person, team=team)


async def leave_team(person: int, team: int, *, by: Actor, at: datetime) -> None:
    async with within(), changing(person, by=by, at=at):
        before = await _members(team)
        await TeamMember.delete().where((TeamMember.person == person) & (TeamMember.team == team))
        await _tell(team, before, by=by, at=at)
    audit.note("team_left", person=by.id, to=person, team=team)


@dataclass(frozen=True)
class _Member:
    id: int
    name: str


async def _members(team: int) -> list[Personal]:
    found = await fetch_as(
        _Member,
        "SELECT person.id, person.name FROM team_member JOIN person ON person.id = team_member.person "
        "WHERE team_member.team = {} ORDER BY person.sort_name, person.id",
        team,
    )
    return [Personal(each.name, each.id) for each in found]


async def _tell(team: int, before: list[Personal], *, by: Actor, at: datetime) -> None:
    """Records the change in the log of the team as well, where its editors see it."""
    (named,) = await fetch_as(TeamName, "SELECT id, name, tier FROM team WHERE id = {}", team)
    old, new = {"members": before}, {"members": await _members(team)}
    await record_change(Kind.TEAM, team, named.name, old, new, by=by.id, at=at)

"""The people, teams and categories that generated tickets use."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.database import fetch_as
from web.people.permissions import Actor, Role
from web.tickets.life.states import Priority
from web.tickets.life.workflows import Workflow, workflow
from web.tickets.sla.policy import PolicyKey, policy_of
from web.tickets.sla.targets import Policy


@dataclass(frozen=True)
class Member:
    """A person of an organization."""

    actor: Actor
    address: str = ""
    approves: bool = False


@dataclass(frozen=True)
class Subject:
    """A category with one of its topics."""

    category: int
    name: str
    topic: int | None
    workflow: Workflow
    team: int | None
    is_confidential: bool


@dataclass(frozen=True)
class World:
    """Everything that generated tickets draw from."""

    organizations: Sequence[int]
    """Colégio Aurora, the first organization, comes first."""
    members: Mapping[int, Sequence[Member]]
    """Members by organization."""
    agents: Mapping[int | None, Sequence[Actor]]
    """Agents by team; None holds all."""
    subjects: Sequence[Subject]
    policies: Mapping[tuple[int, Priority], Policy]
    """Policies by category and priority."""
    ana: Member

    def agents_of(self, team: int | None) -> Sequence[Actor]:
        return self.agents.get(team) or self.agents[None]


async def load(organizations: Sequence[int], *, ana: int) -> World:
    members, subjects = await _members(), await _subjects()
    policies = {
        (subject.category, priority): await policy_of(
            PolicyKey(subject.workflow.name, priority, subject.category, subject.team, None)
        )
        for subject in {each.category: each for each in subjects}.values()
        for priority in Priority
    }
    hers = next(each for each in members[organizations[0]] if each.actor.id == ana)
    return World(organizations, members, await _agents(), subjects, policies, hers)


@dataclass(frozen=True)
class _MemberRow:
    """A person of an organization."""

    organization: int
    person: int
    approves: bool
    address: str
    name: str


async def _members() -> Mapping[int, Sequence[Member]]:
    members: dict[int, list[Member]] = defaultdict(list)
    for row in await fetch_as(
        _MemberRow,
        "SELECT membership.organization, membership.person, membership.approves, min(identity.value) AS address, "
        "person.name FROM membership JOIN person ON person.id = membership.person "
        "JOIN identity ON identity.person = membership.person WHERE membership.confirmed_at IS NOT NULL "
        "GROUP BY membership.organization, membership.person, membership.approves, person.name "
        "ORDER BY membership.person",
    ):
        members[row.organization].append(Member(Actor(row.person, row.name), row.address, row.approves))
    return members


@dataclass(frozen=True)
class _AgentRow:
    """An agent of a team."""

    team: int
    id: int
    name: str
    role: str


async def _agents() -> Mapping[int | None, Sequence[Actor]]:
    agents: dict[int | None, list[Actor]] = defaultdict(list)
    for row in await fetch_as(
        _AgentRow,
        "SELECT team_member.team, person.id, person.name, person.role FROM team_member "
        "JOIN person ON person.id = team_member.person ORDER BY person.id, team_member.team",
    ):
        agent = Actor(row.id, row.name, Role(row.role))
        agents[row.team].append(agent)
        agents[None].append(agent)
    return agents


@dataclass(frozen=True)
class _SubjectRow:
    """A category with one of its topics."""

    id: int
    name: str
    workflow: str
    team: int | None
    topic: int | None
    is_confidential: bool


async def _subjects() -> Sequence[Subject]:
    rows = await fetch_as(
        _SubjectRow,
        "SELECT category.id, category.name, category.workflow, category.team, topic.id AS topic, "
        "COALESCE(team.is_confidential, false) AS is_confidential FROM category "
        "LEFT JOIN topic ON topic.category = category.id LEFT JOIN team ON team.id = category.team "
        "WHERE category.is_active AND NOT category.needs_approval ORDER BY category.id, topic.id",
    )
    return [Subject(row.id, row.name, row.topic, workflow(row.workflow), row.team, row.is_confidential) for row in rows]

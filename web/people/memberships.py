"""Memberships of organizations and what they allow; and the teams of the desk."""

from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import execute, fetch_as, fetch_column, within
from web.errors import NotFound, NotPermitted
from web.people.permissions import Actor, Sees
from web.people.tables import Membership
from web.settings_log.recording import Kind, Values, record_change
from web.sql import literals


@dataclass(frozen=True)
class Colleague:
    """A member of an organization, with what they may do there."""

    id: int
    organization: int
    organization_name: str
    person: int
    name: str
    sees: str
    approves: bool
    manages: bool
    confirmed_at: datetime | None
    identity: str | None

    @property
    def title(self) -> str:
        """What the log of settings calls it."""
        return f"{self.name}, {self.organization_name}"


@dataclass(frozen=True)
class TeamName:
    """A team with its tier."""

    id: int
    name: str
    tier: int


async def add(
    person: int, organization: int, *, sees: Sees, approves: bool = False, manages: bool = False, at: datetime
) -> None:
    """Makes somebody a member with these rights, vouched for by whoever runs the desk."""
    await Membership(
        person=person,
        organization=organization,
        sees=sees,
        approves=approves,
        manages=manages,
        confirmed_at=at,
    ).save()


async def request(person: int, organization: int) -> None:
    """Asks to join: nothing opens before who manages the organization confirms it."""
    await execute(
        "INSERT INTO membership (person, organization, sees, approves, manages) SELECT {}, {}, {}, {}, {} "
        "WHERE NOT EXISTS (SELECT 1 FROM membership WHERE person = {} AND organization = {})",
        *(person, organization, Sees.OWN.value, False, False),
        *(person, organization),
    )


async def grant(membership: int, *, sees: Sees, approves: bool, manages: bool, by: Actor, at: datetime) -> None:
    """Confirms a colleague and sets what they may do; never one's own rights. Raises `NotFound`, `NotPermitted`."""
    row = await _of_colleague(membership, by)
    if sees is Sees.GROUP and row.organization not in await group_sight(by.id):
        raise NotPermitted("grant")
    async with within():
        changed = Membership.update(sees=sees, approves=approves, manages=manages, confirmed_at=row.confirmed_at or at)
        await changed.where(Membership.id == membership)
        before = _rights(row) if row.confirmed_at else None
        after = {"sees": sees.value, "approves": approves, "manages": manages}
        await record_change(Kind.MEMBERSHIP, row.person, row.title, before, after, by=by.id, at=at)
    audit.note("grant", person=by.id, to=row.person, sees=sees, approves=approves, manages=manages)


async def revoke(membership: int, *, by: Actor, at: datetime) -> None:
    """Ends a colleague's membership, or turns down who asked for one. Raises `NotFound`, `NotPermitted`."""
    row = await _of_colleague(membership, by)
    async with within():
        await Membership.delete().where(Membership.id == membership)
        await record_change(Kind.MEMBERSHIP, row.person, row.title, _rights(row), None, by=by.id, at=at)
    audit.note("revocation", person=by.id, to=row.person, organization=row.organization)


async def _of_colleague(membership: int, by: Actor) -> Colleague:
    """A membership that `by` manages, and is not their own. Raises `NotFound`, `NotPermitted`."""
    rows = await fetch_as(Colleague, f"{_COLLEAGUES} WHERE m.id = {{}}", membership)
    if not rows or rows[0].organization not in by.manages:
        raise NotFound("membership")
    if rows[0].person == by.id:
        raise NotPermitted("grant")
    return rows[0]


def _rights(row: Colleague) -> Values:
    """As the log of settings keeps them."""
    return {"sees": row.sees, "approves": row.approves, "manages": row.manages}


async def colleagues(organizations: frozenset[int]) -> list[Colleague]:
    """Members of these organizations, those who wait for confirmation first."""
    if not organizations:
        return []
    return await fetch_as(
        Colleague,
        f"{_COLLEAGUES} WHERE m.organization IN ({literals(organizations)}) "
        "ORDER BY m.confirmed_at IS NOT NULL, o.name, p.name, m.id LIMIT 500",
    )


_COLLEAGUES = (
    "SELECT m.id, m.organization, o.name AS organization_name, p.id AS person, p.name, m.sees, m.approves, "
    "m.manages, m.confirmed_at, (SELECT min(value) FROM identity WHERE person = p.id) AS identity "
    "FROM membership m JOIN person p ON p.id = m.person JOIN organization o ON o.id = m.organization"
)


async def has_approver(organization: int | None, *, but: tuple[int, int, int]) -> bool:
    """Whether somebody else of the organization holds the grant to approve."""
    return bool(
        await fetch_column(
            int,
            "SELECT 1 AS one FROM membership JOIN person ON person.id = membership.person AND person.is_active "
            "WHERE organization = {} AND approves AND confirmed_at IS NOT NULL AND person NOT IN ({}, {}, {}) LIMIT 1",
            organization or 0,
            *but,
        )
    )


async def teams_in_sight(by: Actor) -> list[TeamName]:
    """The active teams whose tickets an agent may see, the first tier first."""
    mine = f" OR id IN ({literals(sorted(by.teams))})" if by.teams else ""
    seen = f"is_active AND (NOT is_confidential{mine})"
    return await fetch_as(TeamName, f"SELECT id, name, tier FROM team WHERE {seen} ORDER BY tier, name, id")


async def group_sight(person: int) -> set[int]:
    """The organizations all of whose branches the person sees."""
    mine = "SELECT organization FROM membership WHERE person = {} AND sees = {}"
    return set(await fetch_column(int, mine, person, Sees.GROUP))

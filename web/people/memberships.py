"""Memberships of organizations and what they allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import columns_of, dialect, execute, existing, fetch_as, fetch_column, json_list, within
from web.errors import Invalid, NotFound, NotPermitted
from web.people.organizations import OrganizationName
from web.people.permissions import Actor, Sees
from web.people.tables import Membership
from web.settings_log.personal import Personal
from web.settings_log.recording import Kind, Values, record_change
from web.sql import Fragment, literals


@dataclass(frozen=True)
class Colleague:
    """A member of an organization, with their rights there."""

    id: int
    organization: int
    organization_name: str
    is_open: bool
    """Whether the organization accepts members: it is not retired."""
    person: int
    name: str
    sees: str
    approves: bool
    manages: bool
    confirmed_at: datetime | None
    invited_at: datetime | None
    removed_at: datetime | None
    identity: str | None

    @property
    def title(self) -> Personal:
        """The name of a membership in the log of settings."""
        return Personal(f"{self.name}, {self.organization_name}", self.person)


async def add(
    person: int, organization: int, *, sees: Sees, approves: bool = False, manages: bool = False, at: datetime
) -> None:
    """Makes somebody a member with these rights, without confirmation."""
    await Membership(
        person=person,
        organization=organization,
        sees=sees,
        approves=approves,
        manages=manages,
        confirmed_at=at,
    ).save()


async def grant(membership: int, *, sees: Sees, approves: bool, manages: bool, by: Actor, at: datetime) -> None:
    """Confirms a colleague and sets their rights, but never one's own. Raises `NotFound`, `NotPermitted`.

    Also raises as `set_rights` does.
    """
    row = await managed(membership, by)
    if sees is Sees.GROUP and row.organization not in await group_sight(by.id):
        raise NotPermitted("grant")
    await set_rights(row, sees=sees, approves=approves, manages=manages, by=by, at=at)


async def revoke(membership: int, *, by: Actor, at: datetime) -> None:
    """Ends a colleague's membership, which can be restored, or declines a request or invitation.

    Raises `NotFound`, `NotPermitted`.
    """
    await end(await managed(membership, by), by=by, at=at)


async def set_rights(row: Colleague, *, sees: Sees, approves: bool, manages: bool, by: Actor, at: datetime) -> None:
    """Confirms a membership and sets its rights. The caller has checked that `by` may.

    Raises `Invalid` if somebody would join a retired organization.
    """
    if row.confirmed_at is None:
        _refuse_retired(row)
    async with within():
        await execute(_ALLOWED, sees.value, approves, manages, row.confirmed_at or at, row.id)
        before = _rights(row) if row.confirmed_at else None
        after = {"sees": sees.value, "approves": approves, "manages": manages}
        await record_change(Kind.MEMBERSHIP, row.person, row.title, before, after, by=by.id, at=at)
    audit.note("grant", person=by.id, to=row.person, sees=sees, approves=approves, manages=manages)


_ALLOWED = (
    "UPDATE membership SET sees = {}, approves = {}, manages = {}, confirmed_at = {}, removed_at = NULL WHERE id = {}"
)


async def end(row: Colleague, *, by: Actor, at: datetime) -> None:
    """Ends a membership, or withdraws a request. The caller has checked that `by` may."""
    this = Membership.id == row.id
    async with within():
        if row.confirmed_at is None:
            await Membership.delete().where(this)
        else:
            await Membership.update({Membership.confirmed_at: None, Membership.removed_at: at}).where(this)
        await record_change(Kind.MEMBERSHIP, row.person, row.title, _rights(row), None, by=by.id, at=at)
    audit.note("revocation", person=by.id, to=row.person, organization=row.organization)


async def bring_back(membership: int, *, by: Actor, at: datetime) -> None:
    """Restores a removed membership with its rights.

    Raises `NotFound`, `NotPermitted`, and `Invalid` if it is retired.
    """
    row = await managed(membership, by)
    if row.removed_at is None:
        raise NotFound("membership")
    _refuse_retired(row)
    async with within():
        await Membership.update({Membership.confirmed_at: at, Membership.removed_at: None}).where(
            Membership.id == row.id
        )
        await record_change(Kind.MEMBERSHIP, row.person, row.title, None, _rights(row), by=by.id, at=at)
    audit.note("return", person=by.id, to=row.person, organization=row.organization)


async def managed(number: int, by: Actor) -> Colleague:
    """A membership of an organization that `by` manages, except their own. Raises `NotFound`, `NotPermitted`."""
    row = await membership(number)
    if row.organization not in by.manages:
        raise NotFound("membership")
    if row.person == by.id:
        raise NotPermitted("grant")
    return row


async def number_of(person: int, organization: int) -> int | None:
    """The id of the membership, even if it is unconfirmed or ended."""
    sought = "SELECT id FROM membership WHERE person = {} AND organization = {} ORDER BY id LIMIT 1"
    return next(iter(await fetch_column(int, sought, person, organization)), None)


async def membership(number: int) -> Colleague:
    """Returns the membership. Raises `NotFound`."""
    return existing(await fetch_as(Colleague, f"{_COLLEAGUES} WHERE m.id = {{}}", number), "membership")


def _refuse_retired(row: Colleague) -> None:
    if not row.is_open:
        raise Invalid("organization", "retired_organization")


def _rights(row: Colleague) -> Values:
    """The rights for the log of settings."""
    return {"sees": row.sees, "approves": row.approves, "manages": row.manages}


async def colleagues(organizations: frozenset[int]) -> list[Colleague]:
    """Members of these organizations: unconfirmed ones first, former ones last."""
    if not organizations:
        return []
    return await fetch_as(
        Colleague,
        f"{_COLLEAGUES} WHERE m.organization IN ({literals(organizations)}) "
        "ORDER BY m.removed_at IS NOT NULL, m.confirmed_at IS NOT NULL, o.sort_name, p.sort_name, m.id LIMIT 500",
    )


_COLLEAGUES = (
    "SELECT m.id, m.organization, o.name AS organization_name, o.is_active AS is_open, p.id AS person, p.name, "
    "m.sees, m.approves, m.manages, m.confirmed_at, m.invited_at, m.removed_at, "
    "(SELECT min(value) FROM identity WHERE person = p.id) AS identity "
    "FROM membership m JOIN person p ON p.id = m.person JOIN organization o ON o.id = m.organization"
)


@dataclass(frozen=True)
class Home(OrganizationName):
    """An organization that accepts tickets, and its default team."""

    team: int | None


async def homes(person: int) -> list[OrganizationName]:
    """The organizations of a person, including retired ones."""
    return await fetch_as(OrganizationName, _HOMES, person)


async def open_homes_of(identity: str) -> list[Home]:
    """The organizations that accept tickets, of the person with this e-mail address or organization login."""
    person = await fetch_column(int, "SELECT person FROM identity WHERE value = {}", identity.strip().casefold())
    return await fetch_as(Home, _OPEN_HOMES, person[0]) if person else []


def homes_in_sql(person: int | Fragment) -> Fragment:
    """The organizations of a person, as a list in JSON."""
    return Fragment(json_list(columns_of(OrganizationName), _HOMES), (person,))


def open_homes_in_sql(person: int) -> Fragment:
    """The organizations of a person that accept tickets, as a list in JSON."""
    return Fragment(json_list(columns_of(Home), _OPEN_HOMES), (person,))


_OF_PERSON = (
    "FROM membership m JOIN organization o ON o.id = m.organization WHERE m.person = {} AND m.confirmed_at IS NOT NULL"
)
_HOMES = f"SELECT o.id, o.name {_OF_PERSON} ORDER BY o.sort_name, o.id"
_OPEN_HOMES = (
    "SELECT o.id, o.name, (SELECT team.id FROM team WHERE team.id = o.team AND team.is_active) AS team "
    f"{_OF_PERSON} AND o.is_active ORDER BY o.sort_name, o.id"
)


def chosen(organization: int | None, *, of: Sequence[OrganizationName]) -> int | None:
    """The organization of a request: the one that was chosen, or else the only one. Raises `Invalid`."""
    known = [each.id for each in of]
    if organization is None and len(known) > 1:
        raise Invalid("organization", "which_organization")
    if organization not in (None, *known):
        raise Invalid("organization", "not_a_member")
    return organization or next(iter(known), None)


async def has_approver(organization: int | None, *, but: tuple[int, int]) -> bool:
    """Whether anybody else in the organization may approve."""
    return bool(
        await fetch_column(
            int,
            "SELECT 1 AS one FROM membership JOIN person ON person.id = membership.person AND person.is_active "
            "WHERE organization = {} AND approves AND confirmed_at IS NOT NULL AND person NOT IN ({}, {}) LIMIT 1",
            organization or 0,
            *but,
        )
    )


def approvers_in_sql() -> str:
    """At most two people who may approve a row of `ticket`, without its requester and author, as a list in JSON."""
    gathered = dialect(sqlite="json_group_array(person)", postgres="COALESCE(json_agg(person), '[]')")
    return (
        f"(SELECT {gathered} FROM (SELECT person FROM membership "
        "JOIN person able ON able.id = person AND able.is_active "
        "WHERE membership.organization = ticket.organization AND approves AND confirmed_at IS NOT NULL "
        "AND person NOT IN (ticket.requester, ticket.author) LIMIT 2) approver)"
    )


async def group_sight(person: int) -> set[int]:
    """The organizations of which the person sees all branches."""
    mine = "SELECT organization FROM membership WHERE person = {} AND sees = {} AND confirmed_at IS NOT NULL"
    return set(await fetch_column(int, mine, person, Sees.GROUP))

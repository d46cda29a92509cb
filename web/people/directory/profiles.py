"""Profiles of a person and of an organization, for the desk."""

from dataclasses import dataclass
from datetime import datetime

from web.database import existing, fetch_as, json_list, read_json
from web.people.directory.changing import NOBODYS
from web.people.identifiers.phones import PhoneShown
from web.people.organizations import RelatedOrganization
from web.people.permissions import Actor, Role, may_change
from web.people.reachability import is_gone, last_answer

MOST_SHOWN = 50
"""The most members and branches on the page of an organization."""


@dataclass(frozen=True)
class Contact:
    """A sign-in name."""

    id: int
    kind: str
    value: str
    is_verified: bool
    answer: str
    """Why the last message to it bounced, if it did."""

    @property
    def is_gone(self) -> bool:
        return is_gone(self.answer)


@dataclass(frozen=True)
class Waiting:
    """Whether a membership is confirmed, and if not, when it was offered or requested, as the database wrote it."""

    is_confirmed: bool
    invited_at: str | None

    @property
    def invited(self) -> datetime | None:
        return datetime.fromisoformat(self.invited_at) if self.invited_at else None


@dataclass(frozen=True)
class Belonging(Waiting):
    """A membership of a person, with its rights."""

    id: int
    organization: int
    name: str
    sees: str
    approves: bool
    manages: bool


@dataclass(frozen=True)
class TeamOf:
    """A team of a person."""

    id: int
    name: str
    tier: int


@dataclass(frozen=True)
class _Person:
    id: int
    name: str
    role: str
    is_robot: bool
    is_active: bool
    is_nobodys: bool
    """Whether the account was merged into another one, or the person was erased."""
    has_password: bool
    created_at: datetime
    seen_at: datetime | None
    zone: str | None


@dataclass(frozen=True)
class Profile(_Person):
    """A person with their contacts, memberships and teams."""

    contacts: list[Contact]
    phones: list[PhoneShown]
    belongings: list[Belonging]
    teams: list[TeamOf]

    def may_be_changed(self, by: Actor) -> bool:
        """The same decision as `changing.permitted`."""
        return may_change(by, Role(self.role)) and not self.is_nobodys


@dataclass(frozen=True)
class Member(Waiting):
    """A member of an organization."""

    id: int
    name: str
    sees: str
    approves: bool
    manages: bool


@dataclass(frozen=True)
class _Organization:
    id: int
    name: str
    cnpj: str
    is_active: bool
    calendar_name: str | None
    team_name: str | None
    domain: str | None
    member_count: int


@dataclass(frozen=True)
class OrganizationProfile(_Organization):
    """An organization with its branches and some of its members."""

    branches: list[RelatedOrganization]
    members: list[Member]


async def person(number: int) -> Profile:
    """Returns the profile. Raises `NotFound`, also for the system's person."""
    lists = (json_list(*each) for each in _LISTS)
    row = existing(await fetch_as(_PersonRead, _PERSON.format(*lists, number="{}"), number), "person")
    contacts, teams = read_json(Contact, row.contacts), read_json(TeamOf, row.teams)
    belongings, phones = read_json(Belonging, row.belongings), read_json(PhoneShown, row.phones)
    read = {"contacts": contacts, "phones": phones, "belongings": belongings, "teams": teams}
    return Profile(**{**vars(row), **read})


async def organization(number: int) -> OrganizationProfile:
    """Returns the profile. Raises `NotFound`."""
    lists = (json_list(_BRANCH, _BRANCHES), json_list(_MEMBER, _MEMBERS))
    row = existing(await fetch_as(_OrganizationRead, _ORGANIZATION.format(*lists, number="{}"), number), "organization")
    read = {"branches": read_json(RelatedOrganization, row.branches), "members": read_json(Member, row.members)}
    return OrganizationProfile(**{**vars(row), **read})


@dataclass(frozen=True)
class _PersonRead(_Person):
    """A profile whose lists are JSON."""

    contacts: str
    phones: str
    belongings: str
    teams: str


@dataclass(frozen=True)
class _OrganizationRead(_Organization):
    """An organization's profile whose lists are JSON."""

    branches: str
    members: str


_CONTACT = ("id", "kind", "value", "is_verified", "answer")
_CONTACTS = (
    f"SELECT i.id, i.kind, i.value, i.verified_at IS NOT NULL AS is_verified, {last_answer('i')} AS answer "
    "FROM identity i "
    "WHERE i.person = p.id ORDER BY i.kind, i.value"
)
_WAITING = ("is_confirmed", "invited_at")
_BELONGING = (*_WAITING, "id", "organization", "name", "sees", "approves", "manages")
_BELONGINGS = (
    "SELECT m.id, m.organization, o.name, m.sees, m.approves, m.manages, m.invited_at, "
    "m.confirmed_at IS NOT NULL AS is_confirmed "
    "FROM membership m JOIN organization o ON o.id = m.organization WHERE m.person = p.id "
    "AND m.removed_at IS NULL ORDER BY o.sort_name, o.id"
)
_TEAM = ("id", "name", "tier")
_TEAMS = (
    "SELECT t.id, t.name, t.tier FROM team_member tm JOIN team t ON t.id = tm.team "
    "WHERE tm.person = p.id ORDER BY t.tier, t.name"
)
_PHONE = ("id", "number")
_PHONES = "SELECT phone.id, phone.number FROM phone WHERE phone.person = p.id ORDER BY phone.id"
_LISTS = ((_CONTACT, _CONTACTS), (_PHONE, _PHONES), (_BELONGING, _BELONGINGS), (_TEAM, _TEAMS))
_PERSON = (
    f"SELECT p.id, p.name, p.role, p.is_robot, p.is_active, {NOBODYS} AS is_nobodys, "
    "p.password IS NOT NULL AS has_password, p.created_at, "
    "(SELECT s.seen_at FROM session s WHERE s.person = p.id ORDER BY s.seen_at DESC LIMIT 1) AS seen_at, "
    "p.zone, {} AS contacts, {} AS phones, {} AS belongings, {} AS teams "
    "FROM person p WHERE p.id = {number} AND p.role <> 'system'"
)
_BRANCH = ("id", "name", "cnpj")
_BRANCHES = (
    "SELECT b.id, b.name, b.cnpj FROM organization b WHERE b.root = o.root AND b.id <> o.id "
    f"ORDER BY b.cnpj LIMIT {MOST_SHOWN}"
)
_MEMBER = (*_WAITING, "id", "name", "sees", "approves", "manages")
_MEMBERS = (
    "SELECT p.id, p.name, m.sees, m.approves, m.manages, m.invited_at, "
    "m.confirmed_at IS NOT NULL AS is_confirmed "
    "FROM membership m JOIN person p ON p.id = m.person WHERE m.organization = o.id "
    f"AND m.removed_at IS NULL ORDER BY p.sort_name, p.id LIMIT {MOST_SHOWN}"
)
_ORGANIZATION = (
    "SELECT o.id, o.name, o.cnpj, o.is_active, "
    "(SELECT c.name FROM calendar c WHERE c.id = o.calendar) AS calendar_name, "
    "(SELECT t.name FROM team t WHERE t.id = o.team) AS team_name, o.domain, "
    "(SELECT count(*) FROM membership m WHERE m.organization = o.id AND m.removed_at IS NULL) AS member_count, "
    "{} AS branches, {} AS members FROM organization o WHERE o.id = {number}"
)

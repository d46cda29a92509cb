"""Lists of people and of organizations by name, page by page, filtered by words and by kind."""

from dataclasses import dataclass

from web.database import fetch_as
from web.people.directory.search_words import organization_matches, person_matches
from web.people.permissions import Role
from web.sql import ALWAYS, Condition, bounded_count, literal

PAGE = 50
COUNTED = 1000
"""Counts stop here."""

KINDS = {
    "requester": Condition("p.role = 'requester' AND p.is_active"),
    "desk": Condition("p.role <> 'requester' AND p.is_active AND NOT p.is_robot"),
    "robot": Condition("p.role <> 'requester' AND p.is_robot"),
    "inactive": Condition("NOT p.is_active"),
}
"""The kinds of people that a list can be filtered by."""


@dataclass(frozen=True)
class DirectoryFilter:
    """The filter in a list's address; `after` is the last row of the previous page."""

    words: str = ""
    kind: str = ""
    organization: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class PersonRow:
    """A person of a list, with a sign-in name and an organization; `total` above `COUNTED` means more."""

    id: int
    name: str
    role: str
    is_robot: bool
    is_active: bool
    has_password: bool
    identity: str | None
    organization_name: str | None
    total: int


@dataclass(frozen=True)
class OrganizationRow:
    """An organization of a list, with the number of members."""

    id: int
    name: str
    cnpj: str
    is_active: bool
    members: int
    total: int


@dataclass(frozen=True)
class People:
    """A page of people; `next` is where the following one begins."""

    rows: list[PersonRow]
    total: int | None
    next: int | None


@dataclass(frozen=True)
class Organizations:
    """A page of organizations."""

    rows: list[OrganizationRow]
    total: int | None
    next: int | None


async def people(wanted: DirectoryFilter) -> People:
    """Everybody who matches, by name, except the system's person."""
    shown = Condition(f"p.role <> {literal(Role.SYSTEM.value)}") & KINDS.get(wanted.kind, ALWAYS)
    if wanted.words:
        shown &= person_matches(wanted.words)
    if wanted.organization is not None:
        members = "p.id IN (SELECT m.person FROM membership m WHERE m.organization = {} AND m.removed_at IS NULL)"
        shown &= Condition(members, (wanted.organization,))
    rows = await fetch_as(PersonRow, _PEOPLE, _total("person p", shown), _onward("person", "p", shown, wanted.after))
    return People(rows[:PAGE], _counted(rows), rows[PAGE - 1].id if len(rows) > PAGE else None)


_PEOPLE = (
    "SELECT p.id, p.name, p.role, p.is_robot, p.is_active, p.password IS NOT NULL AS has_password, "
    "(SELECT min(i.value) FROM identity i WHERE i.person = p.id) AS identity, "
    "(SELECT min(o.name) FROM membership m JOIN organization o ON o.id = m.organization "
    "WHERE m.person = p.id AND m.confirmed_at IS NOT NULL) AS organization_name, "
    "{} FROM person p WHERE {}"
)


async def organizations(wanted: DirectoryFilter) -> Organizations:
    """Every organization that matches, by name."""
    shown = organization_matches(wanted.words) if wanted.words else ALWAYS
    rows = await fetch_as(
        OrganizationRow,
        "SELECT o.id, o.name, o.cnpj, o.is_active, (SELECT count(*) FROM membership m WHERE m.organization = o.id "
        "AND m.confirmed_at IS NOT NULL) AS members, {} FROM organization o WHERE {}",
        _total("organization o", shown),
        _onward("organization", "o", shown, wanted.after),
    )
    return Organizations(rows[:PAGE], _counted(rows), rows[PAGE - 1].id if len(rows) > PAGE else None)


def _total(table: str, shown: Condition) -> Condition:
    """A count of all matches, at most `COUNTED` + 1."""
    return Condition(f"{bounded_count(f'{table} WHERE {shown.text}', COUNTED)} AS total", shown.values)


def _onward(table: str, alias: str, shown: Condition, after: int | None) -> Condition:
    """The rows after the last row of the previous page, in the order of the list."""
    place = f"(SELECT {table}.sort_name, {table}.id FROM {table} WHERE {table}.id = {{}})"
    past = Condition(f"({alias}.sort_name, {alias}.id) > {place}", (after,)) if after is not None else ALWAYS
    found = shown & past
    return Condition(f"{found.text} ORDER BY {alias}.sort_name, {alias}.id LIMIT {PAGE + 1}", found.values)


def _counted(rows: list[PersonRow] | list[OrganizationRow]) -> int | None:
    total = rows[0].total if rows else 0
    return total if total <= COUNTED else None

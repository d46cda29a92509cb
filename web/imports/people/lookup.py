"""Reads everything that some lines are about from the database, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from web import sql
from web.database import fetch_as
from web.imports.people.lines import Line
from web.people.permissions import Role
from web.settings_log.personal import Personal
from web.settings_log.recording import Values
from web.sql import literals


@dataclass(frozen=True)
class ImportedMembership:
    """The rights of a membership; none before it is confirmed. Its id is 0 while it is not written."""

    id: int
    sees: str
    approves: bool
    manages: bool
    is_confirmed: bool

    @property
    def rights(self) -> dict[str, str | bool]:
        """The rights for the log of settings."""
        return {"sees": self.sees, "approves": self.approves, "manages": self.manages}


@dataclass
class ImportedPerson:
    """A person, existing or planned; the id is 0 until they are written."""

    id: int
    name: str
    role: str = Role.REQUESTER
    is_active: bool = True
    identities: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    memberships: dict[str, ImportedMembership] = field(default_factory=dict)
    """Memberships by CNPJ."""

    @property
    def told(self) -> Values:
        """The values for the log of settings, e-mail addresses first."""
        identities = sorted(self.identities, key=lambda each: ("@" not in each, each))
        return {
            "name": Personal(self.name, self.id),
            "identities": [Personal(each, self.id) for each in identities],
            "phones": [Personal(each, self.id) for each in sorted(self.phones)],
        }


@dataclass(frozen=True)
class Organization:
    """An organization that lines are about."""

    id: int
    name: str
    cnpj: str
    is_active: bool


@dataclass(frozen=True)
class Known:
    """Existing people and organizations that the lines are about."""

    people: dict[str, ImportedPerson]
    """People by each sign-in name that the lines contain."""
    organizations: dict[str, Organization]
    """Organizations by CNPJ."""


@dataclass(frozen=True)
class _Person:
    id: int
    name: str
    role: str
    is_active: bool


@dataclass(frozen=True)
class _Identity:
    person: int
    value: str


@dataclass(frozen=True)
class _Phone:
    person: int
    number: str


@dataclass(frozen=True)
class _Membership:
    person: int
    cnpj: str
    id: int
    sees: str
    approves: bool
    manages: bool
    is_confirmed: bool


async def about(lines: Sequence[Line]) -> Known:
    found = await organizations(line.cnpj for line in lines if line.cnpj)
    values = {each for line in lines for each in line.identifiers}
    wanted = sql.values(sorted(values))
    owners = "SELECT person FROM identity WHERE value IN ({})"
    people = await fetch_as(_Person, f"SELECT id, name, role, is_active FROM person WHERE id IN ({owners})", wanted)
    by_id = {each.id: ImportedPerson(each.id, each.name, each.role, each.is_active) for each in people}
    await _fill(by_id)
    by_value = {value: each for each in by_id.values() for value in each.identities if value in values}
    return Known(by_value, found)


async def organizations(cnpjs: Iterable[str]) -> dict[str, Organization]:
    """The existing organizations with these CNPJs."""
    sought = "SELECT id, name, cnpj, is_active FROM organization WHERE cnpj IN ({})"
    return {each.cnpj: each for each in await fetch_as(Organization, sought, sql.values(sorted(set(cnpjs))))}


async def _fill(people: dict[int, ImportedPerson]) -> None:
    some = literals(people) or "0"
    for identity in await fetch_as(_Identity, f"SELECT person, value FROM identity WHERE person IN ({some})"):
        people[identity.person].identities.add(identity.value)
    for phone in await fetch_as(_Phone, f"SELECT person, number FROM phone WHERE person IN ({some})"):
        people[phone.person].phones.add(phone.number)
    for row in await fetch_as(_Membership, _MEMBERSHIPS.format(some=some)):
        held = ImportedMembership(row.id, row.sees, row.approves, row.manages, row.is_confirmed)
        people[row.person].memberships[row.cnpj] = held


_MEMBERSHIPS = (
    "SELECT m.person, o.cnpj, m.id, m.sees, m.approves, m.manages, m.confirmed_at IS NOT NULL AS is_confirmed "
    "FROM membership m JOIN organization o ON o.id = m.organization WHERE m.person IN ({some})"
)

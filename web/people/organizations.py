"""Organizations: schools and companies, by CNPJ."""

from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as, fetch_column, transaction
from web.errors import Invalid, refuse
from web.people.directory import words
from web.people.identifiers import cnpj as cnpjs
from web.people.permissions import Actor
from web.settings_log.recording import Kind, record_change
from web.text import one_line, wrong_name

LONGEST_NAME = 200


@dataclass(frozen=True)
class OrganizationName:
    """An organization by its id."""

    id: int
    name: str


async def create(name: str, cnpj: str) -> int:
    """A new organization's id; raises `Invalid` for a malformed or known CNPJ, and for a name nobody sees."""
    number, name = cnpjs.parse(cnpj), one_line(name)
    refuse({"name": wrong_name(name, longest=LONGEST_NAME)})
    rows = await fetch_column(
        int,
        "INSERT INTO organization (name, sort_name, cnpj, root) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (cnpj) DO NOTHING RETURNING id",
        *(name, words.sort_name(name), number, cnpjs.root(number)),
    )
    if not rows:
        raise Invalid("cnpj", "in_use")
    await words.add("organization", rows[0], [name, number])
    return rows[0]


async def rename(organization: OrganizationName, *, name: str, by: Actor, at: datetime) -> None:
    """Raises `Invalid` for a name that nobody can read."""
    name = one_line(name)
    refuse({"name": wrong_name(name, longest=LONGEST_NAME)})
    async with transaction():
        await execute("UPDATE organization SET name = {} WHERE id = {}", name, organization.id)
        await words.index_organization(organization.id)
        before, after = {"name": organization.name}, {"name": name}
        await record_change(Kind.ORGANIZATION, organization.id, name, before, after, by=by.id, at=at)


async def by_cnpj(cnpj: str) -> OrganizationName | None:
    """Of this CNPJ without mask."""
    rows = await fetch_as(OrganizationName, "SELECT id, name FROM organization WHERE cnpj = {}", cnpj)
    return rows[0] if rows else None


async def number_of(cnpj: str) -> int:
    """The id of the organization of this CNPJ. Raises `Invalid`."""
    found = await by_cnpj(cnpjs.parse(cnpj))
    if found is None:
        raise Invalid("organization", "unknown_organization")
    return found.id


async def find(cnpj_or_name: str) -> OrganizationName | None:
    """The one organization of this CNPJ, without mask, or of this name."""
    rows = await fetch_as(
        OrganizationName,
        "SELECT id, name FROM organization WHERE cnpj = {} OR name = {} LIMIT 2",
        cnpj_or_name,
        cnpj_or_name,
    )
    return rows[0] if len(rows) == 1 else None

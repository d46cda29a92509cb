"""Organizations: schools and companies, by CNPJ."""

from web.database import Row, fetch
from web.errors import Invalid
from web.people import cnpj as cnpjs


async def create(name: str, cnpj: str) -> int:
    """A new organization's id; raises `Invalid` for a malformed or known CNPJ."""
    number = cnpjs.parse(cnpj)
    rows = await fetch(
        "INSERT INTO organization (name, cnpj, root) VALUES ({}, {}, {}) ON CONFLICT (cnpj) DO NOTHING RETURNING id",
        name,
        number,
        cnpjs.root(number),
    )
    if not rows:
        raise Invalid("cnpj", "in_use")
    return int(rows[0]["id"])


async def by_cnpj(cnpj: str) -> Row | None:
    """Of this CNPJ without mask."""
    rows = await fetch("SELECT id, name FROM organization WHERE cnpj = {}", cnpj)
    return rows[0] if rows else None


async def find(cnpj_or_name: str) -> Row | None:
    """The one organization of this CNPJ, without mask, or of this name."""
    rows = await fetch(
        "SELECT id, name FROM organization WHERE cnpj = {} OR name = {} LIMIT 2", cnpj_or_name, cnpj_or_name
    )
    return rows[0] if len(rows) == 1 else None

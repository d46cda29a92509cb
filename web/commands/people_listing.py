"""Lists all people for scripts."""

from dataclasses import dataclass

from web.database import dialect, fetch_as


@dataclass(frozen=True)
class ListedPerson:
    """A person; the addresses are separated by line breaks."""

    id: int
    name: str
    role: str
    is_active: bool
    addresses: str | None


async def people() -> list[ListedPerson]:
    """All people by id, without the system's person and robots."""
    joined = dialect(sqlite="group_concat(i.value, char(10))", postgres="string_agg(i.value, chr(10) ORDER BY i.value)")
    return await fetch_as(
        ListedPerson,
        f"SELECT p.id, p.name, p.role, p.is_active, {joined} AS addresses FROM person p "
        "LEFT JOIN identity i ON i.person = p.id WHERE p.id > 1 AND NOT p.is_robot GROUP BY p.id ORDER BY p.id",
    )

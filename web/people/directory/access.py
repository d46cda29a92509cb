"""The members who can sign in, for managers of an organization."""

from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, fetch_as
from web.sql import Fragment, literals


@dataclass(frozen=True)
class Access:
    """A member: sign-in names separated by line breaks, level of sight, first and last visit."""

    membership: int
    name: str
    organization_name: str
    identities: str | None
    sees: str
    since: datetime
    signed_in_at: datetime | None
    visited_at: datetime | None

    @property
    def seen_at(self) -> datetime | None:
        """The last known visit, even if they have signed out since."""
        return max(filter(None, (self.signed_in_at, self.visited_at)), default=None)


async def who_has_access(organizations: frozenset[int]) -> list[Access]:
    """The members who can sign in, by name."""
    if not organizations:
        return []
    joined = dialect(sqlite="group_concat(i.value, char(10))", postgres="string_agg(i.value, chr(10) ORDER BY i.value)")
    return await fetch_as(Access, _ACCESS, Fragment(joined), Fragment(literals(organizations)))


_SIGNED_IN = "SELECT k.seen_at FROM known_browser k WHERE k.person = p.id ORDER BY k.seen_at DESC LIMIT 1"
_VISITED = "SELECT s.seen_at FROM session s WHERE s.person = p.id ORDER BY s.seen_at DESC LIMIT 1"
_ACCESS = (
    "SELECT m.id AS membership, p.name, o.name AS organization_name, "
    "(SELECT {} FROM identity i WHERE i.person = p.id) AS identities, m.sees, m.confirmed_at AS since, "
    f"({_SIGNED_IN}) AS signed_in_at, ({_VISITED}) AS visited_at "
    "FROM membership m JOIN person p ON p.id = m.person AND p.is_active "
    "JOIN organization o ON o.id = m.organization "
    "WHERE m.organization IN ({}) AND m.confirmed_at IS NOT NULL "
    "ORDER BY p.sort_name, p.id, m.id LIMIT 500"
)

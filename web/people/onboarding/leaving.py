"""Leaves an organization, as its member decides. Its managers remove others by `memberships.revoke`."""

from datetime import datetime

from web.database import fetch_column, within
from web.errors import NotFound
from web.people import memberships
from web.people.memberships import Colleague
from web.people.permissions import Actor


async def own(organization: int, *, by: Actor) -> Colleague:
    """The membership of `by` in this organization. Raises `NotFound`."""
    number = await memberships.number_of(by.id, organization)
    row = await memberships.membership(number) if number is not None else None
    if row is None or row.confirmed_at is None:
        raise NotFound("membership")
    return row


async def is_last_manager(row: Colleague) -> bool:
    """Whether nobody else could let people into the organization, or remove them."""
    return row.manages and not await fetch_column(int, _OTHERS, row.organization, row.person)


_OTHERS = (
    "SELECT 1 AS one FROM membership JOIN person ON person.id = membership.person AND person.is_active "
    "WHERE organization = {} AND manages AND confirmed_at IS NOT NULL AND person <> {} LIMIT 1"
)


async def leave(organization: int, *, by: Actor, at: datetime) -> None:
    """Ends the membership, which a manager can restore. Raises `NotFound`."""
    async with within():
        await memberships.end(await own(organization, by=by), by=by, at=at)

"""Memberships, as the desk adds, changes and ends them on the page of a person."""

from datetime import datetime

from web.database import within
from web.errors import NotFound, NotPermitted
from web.people import memberships
from web.people.directory.changing import locked
from web.people.memberships import Colleague
from web.people.permissions import Actor, Sees
from web.people.tables import Membership
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind


async def join(
    person: int,
    organization: int,
    *,
    sees: Sees,
    approves: bool,
    manages: bool,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Makes a person a member, or sets their rights. Returns the membership's id. Nobody can set their own rights.

    Raises `NotFound`, `NotPermitted`, `Invalid` for a new member of a retired organization, and `Overtaken` when the
    log of the person's memberships went past `seen`.
    """
    async with within():
        await _allow(person, by)
        await refuse_overtaken(Kind.MEMBERSHIP, person, seen)
        known = await memberships.number_of(person, organization)
        if known is None:
            begun = Membership(person=person, organization=organization, sees=Sees.OWN)
            await begun.save()
            known = int(begun.id)
        row = await memberships.membership(known)
        await memberships.set_rights(row, sees=sees, approves=approves, manages=manages, by=by, at=at)
    return known


async def leave(person: int, membership: int, *, by: Actor, at: datetime) -> Colleague:
    """Ends a membership, which can be restored. Returns it as it was."""
    async with within():
        await _allow(person, by)
        row = await membership_of(person, membership)
        await memberships.end(row, by=by, at=at)
    return row


async def membership_of(person: int, membership: int) -> Colleague:
    """A membership of the person that has not ended. Raises `NotFound`."""
    row = await memberships.membership(membership)
    if row.person != person or row.removed_at is not None:
        raise NotFound("membership")
    return row


async def _allow(person: int, by: Actor) -> None:
    await locked(person, by=by)
    if person == by.id:
        raise NotPermitted("grant")

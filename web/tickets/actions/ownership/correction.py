"""Corrects the requester, primary contact and organization of a ticket."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from web.database import fetch_column, within
from web.errors import Invalid
from web.people import memberships
from web.people.permissions import Actor
from web.tickets.life.consequences import Change, Ownership
from web.tickets.life.moves import CORRECTION
from web.tickets.life.states import Status, TicketState
from web.tickets.life.timeline import EventData
from web.tickets.record.events import MoveResult
from web.tickets.record.transition import Numbered, apply, refresh_due_dates


async def correct(ticket: Numbered, whose: Ownership, *, by: Actor, at: datetime, key: str | None = None) -> MoveResult:
    """Gives the ticket to another requester, contact or organization. The former ones can no longer see it.

    Without an organization, the requester's only one is used. Raises `Invalid` for a requester who is not a member of
    the organization or belongs to several, for anybody inactive, and when nothing changes.
    """
    homes = await memberships.homes(whose.requester)
    new = Ownership(whose.requester, whose.primary_contact, memberships.chosen(whose.organization, of=homes))

    async def tell(state: TicketState) -> EventData:
        old = Ownership(state.requester, state.primary_contact, state.organization)
        await _refuse_inactive(old, new)
        if new == old:
            raise Invalid("requester", "nothing_changes")
        if new.organization != old.organization and not (by.is_agent or by.is_system):
            raise Invalid("organization", "unknown")
        return await _differences(old, new)

    async with within():
        made = await apply(CORRECTION, ticket, change=Change(whose=new), also=tell, by=by, at=at, key=key)
        if not made.is_repeat and await _is_running(ticket.number):
            await refresh_due_dates(ticket.number, why=CORRECTION.noun, at=at)
        return made


async def _refuse_inactive(old: Ownership, new: Ownership) -> None:
    for field in ("requester", "primary_contact"):
        person = getattr(new, field)
        if person != getattr(old, field) and not await fetch_column(
            int, "SELECT 1 AS one FROM person WHERE id = {} AND is_active AND NOT is_robot AND id <> 1", person
        ):
            raise Invalid(field, "inactive_person")


async def _differences(old: Ownership, new: Ownership) -> EventData:
    """The changes, with the names before and after."""
    before, after = asdict(old), asdict(new)
    return {
        field: {"from": await _name(field, before[field]), "to": await _name(field, after[field])}
        for field in before
        if before[field] != after[field]
    }


async def _name(field: str, number: int | None) -> str | None:
    table = "organization" if field == "organization" else "person"
    names: Sequence[str] = await fetch_column(str, f"SELECT name FROM {table} WHERE id = {{}}", number or 0)
    return names[0] if names else None


async def _is_running(number: int) -> bool:
    """Whether the ticket's clocks still run. The deadlines of a closed ticket are final."""
    return bool(
        await fetch_column(
            int, "SELECT 1 AS one FROM ticket WHERE id = {} AND status <> {}", number, Status.CLOSED.value
        )
    )

"""Tickets of an organization's members: handed over when a member leaves, and joined to it when one is confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from web.database import fetch_as, fetch_column, within
from web.errors import Invalid, NotFound
from web.people import memberships
from web.people.directory import membership_editing
from web.people.permissions import SYSTEM, Actor
from web.sql import literals
from web.tickets.actions.ownership.correction import correct
from web.tickets.life.consequences import Ownership
from web.tickets.visibility import visible_to


@dataclass(frozen=True)
class OpenTickets:
    """How many open tickets of an organization have this requester."""

    requester: int
    organization: int
    number: int


@dataclass(frozen=True)
class MovedTicket:
    """A ticket that goes to another requester or organization."""

    number: int
    requester: int
    primary_contact: int
    organization: int


async def open_tickets(organizations: frozenset[int]) -> dict[tuple[int, int], int]:
    """Counts open tickets by person and organization."""
    if not organizations:
        return {}
    rows = await fetch_as(
        OpenTickets,
        f"SELECT requester, organization, count(*) AS number FROM ticket WHERE organization IN "
        f"({literals(organizations)}) AND status IN ({_AT_WORK}) GROUP BY requester, organization",
    )
    return {(each.requester, each.organization): each.number for each in rows}


async def remove(membership: int, heir: int | None, *, by: Actor, at: datetime) -> None:
    """Ends a membership, and gives the open tickets to `heir` if one is named. Raises as `hand_over` does."""
    async with within():
        await memberships.revoke(membership, by=by, at=at)
        if heir is not None:
            await hand_over(membership, heir, by=by, at=at)


async def hand_over(membership: int, to: int | None, *, by: Actor, at: datetime) -> int:
    """Makes a member the requester of the open tickets of somebody who was removed. Returns how many moved.

    Raises `NotFound`, `NotPermitted`, and `Invalid` when `to` is not a member.
    """
    leaver = await memberships.managed(membership, by)
    if leaver.removed_at is None:
        raise NotFound("membership")
    members = [each for each in await memberships.colleagues(frozenset({leaver.organization})) if each.confirmed_at]
    heir = next((each.person for each in members if each.person == to), None)
    if heir is None:
        raise Invalid("to_colleague", "unknown" if to else "missing")
    tickets = await fetch_as(
        MovedTicket,
        f"{_LEFT} WHERE {_OF_MEMBER} ORDER BY ticket.id",
        leaver.person,
        leaver.organization,
    )
    await _give(tickets, heir, by=by, at=at)
    return len(tickets)


async def count_open(person: int, organization: int, *, by: Actor) -> int:
    """Counts the person's open tickets in an organization that `by` may see."""
    found = f"SELECT count(*) AS n FROM ticket WHERE {_OF_MEMBER} AND {{}}"
    return (await fetch_column(int, found, person, organization, visible_to(by)))[0]


async def leave(person: int, membership: int, to: int | None, *, by: Actor, at: datetime) -> int:
    """Ends a membership for the desk, and moves the open tickets to another organization of the person if one is named.

    Returns how many tickets moved. Raises `NotFound`, `NotPermitted`, and `Invalid` for an organization that is not
    theirs.
    """
    async with within():
        left = await membership_editing.leave(person, membership, by=by, at=at)
        if to is None:
            return 0
        if to not in {each.id for each in await memberships.homes(person)}:
            raise Invalid("organization", "unknown")
        found = f"{_LEFT} WHERE {_OF_MEMBER} AND {{}} ORDER BY ticket.id"
        tickets = await fetch_as(MovedTicket, found, person, left.organization, visible_to(by))
        await _give([replace(each, organization=to) for each in tickets], None, by=by, at=at)
        return len(tickets)


async def adopt(membership: int, *, at: datetime) -> None:
    """Gives the organization the tickets that a new member opened since they asked to join or were invited."""
    tickets = await fetch_as(
        MovedTicket,
        "SELECT ticket.id AS number, ticket.requester, ticket.primary_contact, m.organization FROM membership m "
        "JOIN ticket ON ticket.requester = m.person AND ticket.organization IS NULL "
        "AND ticket.submitted_at >= COALESCE(m.asked_at, m.invited_at) "
        "WHERE m.id = {} AND m.confirmed_at IS NOT NULL ORDER BY ticket.id",
        membership,
    )
    await _give(tickets, None, by=SYSTEM, at=at)


_AT_WORK = literals(("approval", "new", "open", "waiting", "resolved"))

_OF_MEMBER = f"ticket.requester = {{}} AND ticket.organization = {{}} AND ticket.status IN ({_AT_WORK})"

_LEFT = "SELECT ticket.id AS number, ticket.requester, ticket.primary_contact, ticket.organization FROM ticket"


async def _give(tickets: Iterable[MovedTicket], heir: int | None, *, by: Actor, at: datetime) -> None:
    for each in tickets:
        requester = heir or each.requester
        contact = requester if each.primary_contact == each.requester else each.primary_contact
        await correct(each, Ownership(requester, contact, each.organization), by=by, at=at)

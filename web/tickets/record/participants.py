"""People in copy of a ticket, shown by the address that was typed."""

from collections.abc import Iterable
from datetime import datetime

from web.database import execute
from web.people import accounts
from web.people.identifiers.addresses import is_address
from web.people.permissions import Actor
from web.tickets.record import proposed_participants, search_index
from web.tickets.tables import Participant

MOST_COPIES = 20


async def add_copies(number: int, addresses: Iterable[str], *, by: Actor, at: datetime) -> list[str]:
    """Puts people in copy. Returns the addresses as typed."""
    wanted = distinct(addresses)
    people = [await _add_copy(number, address, by=by, at=at) for address in wanted]
    if people:
        await proposed_participants.dismiss(number, wanted, at=at)
        marks = [f"p{person}" for person in people]
        await execute("{}", search_index.addition(number, public=wanted, marks=marks))
    return wanted


async def _add_copy(number: int, address: str, *, by: Actor, at: datetime) -> int:
    """Puts a person in copy, unless they are already. Returns the person's id."""
    person = await accounts.find_or_create(address, at=at)
    row = Participant(ticket=number, person=person, address=address, added_by=by.id, at=at)
    await Participant.insert(row).on_conflict(target=(Participant.ticket, Participant.person), action="DO NOTHING")
    return person


def distinct(addresses: Iterable[str]) -> list[str]:
    """The addresses without duplicates, however they are spelled."""
    spelled: dict[str, str] = {}
    for address in addresses:
        spelled.setdefault(accounts.normal(address), address.strip())
    return [address for normal, address in spelled.items() if normal]


def copies_error(addresses: Iterable[str]) -> str | None:
    wanted = distinct(addresses)
    if len(wanted) > MOST_COPIES:
        return "too_many"
    if any(map(accounts.is_the_desks, wanted)):
        return "desks_address"
    return None if all(map(is_address, wanted)) else "not_addresses"

"""Finds the author of a mail and the ticket that it answers, and whether the author is verified."""

from dataclasses import dataclass

from web.database import fetch_as
from web.errors import NotFound
from web.mail.incoming import authentication
from web.mail.incoming.parse import Mail
from web.mail.screening.exceptions import Quarantined
from web.mail.signatures import ReplyTo, read_address
from web.people import accounts, actors
from web.people.permissions import Actor
from web.settings import settings
from web.sql import values
from web.tickets.life.states import Resolution
from web.tickets.record.ticket import TicketDetails, find_ticket


@dataclass(frozen=True)
class AnsweredTicket:
    """The ticket that a mail answers, and its author."""

    ticket: TicketDetails
    by: Actor


@dataclass(frozen=True)
class OutOfSight:
    """The mail answers a ticket that its author may not see, or not any more."""


@dataclass(frozen=True)
class _Referred:
    """A message of ours that a mail refers to."""

    reference: str
    ticket: int


async def meant(mail: Mail) -> AnsweredTicket | OutOfSight | None:
    """Returns None for mail about something new. Raises `Quarantined` if its author is not who they claim to be."""
    signed = _signed(mail)
    number = signed.ticket if signed else await _answered(mail)
    if number is None:
        return None
    by = await _author(mail, signed)
    if by is None:
        return OutOfSight()
    try:
        return AnsweredTicket(await _where_it_goes_on(number, by), by)
    except NotFound:
        return OutOfSight()


async def _where_it_goes_on(number: int, by: Actor) -> TicketDetails:
    """The ticket; of one that was merged into another, that one."""
    ticket = await find_ticket(number, by=by)
    into = [each.number for each in ticket.links if each.kind == "merge" and each.is_origin]
    return await _where_it_goes_on(into[0], by) if ticket.resolution is Resolution.MERGED and into else ticket


def is_proven(mail: Mail, person: int) -> bool:
    """Whether the person wrote it: by our own servers' results if any are named, else by the signed reply address."""
    if servers := settings().mail_servers:
        return authentication.is_proven(mail, servers)
    return _is_signed_for(person, _signed(mail))


def _signed(mail: Mail) -> ReplyTo | None:
    return next((found for each in (*mail.to, *mail.copies) if (found := read_address(each.address))), None)


def _is_signed_for(person: int, signed: ReplyTo | None) -> bool:
    return signed is not None and signed.person == person


async def _author(mail: Mail, signed: ReplyTo | None) -> Actor | None:
    """The author of an answer.

    Only the signed address of a message to an agent, used by them, lets them speak as one.
    """
    assert mail.sender is not None
    person = await accounts.find(mail.sender.address)
    by = await actors.of_person(person.id) if person else None
    if by is None:
        return None
    is_signed = _is_signed_for(by.id, signed)
    if by.is_agent and not (is_signed and is_proven(mail, by.id)):
        raise Quarantined("unproven_agent")
    if not is_signed and authentication.is_forged(mail, settings().mail_servers):
        raise Quarantined("unverified")
    return by


async def _answered(mail: Mail) -> int | None:
    """The ticket of our message that the mail answers."""
    if not mail.references:
        return None
    found = await fetch_as(
        _Referred,
        "SELECT outgoing.message_id AS reference, event.ticket FROM outgoing JOIN event ON event.id = outgoing.event "
        "WHERE outgoing.message_id IN ({}) AND outgoing.message_id <> ''",
        values(mail.references),
    )
    tickets = {each.reference: each.ticket for each in found}
    return next((tickets[each] for each in mail.references if each in tickets), None)

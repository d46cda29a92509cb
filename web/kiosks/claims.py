"""Claims: the owner of the address typed at a kiosk becomes the requester of the ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, fetch_column, transaction
from web.errors import NotFound, Throttled
from web.kiosks.tables import FollowCode
from web.notifications import outbox
from web.notifications.outbox import Letter
from web.people import accounts, throttle, tokens
from web.people.permissions import SYSTEM
from web.people.throttle import Limit
from web.settings import settings
from web.text import one_line
from web.tickets.life.consequences import Change, Ownership
from web.tickets.life.moves import CORRECTION
from web.tickets.life.timeline import EventData
from web.tickets.record.ticket import find_ticket
from web.tickets.record.transition import apply

LASTS = timedelta(days=7)
ONE_A_DAY = Limit("kiosk-claims", tries=1, seconds=86_400)
"""By address, because anybody can type any address."""


@dataclass(frozen=True)
class Claim:
    """A valid link: the ticket, the person who was created for it, and the address."""

    ticket: int
    person: int
    address: str


async def offer(ticket: int, address: str, *, letter: Letter, at: datetime) -> None:
    """Keeps the address and sends it a link, inside the transaction that opened the ticket, without typed text."""
    if not address:
        return
    await FollowCode.update({FollowCode.address: address}).where(FollowCode.ticket == ticket)
    try:
        await throttle.spend(ONE_A_DAY, address, at=at)
    except Throttled:
        return
    token = tokens.new()
    await FollowCode.update(
        {
            FollowCode.claim_hash: tokens.hash_of(token),
            FollowCode.claim_ends_at: at + LASTS,
        }
    ).where(FollowCode.ticket == ticket)
    link = f"{settings().base_url}/follow/claims/{token}"
    await outbox.write(address, *letter("kiosk_claim", number=ticket, link=link), at=at)


async def address_left(ticket: int) -> str:
    """The address that was left for answers, also where no link went to it because it had one that day."""
    return next(iter(await fetch_column(str, "SELECT address FROM follow_code WHERE ticket = {}", ticket)), "")


async def find(token: str, *, at: datetime) -> Claim:
    """Raises `NotFound` for a redeemed or expired link, and if the ticket has another requester by now."""
    return existing(await fetch_as(Claim, _CLAIM, tokens.hash_of(one_line(token)), at), "link")


_CLAIM = (
    "SELECT f.ticket, f.person, f.address FROM follow_code f "
    "JOIN ticket ON ticket.id = f.ticket AND ticket.requester = f.person "
    "WHERE f.claim_hash = {} AND f.claim_ends_at > {}"
)


async def take(token: str, *, at: datetime) -> int:
    """Makes the owner of the address the requester, and invalidates the code of the receipt.

    Returns the ticket's number. Raises as `find` does.
    """
    claim = await find(token, at=at)
    async with transaction():
        gone = "DELETE FROM follow_code WHERE ticket = {} AND claim_hash = {} RETURNING id"
        if not await fetch_column(int, gone, claim.ticket, tokens.hash_of(one_line(token))):
            raise NotFound("link")
        person = await accounts.find_or_create(claim.address, at=at)
        await accounts.verify_identity(person, claim.address, at)
        await _give(claim, person, at=at)
        await execute("UPDATE kiosk_visit SET ends_at = {}, code = '' WHERE ticket = {}", at, claim.ticket)
    audit.note("kiosk_claim", person=person, ticket=claim.ticket)
    return claim.ticket


async def _give(claim: Claim, person: int, *, at: datetime) -> None:
    """Changes the requester. The organization stays that of the kiosk."""
    ticket = await find_ticket(claim.ticket, by=SYSTEM)
    before, after = await accounts.name_of(claim.person), await accounts.name_of(person)
    told: EventData = {"requester": {"from": before, "to": after}}
    contact = person if ticket.primary_contact == claim.person else ticket.primary_contact
    whose = Change(whose=Ownership(person, contact, ticket.organization))
    await apply(CORRECTION, ticket, change=whose, data=told, by=SYSTEM, at=at)

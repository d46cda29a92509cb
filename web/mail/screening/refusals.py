"""Answers a mail that the desk can't take: why, and what to do. Never a machine, nor twice at once."""

from datetime import datetime, timedelta

from web.database import fetch_column
from web.mail.incoming import automatic
from web.mail.incoming.parse import Mail
from web.mail.screening import authors
from web.notifications import outbox
from web.people import accounts

PROVEN_EVERY = timedelta(minutes=10)
OTHERS_EVERY = timedelta(days=1)
"""To an address of which nobody knows that it was its owner who wrote."""
SILENT = frozenset({"flood", "unproven_agent", "unverified", "no_sender", "inactive", "stranger", "fault"})
"""The author of such mail is a machine, or not who they say, or can do nothing about it."""


async def tell(mail: Mail, why: str, *, names: str = "", at: datetime) -> None:
    """Queues the answer. What the mail itself said stands in it only where its owner is proven."""
    if mail.sender is None or why in SILENT or automatic.kind_of(mail) or accounts.is_the_desks(mail.sender.address):
        return
    address, is_proven = mail.sender.address, await _is_proven(mail)
    if await _was_told(address, is_proven=is_proven, at=at):
        return
    subject, names = (mail.subject, names) if is_proven else ("", "")
    await outbox.write(address, subject[:300], names, occasion=outbox.REFUSED + why[:12], mailbox=mail.mailbox, at=at)


async def _is_proven(mail: Mail) -> bool:
    assert mail.sender is not None
    sought = "SELECT person FROM identity WHERE value = {} AND verified_at IS NOT NULL"
    found = await fetch_column(int, sought, mail.sender.address)
    return bool(found) and authors.is_proven(mail, found[0])


async def _was_told(address: str, *, is_proven: bool, at: datetime) -> bool:
    """Refused minutes ago; an address that is not proven is written to once a day, of whatever."""
    kinds = f"AND outgoing.occasion LIKE '{outbox.REFUSED}%'" if is_proven else ""
    sought = f"SELECT id FROM outgoing WHERE recipient = {{}} AND made_at > {{}} {kinds} LIMIT 1"
    return bool(await fetch_column(int, sought, address, at - (PROVEN_EVERY if is_proven else OTHERS_EVERY)))

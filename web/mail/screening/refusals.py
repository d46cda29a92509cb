"""Tells the sender of a refused mail why, and what to do. Machines get no answer, and nobody gets it twice in a row."""

from datetime import datetime, timedelta

from web.database import fetch_column
from web.mail.incoming import automatic
from web.mail.incoming.parse import Mail
from web.mail.screening import authors
from web.notifications import outbox
from web.people import accounts

PROVEN_EVERY = timedelta(minutes=10)
OTHERS_EVERY = timedelta(days=1)
"""How often an unverified address gets an answer."""
SILENT = frozenset({"flood", "unproven_agent", "unverified", "no_sender", "inactive", "stranger", "fault"})
"""Reasons without an answer: the author is a machine or forged, or can do nothing about it."""


async def tell(mail: Mail, why: str, *, names: str = "", at: datetime) -> None:
    """Queues the answer. It repeats text of the mail only if the author is verified."""
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
    """Whether the address was refused minutes ago, or, if unverified, was written to at all within a day."""
    kinds = f"AND outgoing.occasion LIKE '{outbox.REFUSED}%'" if is_proven else ""
    sought = f"SELECT id FROM outgoing WHERE recipient = {{}} AND made_at > {{}} {kinds} LIMIT 1"
    return bool(await fetch_column(int, sought, address, at - (PROVEN_EVERY if is_proven else OTHERS_EVERY)))

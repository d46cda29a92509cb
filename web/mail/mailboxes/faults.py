"""Faults of mailboxes: noted by the worker, shown on their page, and reported to administrators if they last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import execute, fetch_as, fetch_column, transaction
from web.mail.tables import MailboxFault
from web.notifications import alerts
from web.notifications.alerts import Alert
from web.notifications.outbox import Render
from web.settings import settings

LASTS = timedelta(minutes=10)
"""How long a fault must last before it is reported, because servers restart and connections drop."""


@dataclass(frozen=True)
class FaultShown:
    """A fault of one side, `imap` or `smtp`, of a mailbox."""

    id: int
    mailbox: int
    address: str
    side: str
    code: str
    since: datetime


async def note(mailbox: int, side: str, code: str, *, at: datetime) -> None:
    """Records a failure. A fault keeps the time of its first failure and the code of the last."""
    noted = (
        "INSERT INTO mailbox_fault (mailbox, side, code, since) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (mailbox, side) DO UPDATE SET code = excluded.code, "
        "since = CASE WHEN mailbox_fault.code = '' THEN excluded.since ELSE mailbox_fault.since END"
    )
    await execute(noted, mailbox, side, code, at)


async def clear(mailbox: int, side: str, *, at: datetime) -> None:
    """Ends a fault, and notifies the people it was reported to."""
    async with transaction():
        for address in await fetch_column(str, _OVER, mailbox, side):
            if address:
                await alerts.tell(_WELL[side], mailbox, address, at=at)


_OVER = (
    "DELETE FROM mailbox_fault WHERE mailbox = {} AND side = {} RETURNING CASE WHEN told_at IS NULL THEN '' "
    "ELSE (SELECT address FROM mailbox WHERE mailbox.id = mailbox_fault.mailbox) END AS address"
)
_ILL = {"imap": Alert.MAILBOX_UNREAD, "smtp": Alert.MAILBOX_UNSENT}
_WELL = {"imap": Alert.MAILBOX_READ_AGAIN, "smtp": Alert.MAILBOX_SENT_AGAIN}


async def forget(mailbox: int, sides: Collection[str]) -> None:
    """After a change of settings, deletes unreported faults and those of unused sides."""
    used = ", ".join(f"'{each}'" for each in sides) or "''"
    over = f"DELETE FROM mailbox_fault WHERE mailbox = {{}} AND (told_at IS NULL OR side NOT IN ({used}))"
    await execute(over, mailbox)
    await MailboxFault.update({MailboxFault.code: ""}).where(MailboxFault.mailbox == mailbox)


async def lasting(at: datetime) -> list[FaultShown]:
    """The faults of active mailboxes that have lasted long enough."""
    return await fetch_as(FaultShown, f"{_LASTING} ORDER BY f.id LIMIT 100", at - LASTS)


_LASTING = (
    "SELECT f.id, f.mailbox, mailbox.address, f.side, f.code, f.since FROM mailbox_fault f "
    "JOIN mailbox ON mailbox.id = f.mailbox WHERE mailbox.is_active AND f.code <> '' AND f.since <= {}"
)


async def tell(at: datetime, *, render: Render, say: dict[str, str]) -> None:
    """Reports each lasting fault once to all administrators. `say` gives the words of a code."""
    for fault in await fetch_as(FaultShown, f"{_LASTING} AND f.told_at IS NULL", at - LASTS):
        async with transaction():
            told = "UPDATE mailbox_fault SET told_at = {} WHERE id = {} AND told_at IS NULL RETURNING id"
            if await fetch_column(int, told, at, fault.id):
                await _write(fault, render=render, say=say, at=at)


async def _write(fault: FaultShown, *, render: Render, say: dict[str, str], at: datetime) -> None:
    link = f"{settings().base_url}/desk/settings/mail/mailboxes/{fault.mailbox}"
    values = {"address": fault.address, "side": fault.side, "why": say.get(fault.code, fault.code), "link": link}
    letter = render("mail/mailbox_fault.txt", **values)
    await alerts.tell(_ILL[fault.side], fault.mailbox, fault.address, letter=letter, at=at)

"""What is wrong with mailboxes: noted by the worker, shown on their page, told to the administrators once it lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import execute, fetch_as, fetch_column, transaction
from web.notifications import outbox
from web.notifications.outbox import Render
from web.people import accounts
from web.settings import settings

LASTS = timedelta(minutes=10)
"""Before it is told: servers restart, and lines drop."""


@dataclass(frozen=True)
class FaultShown:
    """What is wrong with one side, `imap` or `smtp`, of a mailbox."""

    id: int
    mailbox: int
    address: str
    side: str
    code: str
    since: datetime


async def note(mailbox: int, side: str, code: str, *, at: datetime) -> None:
    """It begins with the first failure, and says the last one."""
    noted = (
        "INSERT INTO mailbox_fault (mailbox, side, code, since) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (mailbox, side) DO UPDATE SET code = excluded.code"
    )
    await execute(noted, mailbox, side, code, at)


async def clear(mailbox: int, side: str) -> None:
    await execute("DELETE FROM mailbox_fault WHERE mailbox = {} AND side = {}", mailbox, side)


async def lasting(at: datetime) -> list[FaultShown]:
    """Those that have lasted, of mailboxes in use."""
    return await fetch_as(FaultShown, f"{_LASTING} ORDER BY f.id LIMIT 100", at - LASTS)


_LASTING = (
    "SELECT f.id, f.mailbox, mailbox.address, f.side, f.code, f.since FROM mailbox_fault f "
    "JOIN mailbox ON mailbox.id = f.mailbox WHERE mailbox.is_active AND f.since <= {}"
)


async def tell(at: datetime, *, render: Render, say: dict[str, str]) -> None:
    """Once for each fault that lasts, to all administrators. `say` are the words of the codes."""
    for fault in await fetch_as(FaultShown, f"{_LASTING} AND f.told_at IS NULL", at - LASTS):
        async with transaction():
            told = "UPDATE mailbox_fault SET told_at = {} WHERE id = {} AND told_at IS NULL RETURNING id"
            if await fetch_column(int, told, at, fault.id):
                await _write(fault, render=render, say=say, at=at)


async def _write(fault: FaultShown, *, render: Render, say: dict[str, str], at: datetime) -> None:
    link = f"{settings().base_url}/desk/settings/mail/mailboxes/{fault.mailbox}"
    values = {"address": fault.address, "side": fault.side, "why": say.get(fault.code, fault.code), "link": link}
    subject, _, body = render("mail/mailbox_fault.txt", **values).partition("\n\n")
    for admin in await accounts.admin_addresses():
        await outbox.write(admin, subject, body, at=at)

"""The queue of incoming mail: stores mail as it arrives, and hands it out to be filed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from web.database import execute, fetch_as, fetch_column
from web.mail.incoming.parse import LARGEST
from web.mail.tables import InboundMail
from web.storage import Storage
from web.tickets.record.events import MoveResult


@dataclass(frozen=True)
class Arrived:
    """A mail that is not filed yet."""

    id: int
    sha256: str
    size: int
    received_at: datetime
    mailbox: int | None
    is_let_in: bool
    """Whether an administrator accepted it by a retry."""


async def store(raw: bytes, *, storage: Storage, mailbox: int | None = None, at: datetime) -> int:
    """Stores a mail and commits it. If the storage or the database raises, nothing is kept.

    `mailbox` is the number of the mailbox it came through, if that was set by page.
    """
    stored = await storage.receive(whole(raw), limit=max(len(raw), LARGEST))
    mail = InboundMail(
        sha256=stored.sha256,
        size=len(raw),
        received_at=at,
        mailbox=mailbox,
        state="new",
        reason="",
        sender="",
        subject="",
    )
    await mail.save()
    return int(mail.id)


async def arrived(number: int) -> Arrived | None:
    """Returns the mail if it is still to be filed."""
    sought = (
        "SELECT id, sha256, size, received_at, mailbox, reason = 'let_in' AS is_let_in FROM inbound_mail "
        "WHERE id = {} AND state = 'new'"
    )
    found = await fetch_as(Arrived, sought, number)
    return found[0] if found else None


async def waiting(*, after: int, limit: int = 50) -> list[int]:
    """The next mails to file, oldest first."""
    sought = f"SELECT id FROM inbound_mail WHERE state = 'new' AND id > {{}} ORDER BY id LIMIT {int(limit)}"
    return await fetch_column(int, sought, after)


class Stored(Protocol):
    """A stored mail in any state."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...


async def raw_of(mail: Stored, storage: Storage) -> bytes:
    return b"".join([piece async for piece in storage.read(mail.sha256, 0, mail.size)])


async def claim(
    mail: Arrived,
    state: str,
    *,
    reason: str = "",
    sender: str = "",
    subject: str = "",
    fingerprint: str | None = None,
    at: datetime,
) -> bool:
    """Sets the state of the mail, unless another worker has. Use it inside the transaction of what the mail becomes."""
    claimed = await fetch_column(
        int,
        "UPDATE inbound_mail SET state = {}, reason = {}, sender = {}, subject = {}, fingerprint = {}, filed_at = {} "
        "WHERE id = {} AND state = 'new' RETURNING id",
        state,
        reason[:30],
        sender[:254],
        subject[:300],
        fingerprint,
        at,
        mail.id,
    )
    return bool(claimed)


async def name_message(mail: Arrived, made: MoveResult, reason: str, *, html: str, is_unproven: bool) -> None:
    """Records the message that a mail became, and whether its sender is unverified."""
    await execute(
        "UPDATE inbound_mail SET ticket = {}, message = (SELECT message FROM event WHERE id = {}), is_unproven = {}, "
        "reason = {}, html = {} WHERE id = {}",
        *(made.ticket, made.event, is_unproven, reason, html, mail.id),
    )


async def is_known(fingerprint: str) -> bool:
    return bool(await fetch_column(int, "SELECT id FROM inbound_mail WHERE fingerprint = {}", fingerprint))


async def whole(raw: bytes) -> AsyncIterator[bytes]:
    yield raw

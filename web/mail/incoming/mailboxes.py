"""Fetches mail from mailboxes by IMAP (RFC 9051): each mail is kept and committed before the server may forget it."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from web.database import fetch_column
from web.mail.incoming import mailbag
from web.mail.incoming.parse import LARGEST
from web.storage import Storage

log = logging.getLogger("guiche.mail")

TIMEOUT = 30
"""Seconds for each word of the server."""
AT_ONCE = 100
"""Mails of one round, so that no mailbox keeps the others waiting."""
HELD_FOR = timedelta(minutes=5)
"""One worker at a time reads a mailbox; one that died leaves it to another after so long."""


@dataclass(frozen=True)
class Mailbox:
    """Where mail is fetched: `imaps://`, `imap+starttls://` or `imap://user:password@host:port/folder`."""

    url: str

    @property
    def name(self) -> str:
        """Without its password, for logs and for the lease."""
        parts = urlsplit(self.url)
        return f"{parts.username}@{parts.hostname}:{parts.port}{parts.path}"[:200]


async def fetch(at: datetime, *, mailbox: Mailbox, storage: Storage) -> int:
    """Keeps what is new in the mailbox; how many. What fails stays on the server, unseen, for the next time."""
    if not await _leased(mailbox, at):
        return 0
    loop = asyncio.get_running_loop()

    def keep(raw: bytes) -> None:
        asyncio.run_coroutine_threadsafe(mailbag.keep(raw, storage=storage, at=at), loop).result()

    try:
        return await asyncio.to_thread(_fetch, mailbox, keep)
    except (ImapToolsError, OSError) as error:
        log.warning("mailbox %s: %s", mailbox.name, told(error))
        return 0
    finally:
        await _release(mailbox, at)


def told(error: Exception) -> str:
    """What is wrong, in a word or two for whoever set it up."""
    if isinstance(error, MailboxLoginError):
        return "login refused"
    if isinstance(error, ssl.SSLError):
        return "TLS failed"
    return str(error) or type(error).__name__


def _fetch(mailbox: Mailbox, keep: Callable[[bytes], None]) -> int:
    kept = 0
    with _opened(mailbox) as box:
        for uid in box.uids("UNSEEN", sort=None)[:AT_ONCE]:
            if raw := _raw(box, uid):
                keep(raw)
                kept += 1
            box.flag(uid, MailMessageFlags.SEEN, True)
    return kept


def _raw(box: BaseMailBox, uid: str) -> bytes:
    """The mail as it lies there, unmarked; of one that is too large only the beginning, which is parked as such."""
    answer = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), b"")


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    url = urlsplit(mailbox.url)
    open_box, port = _WAYS[url.scheme]
    box = open_box(url.hostname or "", url.port or port, timeout=TIMEOUT)
    folder = unquote(url.path.strip("/")) or "INBOX"
    try:
        box.login(unquote(url.username or ""), unquote(url.password or ""), initial_folder=folder)
        yield box
    finally:
        box.client.shutdown()


_WAYS: dict[str, tuple[Callable[..., BaseMailBox], int]] = {
    "imaps": (MailBox, 993),
    "imap+starttls": (MailBoxStartTls, 143),
    "imap": (MailBoxUnencrypted, 143),
}
"""By the beginning of the address: what opens it, and on which port where none is named."""


async def _leased(mailbox: Mailbox, at: datetime) -> bool:
    """Whether this worker has it now."""
    return bool(
        await fetch_column(
            int,
            "INSERT INTO mailbox_lease (name, until) VALUES ({}, {}) ON CONFLICT (name) DO UPDATE "
            "SET until = excluded.until WHERE mailbox_lease.until < {} RETURNING id",
            mailbox.name,
            at + HELD_FOR,
            at,
        )
    )


async def _release(mailbox: Mailbox, at: datetime) -> None:
    await fetch_column(int, "UPDATE mailbox_lease SET until = {} WHERE name = {} RETURNING id", at, mailbox.name)

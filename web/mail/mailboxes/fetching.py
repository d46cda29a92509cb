"""Reads one mailbox: each mail is kept and committed before the server may forget it, and new mail is waited for."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from imap_tools import BaseMailBox, MailMessageFlags

from web.mail.incoming.parse import LARGEST
from web.mail.mailboxes import imap
from web.mail.mailboxes.lookup import Mailbox

WAITED = 9 * 60
"""Seconds of one IDLE: lines in between forget a connection that is silent for longer (RFC 2177 allows 29 minutes)."""
LOOKS_EVERY = 0.5
"""Seconds between two looks at whether it is still wanted."""


@dataclass(frozen=True)
class Told:
    """Callbacks of a reader of a mailbox: what it reports, and what it asks."""

    opened: Callable[[], None]
    """The mailbox could be opened."""
    keep: Callable[[bytes], None]
    """Keeps one mail; what it raises leaves the mail unseen."""
    holds: Callable[[], bool]
    """Whether the mailbox is still ours to read."""
    stopped: Event


def fetch(mailbox: Mailbox, told: Told, *, address: str, secret: str) -> None:
    """Until it is stopped, loses the mailbox, or the server can't tell of new mail. It blocks: meant for a thread."""
    with imap.opened(mailbox.imap, mailbox.folder, address=address, secret=secret) as box:
        told.opened()
        can_idle = "IDLE" in box.client.capabilities
        while _keep_new(box, told) and can_idle and _wait(box, told):
            pass


def _keep_new(box: BaseMailBox, told: Told) -> bool:
    """All that is unseen; whether the mailbox is still ours, which is asked before each mail: one may take long."""
    while found := box.uids("UNSEEN", sort=None):
        for uid in found:
            if not told.holds():
                return False
            if raw := _raw(box, uid):
                told.keep(raw)
            box.flag(uid, MailMessageFlags.SEEN, True)
    return True


def _raw(box: BaseMailBox, uid: str) -> bytes:
    """The mail as it lies there, unmarked; of one that is too large only the beginning, which is parked as such."""
    answer = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), b"")


def _wait(box: BaseMailBox, told: Told) -> bool:
    """Until there is something new (RFC 2177); False where nobody needs it any more."""
    until = time.monotonic() + WAITED
    with box.idle as idle:
        while time.monotonic() < until:
            if told.stopped.is_set() or not told.holds():
                return False
            begun = time.monotonic()
            if idle.poll(timeout=LOOKS_EVERY):
                return True
            if time.monotonic() - begun < LOOKS_EVERY / 2:
                raise ConnectionError("the server hung up")
    return True

"""Fetches mail from one mailbox: each mail is committed before it is marked as seen, and new mail is waited for."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from imap_tools import BaseMailBox, MailMessageFlags

from web.mail.incoming.parse import LARGEST
from web.mail.mailboxes import imap
from web.mail.mailboxes.lookup import Mailbox

WAITED = 9 * 60
"""Seconds of one IDLE: routers drop connections that are silent for longer (RFC 2177 allows 29 minutes)."""
LOOKS_EVERY = 0.5
"""Seconds between two checks whether fetching should stop."""


@dataclass(frozen=True)
class Callbacks:
    """The callbacks of a fetch: what it reports, and what it asks."""

    opened: Callable[[], None]
    """Called when the mailbox was opened."""
    keep: Callable[[bytes], None]
    """Stores one mail. If it raises, the mail stays unseen."""
    holds: Callable[[], bool]
    """Whether this worker still holds the lease of the mailbox."""
    stopped: Event


def fetch(mailbox: Mailbox, told: Callbacks, *, address: str, secret: str) -> None:
    """Fetches until it is stopped, loses the lease, or the server cannot announce new mail.

    It blocks: run it in a thread.
    """
    with imap.opened(mailbox.imap, mailbox.folder, address=address, secret=secret) as box:
        told.opened()
        can_idle = "IDLE" in box.client.capabilities
        while _keep_new(box, told) and can_idle and _wait(box, told):
            pass


def _keep_new(box: BaseMailBox, told: Callbacks) -> bool:
    """Fetches all unseen mail. Returns whether the lease is still held, which is checked before each mail."""
    while found := box.uids("UNSEEN", sort=None):
        for uid in found:
            if not told.holds():
                return False
            if raw := _raw(box, uid):
                told.keep(raw)
            box.flag(uid, MailMessageFlags.SEEN, True)
    return True


def _raw(box: BaseMailBox, uid: str) -> bytes:
    """The raw mail, without marking it as seen. Of a mail that is too large only the beginning is fetched."""
    answer = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), b"")


def _wait(box: BaseMailBox, told: Callbacks) -> bool:
    """Waits for new mail (RFC 2177). Returns False when fetching should stop."""
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

"""Watches all active mailboxes, each in a thread of its own, and follows changes of their settings."""

import asyncio
import functools
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from imaplib import IMAP4
from threading import Event

from imap_tools.errors import ImapToolsError

from web.database import after_people
from web.mail.incoming import queue
from web.mail.mailboxes import faults, fetching, leases, lookup, servers
from web.mail.mailboxes.fetching import Callbacks
from web.mail.mailboxes.lookup import Mailbox
from web.storage import Storage

log = logging.getLogger("guiche.mail")

MOST = 64
"""The most mailboxes that are watched at once."""
RESTS = timedelta(seconds=15)
"""The pause between two fetches if the server cannot announce new mail, or another worker holds the lease."""
RESTS_AFTER_FAULT = timedelta(minutes=1)
"""The pause after a fault. Too many tries with a wrong password would lock the account."""
RENEWED = 10
"""Seconds after which a lease is renewed."""


@dataclass
class _Watch:
    """A mailbox being fetched, and when it is fetched again after that."""

    mailbox: Mailbox
    task: asyncio.Task[timedelta]
    stopped: Event = field(default_factory=Event)
    rests_until: datetime | None = None


@dataclass
class Watchers:
    """The watches of this worker. `now` tells the time, because a watch outlasts the job that began it."""

    storage: Storage
    now: Callable[[], datetime]
    _watches: dict[str, _Watch] = field(default_factory=dict)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(MOST, "mailbox"))

    async def watch(self, at: datetime) -> None:
        """A job: starts watches that are due, and stops those of removed or changed mailboxes."""
        wanted = {each.label: each for each in (await lookup.reading())[:MOST]}
        for label, watch in list(self._watches.items()):
            if wanted.get(label) != watch.mailbox:
                watch.stopped.set()
            if watch.task.done() and self._is_over(watch, wanted.get(label), at):
                del self._watches[label]
        for label in wanted.keys() - self._watches.keys():
            self._watches[label] = self._begun(wanted[label])

    async def aclose(self) -> None:
        for watch in self._watches.values():
            watch.stopped.set()
        await asyncio.gather(*(watch.task for watch in self._watches.values()), return_exceptions=True)
        self._threads.shutdown(wait=False)

    def _begun(self, mailbox: Mailbox) -> _Watch:
        stopped = Event()
        task = asyncio.get_running_loop().create_task(self.read(mailbox, stopped), context=Context())
        return _Watch(mailbox, task, stopped)

    def _is_over(self, watch: _Watch, wanted: Mailbox | None, at: datetime) -> bool:
        """Whether the watch has ended and its pause is over."""
        if watch.rests_until is None:
            watch.rests_until = at + _rest(watch)
        return wanted != watch.mailbox or at >= watch.rests_until

    async def read(self, mailbox: Mailbox, stopped: Event) -> timedelta:
        """Fetches until the watch ends. Returns the pause after it. Mail that failed stays on the server, unseen."""
        until = await leases.take(mailbox.label, at=self.now())
        if until is None:
            return RESTS
        held = _Held(mailbox.label, until, self.now, asyncio.get_running_loop())
        try:
            await self._read(mailbox, held, stopped)
        except (ImapToolsError, IMAP4.error, OSError) as error:
            await self._failed(mailbox, error)
            return RESTS_AFTER_FAULT
        finally:
            await held.release()
        return RESTS

    async def _read(self, mailbox: Mailbox, held: "_Held", stopped: Event) -> None:
        loop = asyncio.get_running_loop()
        address, secret = await servers.reach(mailbox.imap), await servers.secret_of(mailbox.imap)

        def wait_for(doing: Coroutine[None, None, object]) -> None:
            asyncio.run_coroutine_threadsafe(doing, loop).result()

        def opened() -> None:
            if mailbox.id is not None:
                wait_for(faults.clear(mailbox.id, "imap", at=self.now()))

        told = Callbacks(opened, lambda raw: wait_for(self._keep(raw, mailbox)), held.holds, stopped)
        read = functools.partial(fetching.fetch, mailbox, told, address=address, secret=secret)
        await loop.run_in_executor(self._threads, read)

    async def _keep(self, raw: bytes, mailbox: Mailbox) -> None:
        with after_people():
            await queue.store(raw, storage=self.storage, mailbox=mailbox.id, at=self.now())

    async def _failed(self, mailbox: Mailbox, error: Exception) -> None:
        code = servers.code_of(error)
        log.warning("mailbox %s: %s", mailbox.label, code)
        if mailbox.id is not None:
            await faults.note(mailbox.id, "imap", code, at=self.now())


def _rest(watch: _Watch) -> timedelta:
    """The pause after a watch that ended."""
    if error := watch.task.exception():
        log.error("mailbox %s", watch.mailbox.label, exc_info=error)
        return RESTS_AFTER_FAULT
    return watch.task.result()


@dataclass
class _Held:
    """A lease that the thread renews while it fetches."""

    name: str
    until: datetime | None
    now: Callable[[], datetime]
    loop: asyncio.AbstractEventLoop
    renewed: float = field(default_factory=time.monotonic)

    def holds(self) -> bool:
        """Whether the lease is still held. Called from the thread."""
        if self.until is not None and time.monotonic() - self.renewed > RENEWED:
            self.renewed = time.monotonic()
            renewing = leases.renew(self.name, self.until, at=self.now())
            self.until = asyncio.run_coroutine_threadsafe(renewing, self.loop).result()
        return self.until is not None

    async def release(self) -> None:
        if self.until is not None:
            await leases.release(self.name, self.until, at=self.now())

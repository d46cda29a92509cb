"""Dovecot, the people of the tests, and an administrator's mailbox on it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from tests import cast
from tests.cast import NOW
from tests.client import portal
from tests.mail.dovecot import Dovecot, dovecot
from tests.security.world import set_up
from tests.servers import PATIENCE
from web import clock
from web.mail.incoming import filing
from web.mail.incoming.sandbox import Reader
from web.mail.mailboxes import settings
from web.mail.mailboxes.listing import MailboxInput
from web.mail.mailboxes.servers import Server
from web.mail.mailboxes.watching import Watchers


@pytest.fixture(scope="session")
def server():
    with dovecot() as running:
        yield running


@pytest.fixture
async def people(database, storage, monkeypatch):
    with set_up(monkeypatch, GUICHE_MAIL_ALLOW="127.0.0.1"):
        yield await cast.enrol()


@pytest.fixture
def add(people, server: Dovecot):
    """Adds a mailbox as an administrator does. Returns its number."""

    async def add(user: str = "suporte", **others: object) -> int:
        values = {"imap": server.server(user), "folder": "INBOX", "smtp": Server(), **others}
        wanted = MailboxInput(address=f"{user}@guiche.example", name="Suporte", **values)
        return await settings.add(wanted, by=people.admin, at=NOW, form_key=None)

    return add


@asynccontextmanager
async def watching(many: int = 1) -> AsyncIterator[Callable[[Callable[[], Coroutine]], Coroutine]]:
    """`many` workers fetch and file; yields a function that waits for a condition."""
    storage = portal().state.storage
    watchers, reader = [Watchers(storage, clock.now) for _ in range(many)], Reader()

    async def file(at: datetime) -> None:
        await filing.file_arrived(at, storage=storage, reader=reader)

    async def until(holds: Callable[[], Coroutine]) -> None:
        async with asyncio.timeout(PATIENCE * many):
            while not await holds():
                await asyncio.sleep(0.05)

    try:
        async with clock.running([*(each.watch for each in watchers), file], every=timedelta(seconds=0.1)):
            yield until
    finally:
        for each in watchers:
            await each.aclose()
        await reader.close()

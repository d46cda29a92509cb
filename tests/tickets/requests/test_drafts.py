"""Drafts are deleted whole, even while something is written to them."""

import asyncio
from contextvars import Context

import pytest

from tests import cast
from tests.cast import NOW
from web.database import database as engine
from web.database import fetch, transaction
from web.engines.postgres import Postgres
from web.tickets.lists import presence
from web.tickets.requests import drafts
from web.tickets.requests.drafts import Request

pytestmark = pytest.mark.anyio

_WAITING = "SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def test_a_draft_opened_while_it_is_thrown_away_goes_with_what_was_noted_of_it(database):
    people = await cast.enrol()
    draft = await drafts.draft(Request("Boleto", "Segunda via"), by=people.bia, at=NOW)
    sheet = await cast.seen(draft.ticket, people.bia)
    noted, discarding = asyncio.Event(), asyncio.Event()

    async def opens() -> None:
        async with transaction():
            await presence.note_visit(sheet, by=people.bia, at=NOW)
            noted.set()
            await discarding.wait()

    opening = asyncio.create_task(opens(), context=Context())
    await noted.wait()
    discarded = asyncio.create_task(drafts.discard(sheet, by=people.bia), context=Context())
    while not await _waits():
        await asyncio.sleep(0)
    discarding.set()
    await asyncio.gather(opening, discarded)
    assert await fetch("SELECT id FROM ticket UNION ALL SELECT ticket FROM visit") == []


async def _waits() -> bool:
    """Whether somebody waits for the other; SQLite lets only one write."""
    own = engine()
    return bool(await fetch(_WAITING)) if isinstance(own, Postgres) else own.writing.locked()

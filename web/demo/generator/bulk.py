"""Fills a database with generated tickets for measuring; the same seed and hour give the same tickets.

The rows are those that the moves would leave, without their checks and inserted by the thousand.
"""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from web import database
from web.clock import now
from web.database import fetch_column
from web.demo import cast, catalog
from web.demo.generator import bulk_insert, bulk_people, world
from web.demo.generator.bulk_insert import Ids, Rows
from web.demo.generator.generated_ticket import GeneratedTicket
from web.demo.generator.ticket_generator import TicketGenerator
from web.demo.office_hours import OfficeTime
from web.demo.sign_ins import is_empty
from web.errors import BadSetting
from web.schema import migration
from web.settings import settings

PERIOD = timedelta(days=730)
_BATCH = 2_000


async def fill(*, tickets: int, organizations: int, people: int, messages: int, seed: int, overdue: int = 0) -> None:
    """Adds so many tickets of so many organizations, with a mean of `messages` each, to the configured database."""
    began = time.monotonic()
    async with database.opened():
        await migration.migrate()
        await invent(
            tickets=tickets, organizations=organizations, people=people, messages=messages, seed=seed, overdue=overdue
        )
    seconds = time.monotonic() - began
    print(f"{tickets} tickets in {seconds:.1f} s: {tickets / seconds * 60:.0f} a minute")  # noqa: T201


async def invent(*, tickets: int, organizations: int, people: int, messages: int, seed: int, overdue: int = 0) -> None:
    """Fills an open and migrated database."""
    end = now().replace(minute=0, second=0, microsecond=0)
    if await is_empty():
        await cast.enrol(settings().demo_password, at=end - PERIOD)
        await catalog.add_targets()
    ana = await _ana()
    chance = random.Random(seed)  # noqa: S311 - invented data
    ids = await bulk_insert.ids()
    homes = await _numbers("SELECT id FROM organization ORDER BY id LIMIT {}", organizations)
    teams = await _numbers("SELECT id FROM team WHERE NOT is_confidential ORDER BY id")
    await bulk_insert.write(
        bulk_people.newcomers(homes, organizations, max(people, organizations + 3), teams, chance, ids, end - PERIOD)
    )
    office = OfficeTime(start=end - PERIOD, end=end)
    generator = TicketGenerator(await world.load(homes, ana=ana), office, messages=messages, seed=seed)
    for rows in _batches(generator.tickets(tickets, overdue=overdue), ids):
        await bulk_insert.write(rows)
    await bulk_insert.tidy_up(ids.last)


async def _ana() -> int:
    """The id of the demonstration's Ana. Raises `BadSetting` without her, because the database is then a real one."""
    found = await _numbers("SELECT person AS id FROM identity WHERE value = 'ana@aurora.example'")
    if not found:
        raise BadSetting("DATABASE_URL names a database that is in use: measure in an empty one")
    return found[0]


async def _numbers(sql: str, *values: int) -> list[int]:
    return await fetch_column(int, sql, *values)


def _batches(tickets: Iterator[GeneratedTicket], ids: Ids) -> Iterator[Rows]:
    while batch := list(islice(tickets, _BATCH)):
        rows: Rows = {table: [] for table in _TABLES}
        for ticket in sorted(batch, key=lambda each: each.created_at):
            ticket.add_to(rows, ids)
        yield rows


_TABLES = ("ticket", "message", "event", "participant", "link", "rating")
"""Parents before children."""

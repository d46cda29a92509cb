"""Inserts generated rows into either database, a thousand at a time, and tidies up after them."""

from collections.abc import Mapping, Sequence

import aiosqlite
import asyncpg

from web import database
from web.database import dialect, execute, fetch_column
from web.engines.postgres import Postgres
from web.tickets.record import search_index
from web.tickets.sla.deadlines import Deadlines

Row = tuple[object, ...]
Rows = dict[str, list[Row]]
"""Rows by table."""

_COLUMNS = {
    "organization": ("id", "name", "sort_name", "cnpj", "root"),
    "organization_word": ("word", "organization"),
    "person": ("id", "name", "sort_name", "role", "is_robot", "is_active", "created_at"),
    "person_word": ("word", "person"),
    "identity": ("person", "kind", "value", "verified_at"),
    "membership": ("person", "organization", "sees", "approves", "manages", "confirmed_at"),
    "team_member": ("team", "person"),
    "ticket": (
        *("id", "title", "category", "topic", "priority", "author", "requester", "primary_contact", "organization"),
        *("team", "assignee", "channel", "status", "wait", "wait_until", "resolution", "workflow", "is_answered"),
        *("answered_at", "approval_asked_by", "created_at", "submitted_at", "updated_at", "resolved_at", "closed_at"),
        *Deadlines.__dataclass_fields__,
    ),
    "message": ("id", "ticket", "kind", "author", "body", "at", "is_resolution"),
    "event": ("id", "ticket", "kind", "actor", "at", "audience", "data", "message", "announced_at"),
    "participant": ("ticket", "person", "address", "added_by", "at"),
    "rating": ("ticket", "person", "service", "quality", "comment", "at"),
    "link": ("ticket", "other", "kind", "at"),
    "ticket_search": search_index.COLUMNS,
}

_COUNTED = ("organization", "person", "ticket", "message", "event")
"""Tables whose ids are assigned here, so that other rows can reference them."""


class Ids:
    """The next id of each such table."""

    def __init__(self, last: Mapping[str, int]) -> None:
        self.last = dict(last)

    def next(self, table: str) -> int:
        self.last[table] += 1
        return self.last[table]


async def ids() -> Ids:
    """The last assigned ids."""
    last = dialect(
        sqlite="SELECT COALESCE(max(seq), 0) AS last FROM sqlite_sequence WHERE name = '{table}'",
        postgres="SELECT last_value - (NOT is_called)::int AS last FROM {table}_id_seq",
    )
    return Ids({table: (await fetch_column(int, last.format(table=table)))[0] for table in _COUNTED})


async def tidy_up(counters: Mapping[str, int]) -> None:
    """Brings PostgreSQL's sequences, statistics and pages up to date. SQLite needs nothing."""
    engine = database.database()
    if isinstance(engine, Postgres):
        for table, last in counters.items():
            await execute(f"SELECT setval('{table}_id_seq', {{}})", last)
        async with engine.lent() as connection:
            await connection.execute("VACUUM ANALYZE", timeout=600)


async def write(rows: Rows) -> None:
    """Inserts all of these rows or none, and indexes the tickets among them."""
    async with database.database().transaction() as batch:
        for table, records in rows.items():
            await _insert(batch.connection, table, records)
        if numbers := [number for number, *_ in rows.get("ticket", ()) if isinstance(number, int)]:
            documents = await search_index.read(min(numbers), max(numbers))
            await _insert(batch.connection, "ticket_search", [each.row() for each in documents])


async def _insert(connection: aiosqlite.Connection | asyncpg.Connection, table: str, records: Sequence[Row]) -> None:
    columns = _COLUMNS[table]
    if isinstance(connection, aiosqlite.Connection):
        inserted = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        await connection.executemany(inserted, records)
    else:
        await connection.copy_records_to_table(table, records=records, columns=columns)

"""Empties every table between tests, and fills again what most of them begin with."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from web.database import database, fetch
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.schema.tables import TABLES

MADE_AT_FIRST = ("person", "calendar")
"""Tables whose first row is made by a migration: time's own person, the calendar everybody starts with."""


OFFICE_HOURS = (
    "UPDATE calendar SET name = 'Horário comercial', zone = 'America/Sao_Paulo', state = NULL, week = '["
    + "[[32400, 64800]], " * 5
    + "[], []]' WHERE id = 1"
)
"""As the migration made it."""

UNCHECKED = "SET LOCAL session_replication_role = replica"
"""PostgreSQL asks of no row whether what it points to is there: all of them go, or all come from where they were."""

CHECKED_LAST = "PRAGMA defer_foreign_keys = ON"
"""SQLite asks that of all of them at the end of the transaction."""


Made = TypeVar("Made")

_kept: dict[str, tuple[Any, list[str]]] = {}
"""By its name: what was made of some rows, and the statements that bring them back."""


async def empty() -> None:
    kept = [each for each in _tables() if each != "setting_change"]
    await _run([*await _log_emptied(), *(f"DELETE FROM {name}{_but_first(name)}" for name in kept), OFFICE_HOURS])


async def _log_emptied() -> list[str]:
    """The database keeps the log of settings from being emptied. Its triggers are taken off for a moment."""
    if not await fetch("SELECT 1 AS one FROM setting_change LIMIT 1"):
        return []
    if isinstance(database(), Postgres):
        return ["TRUNCATE setting_change"]
    triggers = await fetch("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'setting_change'")
    off = [f"DROP TRIGGER {each['name']}" for each in triggers]
    return [*off, "DELETE FROM setting_change", *(each["sql"] for each in triggers)]


async def kept(name: str, make: Callable[[], Awaitable[Made]]) -> Made:
    """What is made in an empty database: really made the first time in this process, copied row by row from then on."""
    if name not in _kept:
        made = await make()
        _kept[name] = made, [each for table in _tables() for each in await _copies(table)]
        return made
    made, statements = _kept[name]
    await _run(statements)
    return made


async def unsynced() -> None:
    """Nothing that a test writes has to outlive a power cut."""
    engine = database()
    if isinstance(engine, SQLite):
        await (await engine.writer()).execute("PRAGMA synchronous = OFF")


async def _copies(table: str) -> list[str]:
    """Statements that write the table's rows again."""
    if isinstance(database(), Postgres):
        (found,) = await fetch(f"SELECT json_agg(t)::text AS rows FROM {table} t{_but_first(table)}")
        if found["rows"] is None:
            return []
        rows = found["rows"].replace("'", "''")
        columns = ", ".join(await _written(table))
        return [
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, '{rows}')"
        ]
    columns = [row["name"] for row in await fetch(f"SELECT name FROM pragma_table_info('{table}')")]
    columns += ["rowid"] * (table == "ticket_search")
    values = ", ".join(f"quote({each})" for each in columns)
    rows = await fetch(f"SELECT {values} FROM {table}{_but_first(table)}")
    return [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(row.values())})" for row in rows]


async def _written(table: str) -> list[str]:
    """The columns that PostgreSQL does not fill itself."""
    rows = await fetch(
        "SELECT column_name AS name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = {} AND is_generated = 'NEVER'",
        table,
    )
    return [row["name"] for row in rows]


async def _run(statements: list[str]) -> None:
    """All of them in one transaction and, for speed, one message."""
    script = "; ".join(statements)
    engine = database()
    if isinstance(engine, Postgres):
        async with engine.pool.acquire() as connection:
            await connection.execute(f"{UNCHECKED}; {script}")
    else:
        await (await engine.writer()).executescript(f"BEGIN IMMEDIATE; {CHECKED_LAST}; {script}; COMMIT")


def _but_first(table: str) -> str:
    return " WHERE id <> 1" if table in MADE_AT_FIRST else ""


def _tables() -> list[str]:
    return ["ticket_search", *(table._meta.tablename for table in TABLES)]

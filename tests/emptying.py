"""Empties every table between tests, and restores the rows that most tests begin with."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from web.database import database, fetch
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.schema.tables import TABLES

MADE_AT_FIRST = ("person", "calendar")
"""Tables whose first row a migration creates: the system's person, the default calendar."""


OFFICE_HOURS = (
    "UPDATE calendar SET name = 'Horário comercial', zone = 'America/Sao_Paulo', state = NULL, week = '["
    + "[[32400, 64800]], " * 5
    + "[], []]' WHERE id = 1"
)
"""The default calendar of the migration."""

UNCHECKED = "SET LOCAL session_replication_role = replica"
"""PostgreSQL checks no foreign keys here: all rows are deleted, or all are restored."""

CHECKED_LAST = "PRAGMA defer_foreign_keys = ON"
"""SQLite checks foreign keys at the end of the transaction."""


Made = TypeVar("Made")

_kept: dict[str, tuple[Any, list[str]]] = {}
"""By name: the created object, and the statements that restore its rows."""


async def empty() -> None:
    kept = [each for each in _tables() if each != "setting_change"]
    await _run([*await _log_emptied(), *(f"DELETE FROM {name}{_but_first(name)}" for name in kept), OFFICE_HOURS])


async def _log_emptied() -> list[str]:
    """The statements that empty the log of settings, which its triggers normally prevent."""
    if not await fetch("SELECT 1 AS one FROM setting_change LIMIT 1"):
        return []
    if isinstance(database(), Postgres):
        return ["TRUNCATE setting_change"]
    triggers = await fetch("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'setting_change'")
    off = [f"DROP TRIGGER {each['name']}" for each in triggers]
    return [*off, "DELETE FROM setting_change", *(each["sql"] for each in triggers)]


async def kept(name: str, make: Callable[[], Awaitable[Made]]) -> Made:
    """Creates something in an empty database, and from then on restores it row by row."""
    if name not in _kept:
        made = await make()
        _kept[name] = made, [each for table in _tables() for each in await _copies(table)]
        return made
    made, statements = _kept[name]
    await _run(statements)
    return made


async def unsynced() -> None:
    """Turns off disk syncs, because test data need not survive a power loss."""
    engine = database()
    if isinstance(engine, SQLite):
        await (await engine.writer()).execute("PRAGMA synchronous = OFF")


async def _copies(table: str) -> list[str]:
    """Statements that restore the table's rows."""
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
    """Runs all statements in one transaction and, for speed, one message."""
    script = "; ".join(statements)
    engine = database()
    if isinstance(engine, Postgres):
        async with engine.lent() as connection:
            await connection.execute(f"{UNCHECKED}; {script}")
    else:
        await (await engine.writer()).executescript(f"BEGIN IMMEDIATE; {CHECKED_LAST}; {script}; COMMIT")


def _but_first(table: str) -> str:
    return " WHERE id <> 1" if table in MADE_AT_FIRST else ""


def _tables() -> list[str]:
    return ["ticket_search", *(table._meta.tablename for table in TABLES)]

"""The two databases, embedded SQLite and PostgreSQL, each through a small Piccolo engine."""

import contextlib
import functools
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar, cast

import asyncpg
from piccolo.querystring import QueryString
from piccolo.table import TABLE_REGISTRY

from web.engines import sqlite
from web.engines.postgres import Postgres
from web.engines.sqlite import SQLite
from web.engines.write_priority import behind_people
from web.errors import BadSetting, NotFound
from web.settings import settings
from web.sql import Fragment, joined

Database = SQLite | Postgres

Row = dict[str, Any]

R = TypeVar("R")
"""A frozen dataclass of the columns that a statement names."""
V = TypeVar("V")

FAILURES = (sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""Exceptions of a database that cannot be reached or written."""

BUSY = (
    sqlite3.OperationalError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
    asyncpg.TransactionRollbackError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    ConnectionError,
    TimeoutError,
)
"""Those of `FAILURES` that may pass: a retry can succeed."""

RULES_BROKEN = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""Exceptions of rows that violate a constraint."""


def connect(url: str) -> Database:
    """An engine for `sqlite:///path` or `postgresql://...`. Raises `BadSetting` for anything else."""
    if url.startswith("sqlite:///"):
        return SQLite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return Postgres(url)
    raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")


@functools.cache
def database() -> Database:
    """The engine of the configured database, which Piccolo's tables use as well."""
    return connect(settings().database_url)


def transaction() -> "contextlib.AbstractAsyncContextManager[object, None]":
    """A transaction. Raises Piccolo's `TransactionError` inside another one."""
    return cast("contextlib.AbstractAsyncContextManager[object, None]", database().transaction())


def within() -> "contextlib.AbstractAsyncContextManager[object, None]":
    """The present transaction, or a new one, for code that may be a step of something larger."""
    return contextlib.nullcontext() if database().transaction_exists() else transaction()


@contextlib.asynccontextmanager
async def rehearsal() -> AsyncIterator[None]:
    """A transaction that is rolled back at the end. An enclosing transaction goes on after it."""
    async with within():
        await execute("SAVEPOINT rehearsal")
        try:
            yield
        finally:
            await execute("ROLLBACK TO SAVEPOINT rehearsal")


def dialect(*, sqlite: V, postgres: V) -> V:
    """The piece of SQL for the database in use."""
    return sqlite if isinstance(database(), SQLite) else postgres


def columns_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a class, which are the columns of its statement."""
    return _fields(kind)[0]


def json_list(columns: Sequence[str], select: str) -> str:
    """The rows of a select as one text column: a list of objects in JSON, empty if there are none."""
    pairs = ", ".join(f"'{name}', {name}" for name in columns)
    return dialect(
        sqlite=f"json((SELECT json_group_array(json_object({pairs})) FROM ({select}) listed))",
        postgres=f"(SELECT COALESCE(json_agg(json_build_object({pairs})), '[]') FROM ({select}) listed)",
    )


def read_json(kind: type[R], text: str) -> list[R]:
    """Parses a column made by `json_list` from the columns of `kind`."""
    names, truths = _fields(cast("type", kind))
    return list(_made(kind, names, truths, (tuple(row[name] for name in names) for row in json.loads(text))))


@contextlib.contextmanager
def unhurried(truly: bool = True) -> Iterator[None]:
    """Reads inside may take long: they run outside the event loop."""
    token = sqlite.unhurried.set(truly)
    try:
        yield
    finally:
        sqlite.unhurried.reset(token)


@contextlib.contextmanager
def after_people() -> Iterator[None]:
    """Writes inside can wait: if only one connection may write, those of people come first."""
    token = behind_people.set(True)
    try:
        yield
    finally:
        behind_people.reset(token)


async def fetch_as(kind: type[R], sql: str, *values: object) -> list[R]:
    """The rows of a statement, whose `{}` are values or fragments. The columns are the fields of `kind`, in order.

    SQLite has no booleans: a 0 or 1 in a `bool` field is converted.
    """
    names, rows = await database().select(Fragment(sql, values))
    wanted, truths = _fields(cast("type", kind))
    if rows and tuple(names) != wanted:
        raise TypeError(f"{kind.__name__} has the fields {wanted}, the statement the columns {tuple(names)}")
    return list(_made(kind, wanted, truths, rows))


def _made(kind: type[R], names: Sequence[str], truths: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[R]:
    """Builds rows without `__init__`, which takes three times as long for a frozen class."""
    named = functools.partial(zip, names)
    for columns in rows:
        row = object.__new__(kind)
        kept = row.__dict__
        kept.update(named(columns))
        for name in truths:
            if kept[name] is not None:
                kept[name] = bool(kept[name])
        yield row


async def fetch_column(kind: type[V], sql: str, *values: object) -> list[V]:
    """The values of a statement with one column; `kind` is their type."""
    _, rows = await database().select(Fragment(sql, values))
    return [cast("V", value) for (value,) in rows]


def existing(rows: Sequence[V], noun: str) -> V:
    """The only row of a search by key. Raises `NotFound` with the noun if there is none."""
    if not rows:
        raise NotFound(noun)
    return rows[0]


async def execute(sql: str, *values: object) -> None:
    """Executes a statement without rows."""
    await database().run_querystring(Fragment(sql, values))


def of_piccolo(query: QueryString) -> Fragment:
    """A statement in Piccolo's words as a part of another."""
    return Fragment(query.template, tuple(of_piccolo(v) if isinstance(v, QueryString) else v for v in query.args))


async def together(writes: Sequence[Fragment], last: Fragment) -> Fragment:
    """The statement that makes these writes, of different rows, with the last one, whose rows it returns.

    PostgreSQL is sent a single statement. SQLite, which has none of the kind, has made the others by then.
    """
    if isinstance(database(), SQLite):
        for each in writes:
            await execute("{}", each)
        return last
    named = (Fragment(f"write_{place} AS ({{}})", (each,)) for place, each in enumerate(writes))
    return Fragment("WITH {} {}", (joined(", ", named), last)) if writes else last


async def fetch(sql: str, *args: Any) -> list[Row]:
    """Rows of one statement whose `{}` are values or fragments."""
    return list(map(dict, await database().run_querystring(Fragment(sql, args))))


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of all fields, and of the boolean ones."""
    found = fields(kind)
    return tuple(each.name for each in found), tuple(each.name for each in found if each.type in (bool, bool | None))


async def add_column(table: str, name: str, kind: str) -> None:
    """Adds a column unless it exists; SQLite has no ADD COLUMN IF NOT EXISTS."""
    sought = dialect(
        sqlite="SELECT 1 AS one FROM pragma_table_info({}) WHERE name = {}",
        postgres="SELECT 1 AS one FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = {} AND column_name = {}",
    )
    if not await fetch_column(int, sought, table, name):
        await database().run_ddl(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


async def rest(at: datetime) -> None:
    """Lets connections that are not needed be closed."""
    if isinstance(engine := database(), Postgres):
        await engine.rest()


async def answers() -> None:
    """Raises what prevents the database from answering."""
    await execute("SELECT 1 AS one")


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Database]:
    """Opens the database for as long as the block lasts."""
    engine = database()
    await _open(engine)
    for table in TABLE_REGISTRY:
        table._meta.db = engine  # Piccolo would look for it with the tools that make migrations
    try:
        yield engine
    finally:
        await engine.close()


async def _open(engine: Database) -> None:
    try:
        await engine.open()
    except FAILURES as error:
        await engine.close()
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadSetting(f"DATABASE_URL: the database can't be opened ({reason})") from None

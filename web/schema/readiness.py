"""Whether this node can serve, and why not."""

from datetime import datetime, timedelta

from web import database
from web.clock import machine_time, now
from web.database import dialect, fetch_column
from web.errors import BadSetting
from web.schema import contents, heartbeat, secret
from web.storage import Storage

APART = timedelta(minutes=1)
"""A larger difference of clocks would date events before their causes."""


async def check(storage: Storage) -> None:
    """Raises `BadSetting` with one line for the operator, or what the database or the storage raises."""
    await database.answers()
    await storage.ready()
    await secret.check()
    await check_clock()
    await check_contents(storage)
    await heartbeat.check(now())


async def check_clock() -> None:
    """Compares the clock with the database's, which all nodes share; with SQLite there is only one machine."""
    for theirs in await fetch_column(datetime, dialect(sqlite="SELECT 1 LIMIT 0", postgres="SELECT now()")):
        if fault := clock_fault(machine_time() - theirs):
            raise BadSetting(fault)


def clock_fault(ahead: timedelta) -> str | None:
    if abs(ahead) <= APART:
        return None
    direction = "ahead of" if ahead > timedelta(0) else "behind"
    return f"the clock of this node is {abs(ahead)} {direction} the database's"


async def check_contents(storage: Storage) -> None:
    """The newest attachment must be in this node's storage; a private folder instead of the shared one lacks it."""
    for sha256 in await fetch_column(str, "SELECT sha256 FROM attachment WHERE id = (SELECT max(id) FROM attachment)"):
        if not await storage.exists(sha256):
            raise BadSetting("GUICHE_STORAGE has no contents of the newest attachment: all nodes need the same storage")


async def faults(storage: Storage) -> list[str]:
    """The faults of the database and of its referenced contents, a line each."""
    integrity = await fetch_column(str, dialect(sqlite="PRAGMA integrity_check", postgres="SELECT 'ok'"))
    return [line for line in integrity if line != "ok"] + [fault async for fault in contents.faults(storage)]

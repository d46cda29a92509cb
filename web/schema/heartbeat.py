"""Whether a worker is alive: it says so every few seconds, and the nodes that answer people look."""

from datetime import datetime, timedelta

from piccolo.columns import Serial, Timestamptz
from piccolo.table import Table

from web.database import execute, fetch_column
from web.errors import BadSetting

EVERY = timedelta(seconds=10)
LATE = timedelta(minutes=2)
"""A worker that said nothing for so long is taken for dead."""


class WorkerHeartbeat(Table, tablename="worker_heartbeat"):
    """Its one row tells when any worker was last alive."""

    id: Serial
    at = Timestamptz()


async def beat(at: datetime) -> None:
    """By each worker; several of them share the row."""
    await execute(
        "INSERT INTO worker_heartbeat (id, at) VALUES (1, {}) ON CONFLICT (id) DO UPDATE SET at = excluded.at", at
    )


async def silence(at: datetime) -> timedelta | None:
    """For how long no worker was alive; None where one is, or where none was ever started."""
    last = await fetch_column(datetime, "SELECT at FROM worker_heartbeat WHERE id = 1")
    return at - last[0] if last and at - last[0] > LATE else None


async def check(at: datetime) -> None:
    """Raises `BadSetting` where the worker died. A house whose worker was never started is being set up."""
    if silent := await silence(at):
        minutes = int(silent / timedelta(minutes=1))
        raise BadSetting(f"no worker for {minutes} minutes: start `python -m web worker`")

"""The worker's heartbeat, which page nodes check."""

from datetime import datetime, timedelta

from piccolo.columns import Serial, Timestamptz
from piccolo.table import Table

from web.database import execute, fetch_column
from web.errors import BadSetting

EVERY = timedelta(seconds=10)
LATE = timedelta(minutes=2)
"""A worker without a heartbeat for so long counts as dead."""


class WorkerHeartbeat(Table, tablename="worker_heartbeat"):
    """Its one row has the time of the last heartbeat of any worker."""

    id: Serial
    at = Timestamptz()


async def beat(at: datetime) -> None:
    """Writes the heartbeat; several workers share the row."""
    await execute(
        "INSERT INTO worker_heartbeat (id, at) VALUES (1, {}) ON CONFLICT (id) DO UPDATE SET at = excluded.at", at
    )


async def silence(at: datetime) -> timedelta | None:
    """How long no worker was alive; None if one is, or none was ever started."""
    last = await fetch_column(datetime, "SELECT at FROM worker_heartbeat WHERE id = 1")
    return at - last[0] if last and at - last[0] > LATE else None


async def check(at: datetime) -> None:
    """Raises `BadSetting` if the worker died. An installation whose worker was never started is still being set up."""
    if silent := await silence(at):
        minutes = int(silent / timedelta(minutes=1))
        raise BadSetting(f"no worker for {minutes} minutes: start `python -m web worker`")

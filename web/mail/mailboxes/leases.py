"""One worker at a time reads a mailbox; one that died leaves it to another within a minute, rests included."""

from datetime import datetime, timedelta

from web.database import fetch_column

HELD_FOR = timedelta(seconds=30)
APART = timedelta(minutes=1)
"""Clocks of two workers may differ by less, and a statement may wait for as long."""


async def take(name: str, *, at: datetime) -> datetime | None:
    """Until when it is ours; None while it is another's."""
    taken = await fetch_column(int, _TAKEN, name, at + HELD_FOR, at, at + HELD_FOR + APART)
    return at + HELD_FOR if taken else None


_TAKEN = (
    "INSERT INTO mailbox_lease (name, until) VALUES ({}, {}) ON CONFLICT (name) DO UPDATE "
    "SET until = excluded.until WHERE mailbox_lease.until < {} OR mailbox_lease.until > {} RETURNING id"
)
"""Nobody holds one for so long: the clock was set back meanwhile."""


async def renew(name: str, until: datetime, *, at: datetime) -> datetime | None:
    """Until when it is ours from now on; None where another took it meanwhile."""
    return at + HELD_FOR if await _set(name, until, at + HELD_FOR) else None


async def release(name: str, until: datetime, *, at: datetime) -> None:
    await _set(name, until, at)


async def _set(name: str, until: datetime, to: datetime) -> bool:
    moved = "UPDATE mailbox_lease SET until = {} WHERE name = {} AND until = {} RETURNING id"
    return bool(await fetch_column(int, moved, to, name, until))

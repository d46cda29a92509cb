"""Leases of mailboxes: one worker at a time fetches each. When a worker dies, another takes over within a minute."""

from datetime import datetime, timedelta

from web.database import fetch_column

HELD_FOR = timedelta(seconds=30)
APART = timedelta(minutes=1)
"""How far the clocks of two workers may differ, and how long a statement may wait."""


async def take(name: str, *, at: datetime) -> datetime | None:
    """Takes the lease. Returns when it ends, or None while another worker holds it."""
    taken = await fetch_column(int, _TAKEN, name, at + HELD_FOR, at, at + HELD_FOR + APART)
    return at + HELD_FOR if taken else None


_TAKEN = (
    "INSERT INTO mailbox_lease (name, until) VALUES ({}, {}) ON CONFLICT (name) DO UPDATE "
    "SET until = excluded.until WHERE mailbox_lease.until < {} OR mailbox_lease.until > {} RETURNING id"
)
"""No lease lasts longer; one that does was made before the clock was set back."""


async def renew(name: str, until: datetime, *, at: datetime) -> datetime | None:
    """Renews the lease. Returns its new end, or None if another worker took it meanwhile."""
    return at + HELD_FOR if await _set(name, until, at + HELD_FOR) else None


async def release(name: str, until: datetime, *, at: datetime) -> None:
    await _set(name, until, at)


async def _set(name: str, until: datetime, to: datetime) -> bool:
    moved = "UPDATE mailbox_lease SET until = {} WHERE name = {} AND until = {} RETURNING id"
    return bool(await fetch_column(int, moved, to, name, until))

"""Rate limits: leaky buckets in the database, shared by all nodes.

Each limit is defined beside the code it protects.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime

from web.database import dialect, execute, fetch_as
from web.errors import Throttled


@dataclass(frozen=True)
class Limit:
    """So many tries at once, then one more every so many seconds."""

    name: str
    tries: int
    seconds: float


@dataclass(frozen=True)
class _Level:
    """The level of a bucket after a try, and whether there was no more room."""

    level: float
    is_refused: bool


async def spend(limit: Limit, *about: str, amount: int = 1, at: datetime) -> None:
    """Counts one or several tries. Raises `Throttled` when that is too much; refused tries do not count."""
    poured = await _poured(_key(limit, about), limit, amount, at)
    if poured.is_refused:
        raise Throttled(wait=max(1, round(math.ceil(poured.level + amount - limit.tries) * limit.seconds)))


async def forgive(limit: Limit, *about: str) -> None:
    """Resets the limits after a success."""
    await execute("DELETE FROM bucket WHERE key = {}", _key(limit, about))


async def refund(limit: Limit, *about: str) -> None:
    """Takes one try back, because it was no guess."""
    least = dialect(sqlite="max", postgres="greatest")
    await execute(f"UPDATE bucket SET level = {least}(0, level - 1) WHERE key = {{}}", _key(limit, about))


async def sweep(at: datetime) -> None:
    """Deletes buckets that were unused for a day: they are empty."""
    await execute("DELETE FROM bucket WHERE filled_at < {}", at.timestamp() - 86_400)


async def _poured(key: str, limit: Limit, amount: int, at: datetime) -> _Level:
    """Counts this try in one statement."""
    most = dialect(sqlite="max", postgres="greatest")
    drained = f"{most}(0, bucket.level - {most}(0, excluded.filled_at - bucket.filled_at) / {limit.seconds})"
    is_refused = f"{drained} + {amount} > {limit.tries}"
    poured = _POURED.format(most=most, drained=drained, is_refused=is_refused, amount=amount)
    level = float(amount if amount <= limit.tries else 0)
    rows = await fetch_as(_Level, poured, key, level, at.timestamp(), amount > limit.tries)
    return rows[0]


_POURED = (
    "INSERT INTO bucket (key, level, filled_at, is_refused) VALUES ({{}}, {{}}, {{}}, {{}}) "
    "ON CONFLICT (key) DO UPDATE SET "
    "level = CASE WHEN {is_refused} THEN {drained} ELSE {drained} + {amount} END, is_refused = {is_refused}, "
    "filled_at = {most}(excluded.filled_at, bucket.filled_at) RETURNING level, is_refused"
)


def _key(limit: Limit, about: tuple[str, ...]) -> str:
    return f"{limit.name}:{hashlib.sha256(repr(about).encode()).hexdigest()[:40]}"

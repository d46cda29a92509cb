"""Keeps what was made small beside what it was made of, by the content that it shows."""

import io
from dataclasses import dataclass
from typing import cast

import anyio

from web.database import execute, fetch_as
from web.processes.limited import Died, Limits, once
from web.storage import Storage, pieces_of
from web.thumbnails.reducing import reduce

LIMITS = Limits(cpu=10, memory=384 * 2**20, patience=45)

_one = anyio.Lock()
"""A process makes one at a time, however many a page shows."""


@dataclass(frozen=True)
class _Made:
    sha256: str | None
    size: int | None


async def thumbnail(sha256: str, size: int, *, storage: Storage) -> bytes:
    """The picture of this content made small; empty where it is none, or none that is safe to read."""
    made = await _kept(sha256, storage)
    if made is None:
        async with _one:
            made = await _kept(sha256, storage) or await _make(sha256, size, storage)
    if made.sha256 is None or made.size is None:
        return b""
    return await _content(made.sha256, made.size, storage)


async def _kept(sha256: str, storage: Storage) -> _Made | None:
    rows = await fetch_as(_Made, "SELECT sha256, size FROM thumbnail WHERE original = {}", sha256)
    is_lost = rows and rows[0].sha256 is not None and not await storage.exists(rows[0].sha256)
    return rows[0] if rows and not is_lost else None


async def _make(sha256: str, size: int, storage: Storage) -> _Made:
    try:
        reduced = cast("bytes", await once(reduce, LIMITS, await _content(sha256, size, storage)))
    except Died:
        reduced = b""
    made = _Made(None, None)
    if reduced:
        stored = await storage.receive(pieces_of(io.BytesIO(reduced)), limit=len(reduced))
        made = _Made(stored.sha256, stored.size)
    await execute(_MADE, *(sha256, made.sha256, made.size))
    return made


_MADE = (
    "INSERT INTO thumbnail (original, sha256, size) VALUES ({}, {}, {}) "
    "ON CONFLICT (original) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size"
)


async def _content(sha256: str, size: int, storage: Storage) -> bytes:
    return b"".join([piece async for piece in storage.read(sha256, 0, size)])

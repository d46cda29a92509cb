"""Keeps what was made small beside what it was made of, by the content that it shows."""

import io
from dataclasses import dataclass
from typing import cast

import anyio

from web.database import execute, fetch_as
from web.processes.limited import Died, Limits, Stopped, once
from web.storage import Storage, pieces_of
from web.thumbnails.reducing import reduce

LIMITS = Limits(cpu=10, memory=384 * 2**20, patience=45)
TURN = 5
"""Seconds that somebody waits for pictures of others, some of them made to take long."""

_one = anyio.Lock()
"""A process makes one at a time, however many a page shows."""


@dataclass(frozen=True)
class Thumbnail:
    """Where the storage has it."""

    sha256: str
    size: int


@dataclass(frozen=True)
class _Made:
    sha256: str | None = None
    size: int | None = None


async def thumbnail(sha256: str, size: int, *, storage: Storage) -> Thumbnail | None:
    """The picture of this content made small; none where it is no picture that is safe to read, or was not made yet."""
    made = await _kept(sha256, storage) or await _in_turn(sha256, size, storage)
    return None if made.sha256 is None or made.size is None else Thumbnail(made.sha256, made.size)


async def _kept(sha256: str, storage: Storage) -> _Made | None:
    rows = await fetch_as(_Made, "SELECT sha256, size FROM thumbnail WHERE original = {}", sha256)
    is_lost = rows and rows[0].sha256 is not None and not await storage.exists(rows[0].sha256)
    return rows[0] if rows and not is_lost else None


async def _in_turn(sha256: str, size: int, storage: Storage) -> _Made:
    try:
        with anyio.fail_after(TURN):
            await _one.acquire()
    except TimeoutError:
        return _Made()
    try:
        return await _kept(sha256, storage) or await _make(sha256, size, storage)
    finally:
        _one.release()


async def _make(sha256: str, size: int, storage: Storage) -> _Made:
    """What the picture itself makes fail is not tried again; what was stopped is, by whoever looks next."""
    content = b"".join([piece async for piece in storage.read(sha256, 0, size)])
    try:
        reduced = cast("bytes", await once(reduce, LIMITS, content))
    except Stopped:
        return _Made()
    except Died:
        reduced = b""
    made = _Made()
    if reduced:
        stored = await storage.receive(pieces_of(io.BytesIO(reduced)), limit=len(reduced))
        made = _Made(stored.sha256, stored.size)
    await execute(_MADE, *(sha256, made.sha256, made.size))
    return made


_MADE = (
    "INSERT INTO thumbnail (original, sha256, size) VALUES ({}, {}, {}) "
    "ON CONFLICT (original) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size"
)

"""Finds which stored contents are referenced by a row; the others are swept."""

import hashlib
from collections.abc import AsyncIterator

from web.database import fetch_column
from web.schema.tables import TABLES
from web.sql import values
from web.storage import Storage

_NAMING = sorted(each._meta.tablename for each in TABLES if "sha256" in {c._meta.name for c in each._meta.columns})
"""Tables with a column of content hashes. They are found by that column, so that none is forgotten."""


async def known(hashes: list[str]) -> set[str]:
    """Those of these hashes that a row references."""
    sought = "SELECT DISTINCT sha256 FROM {} WHERE sha256 IN ({{}})"
    found = [await fetch_column(str, sought.format(table), values(hashes)) for table in _NAMING]
    return set[str]().union(*found)


async def faults(storage: Storage) -> AsyncIterator[str]:
    """The faults of referenced contents in the storage, a line each. Every byte is read."""
    async for sha256 in _named():
        size = await storage.size_of(sha256)
        if size is None:
            yield f"content {sha256} is not in the storage"
        elif await _digest(storage, sha256, size) != sha256:
            yield f"content {sha256} is damaged in the storage"


async def _digest(storage: Storage, sha256: str, size: int) -> str:
    digest = hashlib.sha256()
    async for piece in storage.read(sha256, 0, size):
        digest.update(piece)
    return digest.hexdigest()


async def _named() -> AsyncIterator[str]:
    """Yields the referenced hashes, hundreds at a time; one may come more than once."""
    for table in _NAMING:
        page, last = f"SELECT DISTINCT sha256 FROM {table} WHERE sha256 > {{}} ORDER BY sha256 LIMIT 500", ""
        while hashes := await fetch_column(str, page, last):
            for sha256 in hashes:
                yield sha256
            last = hashes[-1]

"""Stores files under the hash of their content, in a folder, in a bucket or in memory."""

import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import obstore
from anyio import CancelScope
from anyio.to_thread import run_sync
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore import ObjectMeta, WritableFile

Knower = Callable[[list[str]], Awaitable[set[str]]]
"""Returns those of the hashes that a row references."""

HEAD = 4096
_PIECE = 2**18
_PAGE = 500
_SMALLEST_PART_OF_S3 = 5 * 2**20

_INCOMING = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})")
_FULL = re.compile(r"os error (28|122)\b|QuotaExceeded|StorageFull")
"""ENOSPC and EDQUOT of a folder, and the codes of S3-compatible servers for the same."""


class StorageError(Exception):
    """The location cannot be read or written, or lacks the content."""


class StorageFull(StorageError):
    """There is no room for the content."""


class TooLarge(Exception):
    """The content exceeds the limit."""


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    head: bytes
    """The first 4096 bytes, enough to recognize the type."""


@dataclass(frozen=True)
class Storage:
    """Contents by hash: the same bytes are stored once, whoever sent them and under any name.

    A crash leaves parts of an upload in a bucket where no listing shows them: give it a rule that ends incomplete
    multipart uploads after a day. obstore is called from threads, because its own asynchronous functions may abort the
    interpreter when it ends right after one of them.
    """

    _store: ObjectStore
    _folder: Path | None
    _part: int

    @classmethod
    def at(cls, location: str) -> "Storage":
        """A storage at `memory://`, `s3://bucket/prefix` (credentials in the usual AWS variables) or a folder.

        Creates the folder for its owner only. Raises `StorageError` on failure.
        """
        with _own_errors():
            if location.startswith("memory://"):
                return cls(MemoryStore(), None, _PIECE)
            if location.startswith("s3://"):
                return cls(S3Store.from_url(location), None, _SMALLEST_PART_OF_S3)
            folder = Path(location).absolute()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cls(LocalStore(folder), folder, _PIECE)

    async def ready(self) -> None:
        """Writes and deletes a probe. Raises `StorageError` when the location cannot be used."""
        probe = f"{_INCOMING}/{secrets.token_hex(16)}"
        with _own_errors():
            await run_sync(obstore.put, self._store, probe, b"guiche")
            await run_sync(obstore.delete, self._store, probe)

    async def receive(self, chunks: AsyncIterable[bytes], *, limit: int) -> Stored:
        """Stores the content and returns once it would survive a loss of power; `limit` is in bytes.

        Raises `TooLarge`, `StorageFull` or `StorageError`; then, or when `chunks` raises or the task is cancelled,
        nothing stays. Existing content is written again: its new time tells `sweep` that it is about to be referenced.
        """
        partial = f"{_INCOMING}/{secrets.token_hex(16)}"
        writer = obstore.open_writer(self._store, partial, buffer_size=self._part, max_concurrency=1)
        try:
            stored = await _copy(chunks, writer, limit)
            await run_sync(self._settle, partial, _key(stored.sha256))
        except BaseException:
            with CancelScope(shield=True):
                await run_sync(self._discard, writer, partial)
            raise
        return stored

    async def exists(self, sha256: str) -> bool:
        return await self.size_of(sha256) is not None

    async def size_of(self, sha256: str) -> int | None:
        """The size in bytes; None if it is missing."""
        return await run_sync(self._size, _key(sha256))

    async def read(self, sha256: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces of at most 256 KB."""
        key = _key(sha256)
        for at in range(start, end, _PIECE):
            yield await run_sync(self._piece, key, at, min(at + _PIECE, end))

    async def sweep(self, *, older_than: datetime, is_known: Knower) -> int:
        """Deletes contents that were written before the instant and that no row references. Returns how many.

        Leave a day: a content is stored before the row that references it.
        """
        removed = await run_sync(self._sweep_staged, older_than)
        listing = obstore.list(self._store, chunk_size=_PAGE)
        while page := await run_sync(_next, listing):
            old = [meta["path"] for meta in page if meta["last_modified"] < older_than]
            for key in await _unnamed(old, is_known):
                removed += await self._remove_unnamed(key, older_than, is_known)
        return removed

    async def _remove_unnamed(self, key: str, older_than: datetime, is_known: Knower) -> int:
        """Checks again before deleting, because a row may reference the content by now."""
        return await run_sync(self._remove_if_old, key, older_than) if await _unnamed([key], is_known) else 0

    def _settle(self, partial: str, key: str) -> None:
        """Moves a complete content to its key; in a folder, the bytes are synced before the name."""
        with _own_errors():
            if self._folder is None:
                obstore.rename(self._store, partial, key)
                return
            source, target = self._folder / partial, self._folder / key
            _sync(source)
            target.parent.mkdir(exist_ok=True)
            source.replace(target)
            _sync(target.parent)
            _sync(self._folder)

    def _discard(self, writer: "WritableFile", partial: str) -> None:
        """Closes and deletes an incomplete upload. If that fails, `sweep` deletes it later."""
        with suppress(BaseError, OSError):
            writer.close()
        with suppress(BaseError, OSError):
            obstore.delete(self._store, partial)

    def _sweep_staged(self, older_than: datetime) -> int:
        """Deletes incomplete files in a folder, which obstore writes to `name#1` and does not list."""
        removed = 0
        with _own_errors():
            for path in self._folder.glob(f"{_INCOMING}/*#*") if self._folder else ():
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < older_than.timestamp():
                        path.unlink()
                        removed += 1
        return removed

    def _remove_if_old(self, key: str, older_than: datetime) -> bool:
        with _own_errors():
            try:
                if is_old := obstore.head(self._store, key)["last_modified"] < older_than:
                    obstore.delete(self._store, key)
            except FileNotFoundError:
                return False
        return is_old

    def _piece(self, key: str, start: int, end: int) -> bytes:
        with _own_errors():
            return obstore.get_range(self._store, key, start=start, end=end).to_bytes()

    def _size(self, key: str) -> int | None:
        with _own_errors():
            try:
                return int(obstore.head(self._store, key)["size"])
            except FileNotFoundError:
                return None


async def pieces_of(file: IO[bytes]) -> AsyncIterator[bytes]:
    """Yields an open file from its beginning."""
    await run_sync(file.seek, 0)
    while piece := await run_sync(file.read, _PIECE):
        yield piece


async def _copy(chunks: AsyncIterable[bytes], writer: "WritableFile", limit: int) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        head += chunk[: HEAD - len(head)]
        with _own_errors():
            await run_sync(writer.write, chunk)
    with _own_errors():
        await run_sync(writer.close)
    return Stored(digest.hexdigest(), size, head)


async def _unnamed(keys: list[str], is_known: Knower) -> list[str]:
    """Incomplete uploads and unreferenced contents; foreign files are not touched."""
    contents = {match[1]: key for key in keys if (match := _KEY.fullmatch(key))}
    known = await is_known(list(contents)) if contents else set()
    unnamed = [key for sha256, key in contents.items() if sha256 not in known]
    return unnamed + [key for key in keys if key.startswith(f"{_INCOMING}/")]


def _next(listing: "Iterator[Sequence[ObjectMeta]]") -> "Sequence[ObjectMeta]":
    with _own_errors():
        return next(listing, ())


def _key(sha256: str) -> str:
    if not _HASH.fullmatch(sha256):
        raise ValueError(f"not a hash: {sha256!r}")
    return f"{sha256[:2]}/{sha256}"


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        summary = str(error).partition("\n")[0]
        raise (StorageFull if _FULL.search(str(error)) else StorageError)(summary) from error

"""Lets people write before the worker, and processes by turns, because only one can write to SQLite at a time."""

import asyncio
import contextlib
import fcntl
import time
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import IO

behind_people: ContextVar[bool] = ContextVar("behind_people", default=False)
"""Whether writes in this context can wait."""

PATIENCE = 0.2
"""Seconds after which a waiting write goes on in any case."""
QUIET = 0.05
"""Seconds without a claim before it ends, because a page may write several times with short pauses."""
LOOK = 0.005
LONGEST_TURN = 10.0
"""Seconds after which a process no longer waits for its turn, because another may hang."""


class _FileLock:
    """A lock on a file beside the database, which ends with its process."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._file: IO[bytes] | None = None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _lock(self, kind: int) -> None:
        """Locks at once, or raises `BlockingIOError`."""
        if self._file is None:
            self._file = self._path.open("ab")
        fcntl.flock(self._file, kind | fcntl.LOCK_NB)

    def _lock_if_possible(self, kind: int) -> None:
        with contextlib.suppress(OSError):
            self._lock(kind)


class Precedence(_FileLock):
    """A process holds a shared lock while its people write or want to."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._people = 0

    @contextlib.contextmanager
    def claimed(self) -> Iterator[None]:
        """Claims priority. If the file cannot be created, nobody has priority."""
        self._people += 1
        if self._people == 1:
            self._lock_if_possible(fcntl.LOCK_SH)
        try:
            yield
        finally:
            self._people -= 1
            if not self._people:
                self._lock_if_possible(fcntl.LOCK_UN)

    async def given(self) -> None:
        """Returns once no person has written or wanted to for a while, or `PATIENCE` is over."""
        if not self._is_claimed():
            return
        ends = time.monotonic() + PATIENCE
        seen = time.monotonic()
        while seen + QUIET > time.monotonic() < ends:
            await asyncio.sleep(LOOK)
            seen = time.monotonic() if self._is_claimed() else seen

    def _is_claimed(self) -> bool:
        """Whether any process has claimed it, which denies this one an exclusive lock."""
        if self._people:
            return True
        try:
            self._lock(fcntl.LOCK_EX)
            self._lock(fcntl.LOCK_UN)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False


class NextTurn(_FileLock):
    """The process that writes next holds the lock until it can.

    A process that waits for SQLite looks every tenth of a second. One that writes without a pause would begin again
    before each look, until the others are refused. With this lock it waits behind the one that is next.
    """

    @contextlib.asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Waits until no other process is next. One task of a process at a time may enter."""
        ends = time.monotonic() + LONGEST_TURN
        must_wait = self._is_anothers()
        while must_wait and time.monotonic() < ends:
            await asyncio.sleep(LOOK)
            must_wait = self._is_anothers()
        try:
            yield
        finally:
            self._lock_if_possible(fcntl.LOCK_UN)

    def _is_anothers(self) -> bool:
        """Takes the lock unless another process has it. If the file cannot be created, nobody has it."""
        try:
            self._lock(fcntl.LOCK_EX)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

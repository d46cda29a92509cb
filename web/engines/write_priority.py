"""Lets people write before the worker where only one process may write."""

import asyncio
import contextlib
import fcntl
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import IO

behind_people: ContextVar[bool] = ContextVar("behind_people", default=False)
"""Whether what is written in this context can wait."""

PATIENCE = 0.2
"""Seconds after which who lets people go first writes all the same."""
QUIET = 0.05
"""Seconds without a claim before it is over: a page that writes several times does so with small pauses."""
LOOK = 0.005


class Precedence:
    """A file beside the database, on which a process holds a shared lock while people in it write or want to."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._file: IO[bytes] | None = None
        self._people = 0

    @contextlib.contextmanager
    def claimed(self) -> Iterator[None]:
        """On a disk where no file can be made nobody comes first."""
        self._people += 1
        if self._people == 1:
            self._lock_if_possible(fcntl.LOCK_SH)
        try:
            yield
        finally:
            self._people -= 1
            if not self._people:
                self._lock_if_possible(fcntl.LOCK_UN)

    def _lock_if_possible(self, kind: int) -> None:
        with contextlib.suppress(OSError):
            self._lock(kind)

    async def given(self) -> None:
        """Returns once no person has written or wanted to for a while, or patience has come to its end."""
        if not self._is_claimed():
            return
        ends = time.monotonic() + PATIENCE
        seen = time.monotonic()
        while seen + QUIET > time.monotonic() < ends:
            await asyncio.sleep(LOOK)
            seen = time.monotonic() if self._is_claimed() else seen

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _is_claimed(self) -> bool:
        """Whether anybody has claimed it, here or in another process, which keeps this one from an exclusive lock."""
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

    def _lock(self, kind: int) -> None:
        """At once, or raises `BlockingIOError`."""
        if self._file is None:
            self._file = self._path.open("ab")
        fcntl.flock(self._file, kind | fcntl.LOCK_NB)

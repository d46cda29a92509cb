"""Calls a function in a process of its own with limits. After a call that crashes it, the next gets a new process.

Such a process has a low priority, because hostile input may make it slow. Arguments and results are pickled, both ways
between processes of ours.
"""

import asyncio
import importlib
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

from web.errors import Unreadable
from web.processes.priority import go_after_pages

_LENGTH = struct.Struct("!Q")


class Died(Exception):
    """The call crashed its process, or took too long."""


class Stopped(Died):
    """The process was short of time, or was ended from outside or before it began: a retry may succeed."""


_TAKEN_DOWN = frozenset({signal.SIGXCPU, signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL})
"""The exit statuses of a crash."""


@dataclass(frozen=True)
class Limits:
    """The limits of a call."""

    cpu: int
    """Seconds of processor time."""
    memory: int
    """Bytes of the whole process."""
    patience: int
    """Seconds until the process is ended, however little processor time it got."""


class Limited:
    """A process that answers one call after another. Use it in one task at a time, and close it."""

    def __init__(self, function: Callable[..., object], limits: Limits) -> None:
        self._function = function
        self._limits = limits
        self._process: asyncio.subprocess.Process | None = None

    async def call(self, *arguments: object) -> object:
        """Calls the function in the process and returns its result. Raises `Died`."""
        process = self._process = self._process or await self._started()
        try:
            async with asyncio.timeout(self._limits.patience):
                answer = await _ask(process, pickle.dumps(arguments))
        except (TimeoutError, Died) as ended:
            await self.close()
            raise (ended if isinstance(ended, Died) else Stopped()) from None
        return pickle.loads(answer)  # noqa: S301 - written by our own process

    async def close(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None

    async def _started(self) -> asyncio.subprocess.Process:
        pipe, limits = asyncio.subprocess.PIPE, self._limits
        called = (self._function.__module__, self._function.__name__, str(limits.cpu), str(limits.memory))
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "web.processes.limited", *called), stdin=pipe, stdout=pipe, limit=2**16
        )


async def once(function: Callable[..., object], limits: Limits, *arguments: object) -> object:
    """Calls the function in a process for this call only. Raises `Died`, and an `Unreadable` that it returns."""
    limited = Limited(function, limits)
    try:
        answer = await limited.call(*arguments)
    finally:
        await limited.close()
    if isinstance(answer, Unreadable):
        raise answer
    return answer


async def _ask(process: asyncio.subprocess.Process, asked: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(_LENGTH.pack(len(asked)) + asked)
        await process.stdin.drain()
        (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
        return await process.stdout.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise (Died if -await process.wait() in _TAKEN_DOWN else Stopped) from None


def _serve(module: str, name: str, cpu: int, memory: int) -> None:
    """Answers on standard output. An exception ends the process, and so does the end of the calling process."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    go_after_pages()
    function = getattr(importlib.import_module(module), name)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    answered = os.fdopen(os.dup(1), "wb")
    while asked := _asked():
        arguments = pickle.loads(asked)  # noqa: S301 - written by our own process
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu, resource.RLIM_INFINITY))
        answer = pickle.dumps(function(*arguments))
        answered.write(_LENGTH.pack(len(answer)) + answer)
        answered.flush()


def _asked() -> bytes:
    """The next call; empty once the calling process has ended, even in the middle of one."""
    head = sys.stdin.buffer.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    asked = sys.stdin.buffer.read(length)
    return asked if len(asked) == length else b""


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

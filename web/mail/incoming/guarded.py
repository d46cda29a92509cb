"""Reads mail in a process of its own, with limits: what takes it down is refused, and the next mail finds a new one."""

import asyncio
import os
import pickle
import resource
import struct
import sys

from web.mail.incoming.parse import LARGEST, Mail, Refused, parse

CPU = 2
"""Seconds of the processor for one mail."""
MEMORY = 768 * 2**20
PATIENCE = 20
"""Seconds until the process is given up on, however little of the processor it was given."""

_LENGTH = struct.Struct("!Q")


class Reader:
    """One process that reads one mail after another; to be used by one task at a time, and closed."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def read(self, raw: bytes) -> Mail:
        """Raises `Refused`, with `too_costly` where the mail took the process down."""
        if len(raw) > LARGEST:
            raise Refused("too_large")
        process = self._process = self._process or await _started()
        try:
            answer = await asyncio.wait_for(_ask(process, raw), PATIENCE)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            await self.close()
            raise Refused("too_costly") from None
        found = pickle.loads(answer)  # noqa: S301 - written by our own process, of our own classes
        if isinstance(found, Mail):
            return found
        raise Refused(str(found))

    async def close(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._process = None


async def _started() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "web.mail.incoming.guarded", stdin=pipe, stdout=pipe, limit=2**16
    )


async def _ask(process: asyncio.subprocess.Process, raw: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(_LENGTH.pack(len(raw)) + raw)
    await process.stdin.drain()
    (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    return await process.stdout.readexactly(length)


def _serve() -> None:
    """Answers from standard output: a `Mail`, or the code of why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked, answered = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    while head := asked.read(_LENGTH.size):
        raw = asked.read(_LENGTH.unpack(head)[0])
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU, resource.RLIM_INFINITY))
        answer = pickle.dumps(_answer(raw))
        answered.write(_LENGTH.pack(len(answer)) + answer)
        answered.flush()


def _answer(raw: bytes) -> Mail | str:
    try:
        return parse(raw)
    except Refused as error:
        return error.code
    except Exception:
        return "unreadable"


if __name__ == "__main__":
    _serve()

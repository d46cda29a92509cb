"""Starts Python modules by forking a process that has imported the program, because imports take most of a start.

Each is a child of this process, in a session of its own, and ends like any other.
"""

import atexit
import ctypes
import functools
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

AT_HAND = sys.platform == "linux" and "PYTEST_VERSION" in os.environ
"""Other modules, and all of ours when they are measured, are started normally."""
_ROOT = Path(__file__).parent.parent
PROGRAM = ("web.serving", "web.demo.start", "web.commands.serving", "web.schema.migration", "tests.cast")
_PR_SET_CHILD_SUBREAPER = 36
"""A constant of linux/prctl.h."""
_LARGEST = 2**17
"""The most bytes of a message."""
_one_at_a_time = threading.Lock()
_GIVEN = tuple(os.environ)
"""Variables that importing the program sets, which children do not get."""


class Forked:
    """The part of `subprocess.Popen` that is used."""

    def __init__(self, pid: int, output: BinaryIO, errors: BinaryIO) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._written = output, errors

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.poll() is None:
            watched = os.pidfd_open(self.pid)
            select.select([watched], [], [], timeout)
            os.close(watched)
        if (status := self.poll()) is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return status

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Its output until its end."""
        self.wait(timeout)
        output, errors = map(_read, self._written)
        return output, errors

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def forked(
    arguments: Sequence[str], env: Mapping[str, str], written: BinaryIO | None = None, *, given: bytes = b""
) -> Forked:
    """As `python -m` with these arguments, in this environment alone, that reads what is given.

    `written` takes output and errors together.
    """
    output, errors = (written or tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115 - closed when read
    wanted = json.dumps([arguments, dict(env)]).encode()
    with _one_at_a_time, holding(given) as read:
        socket.send_fds(_parent(), [wanted], [read.fileno(), output.fileno(), errors.fileno()])
        child = int(_parent().recv(_LARGEST))
    return Forked(child, output, errors)


@contextmanager
def holding(given: bytes) -> Iterator[BinaryIO]:
    """A file that is read from the beginning."""
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        yield file


@functools.cache
def _parent() -> socket.socket:
    """The socket of the forking process, which ends once the socket is closed."""
    if ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1):
        raise OSError("Children of ended processes do not become this one's")
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        nothing = subprocess.DEVNULL
        parent = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=nothing, stdout=nothing, cwd=_ROOT)
    atexit.register(parent.wait)
    atexit.register(ours.close)
    return ours


def _read(file: BinaryIO) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


def _fork_when_asked(asked: socket.socket) -> None:
    while received := _received(asked):
        wanted, files = received
        if (child := _orphan()) == 0:
            asked.close()
            _become(*wanted, *files)
        for file in files:
            os.close(file)
        asked.send(str(child).encode())


def _received(asked: socket.socket) -> tuple[Any, list[int]] | None:
    message, files, *_ = socket.recv_fds(asked, _LARGEST, 3)
    return (json.loads(message), files) if message else None


def _orphan() -> int:
    """Forks a process whose parent ends at once, so that the requester adopts it; returns 0 in the child."""
    told, tells = os.pipe()
    between = os.fork()
    if between == 0:
        if (child := os.fork()) == 0:
            os.close(told)
            os.close(tells)
            return 0
        os.write(tells, str(child).encode())
        os._exit(0)
    os.waitpid(between, 0)
    child = int(os.read(told, 20))
    os.close(told)
    os.close(tells)
    return child


def _compress_and_compile_beforehand() -> None:
    """Compresses and compiles in advance what all servers would at their start."""
    for name in ("compress_gzip", "compress_brotli"):
        setattr(Compressor, name, staticmethod(functools.cache(getattr(Compressor, name))))
    assets = Assets()
    compile_once()
    compile_beforehand(render.environment(assets))
    compile_beforehand(render.environment(), folder="mail/")
    settings.cache_clear()  # each reads its own
    shutil.rmtree(assets.folder)


def _become(arguments: list[str], env: dict[str, str], *files: int) -> NoReturn:
    os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    for name in _GIVEN:
        del os.environ[name]
    os.environ.update(env)
    time.tzset()
    sys.argv[1:] = arguments[1:]
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    for name in PROGRAM:
        importlib.import_module(name)
    from servestatic.compress import Compressor

    from tests.compiling import compile_beforehand, compile_once
    from web.pages.shell import render
    from web.pages.shell.assets.bundle import Assets
    from web.settings import settings

    _compress_and_compile_beforehand()
    gc.collect()
    gc.freeze()
    _fork_when_asked(socket.socket(fileno=int(sys.argv[1])))

"""Processes that share the memory that was loaded before they were forked."""

import ctypes
import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

log = logging.getLogger("guiche.processes")

Work = Callable[[], int]
"""The work of a process; returns its exit status."""

PAUSE = 1
"""Seconds before a process that ended is replaced, so that a failing one is not restarted in a loop."""

RETURNED_EVERY = timedelta(seconds=5)
"""How often free memory is returned, which takes a millisecond."""

_libc = ctypes.CDLL(None)
_is_glibc = hasattr(_libc, "mallopt")
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX, _PR_SET_PDEATHSIG = -1, -3, -8, 1
"""Constants of malloc.h and linux/prctl.h."""

_WATCHED = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})


def spare_memory() -> None:
    """Makes the C library return large free blocks and keep small ones, for all threads.

    By default glibc keeps the 19 MiB that hashing a password takes, in each process. Until the first password it
    returns and requests memory for every page, a fifth of the page's processor time. A heap for each thread, of which
    Python runs one at a time, would take a megabyte more in each process.
    """
    if _is_glibc:
        _libc.mallopt(_M_ARENA_MAX, 1)
        _libc.mallopt(_M_MMAP_THRESHOLD, 2**20)
        _libc.mallopt(_M_TRIM_THRESHOLD, 2**22)


async def return_memory(at: datetime) -> None:
    """Returns what is free within the heap: up to 6 MB in each process, after pages and caches of SQLite."""
    if _is_glibc:
        _libc.malloc_trim(0)


def apart(work: Work) -> int:
    """Works in a process of its own and returns its status, so that no threads remain before others are forked."""
    _, status = os.waitpid(_forked(work), 0)
    return os.waitstatus_to_exitcode(status)


def supervise(works: Sequence[Work]) -> None:
    """Keeps a process for each work, replacing those that end, until told to stop.

    Then it stops all, and returns once the last has ended.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    gc.collect()
    _fill_gaps()
    gc.freeze()  # no collection walks, and so copies, what the processes share
    working = {_forked(work): work for work in works}
    while signal.sigwait(_WATCHED) == signal.SIGCHLD:
        ended = [working.pop(process) for process in _ended()]
        time.sleep(PAUSE)
        working |= {_forked(work): work for work in ended}
    for process in working:
        os.kill(process, signal.SIGTERM)
    for process in working:
        os.waitpid(process, 0)


def _fill_gaps() -> None:
    """Allocates the free gaps between blocks of the heap, two megabytes in thousands of pieces.

    Each child would write there first, and copy every page around, four times the memory that it needs.
    """
    if not _is_glibc:
        return
    _libc.malloc.argtypes, _libc.malloc.restype = [ctypes.c_size_t], ctypes.c_size_t
    _libc.sbrk.argtypes, _libc.sbrk.restype = [ctypes.c_ssize_t], ctypes.c_size_t
    end = _libc.sbrk(0)
    for size in (2**power for power in range(19, 3, -1)):
        while 0 < _libc.malloc(size) < end:
            pass


def _ended() -> list[int]:
    """The processes that ended since the last call."""
    ended = []
    while process := os.waitpid(-1, os.WNOHANG)[0]:
        log.warning("process %d ended, another takes its place", process)
        ended.append(process)
    return ended


def _forked(work: Work) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _end_with_parent()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        status = work()
    except Exception:
        log.exception("process %d failed", os.getpid())
    finally:
        os._exit(status)  # what the parent does at its own end is not for the child


def _end_with_parent() -> None:
    """Has Linux end this process when its parent is killed."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

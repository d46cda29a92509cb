"""The only place that reads the time, and the only loop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import Context
from datetime import UTC, datetime, timedelta

Job = Callable[[datetime], Awaitable[object]]
"""Something due from time to time: idempotent, safe to run twice or in two processes."""

log = logging.getLogger("guiche.clock")

_ASKED_AGAIN = 1
"""Seconds until jobs that do not stop are told once more."""

_shift = timedelta(0)


def now() -> datetime:
    """This instant, in UTC, moved by `GUICHE_NOW` where the demonstration asked for it."""
    return machine_time() + _shift


def machine_time() -> datetime:
    """What this machine's clock shows, whatever the demonstration believes."""
    return datetime.now(UTC)


def set_now(instant: datetime) -> None:
    """From here on `now()` counts from `instant`; for the demonstration and for tests."""
    global _shift  # noqa: PLW0603 - the one clock of this process
    _shift = instant - machine_time()


async def tick(jobs: Iterable[Job], at: datetime) -> None:
    """Each job once; a job that fails is logged and the others go on."""
    for job in jobs:
        try:
            await job(at)
        except Exception:
            log.exception("job %s failed", getattr(job, "__qualname__", job))


@asynccontextmanager
async def running(jobs: Iterable[Job], *, every: timedelta) -> AsyncIterator[None]:
    """Runs the jobs again and again in the background for as long as the block lasts."""
    jobs = list(jobs)
    loop = asyncio.get_running_loop().create_task(_forever(jobs, every), context=Context())
    try:
        yield
    finally:
        while not loop.done():  # what a job waits for may swallow a cancellation
            loop.cancel()
            await asyncio.wait([loop], timeout=_ASKED_AGAIN)


async def _forever(jobs: list[Job], every: timedelta) -> None:
    while True:
        await tick(jobs, now())
        await asyncio.sleep(every.total_seconds())

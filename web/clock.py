"""The only place that reads the time, and the only loop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from datetime import UTC, datetime, timedelta

Job = Callable[[datetime], Awaitable[object]]
"""Work that is due regularly: idempotent, and safe to run twice or in two processes."""

log = logging.getLogger("guiche.clock")

_CALM = timedelta(seconds=0.1)
"""The shortest pause between two rounds, so that calls in quick succession are handled together."""
_ASKED_AGAIN = 1
"""Seconds until jobs that do not stop are cancelled again."""

_shift = timedelta(0)


def now() -> datetime:
    """The present instant in UTC, shifted by `GUICHE_NOW` for the demonstration."""
    return machine_time() + _shift


def machine_time() -> datetime:
    """The time of this machine's clock, even where the demonstration has another."""
    return datetime.now(UTC)


def set_now(instant: datetime) -> None:
    """Makes `now()` count from `instant`, for the demonstration and for tests."""
    global _shift  # noqa: PLW0603 - the one clock of this process
    _shift = instant - machine_time()


async def tick(jobs: Iterable[Job], at: datetime) -> None:
    """Runs each job once. A failure is logged, and the other jobs go on."""
    for job in jobs:
        try:
            await job(at)
        except Exception:
            log.exception("job %s failed", getattr(job, "__qualname__", job))


@asynccontextmanager
async def running(jobs: Iterable[Job], *, every: timedelta, called: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Repeats the jobs in the background as long as the block lasts; sooner when `called` is set."""
    forever = _forever(list(jobs), every, called or asyncio.Event())
    loop = asyncio.get_running_loop().create_task(forever, context=Context())
    try:
        yield
    finally:
        while not loop.done():  # what a job waits for may swallow a cancellation
            loop.cancel()
            await asyncio.wait([loop], timeout=_ASKED_AGAIN)


async def _forever(jobs: list[Job], every: timedelta, called: asyncio.Event) -> None:
    while True:
        called.clear()
        await tick(jobs, now())
        calm = min(_CALM, every)
        await asyncio.sleep(calm.total_seconds())
        with suppress(TimeoutError):
            async with asyncio.timeout((every - calm).total_seconds()):
                await called.wait()

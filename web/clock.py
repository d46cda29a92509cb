"""The only place that reads the time, and the only loop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from datetime import UTC, datetime, timedelta

Job = Callable[[datetime], Awaitable[object]]
"""Something due from time to time: idempotent, safe to run twice or in two processes."""

log = logging.getLogger("guiche.clock")

_CALM = timedelta(seconds=0.1)
"""Between two rounds, however often they are called: what comes in quick succession is done together."""
_ASKED_AGAIN = 1
"""Seconds until jobs that do not stop are told once more."""

_shift = timedelta(0)


def now() -> datetime:
    """This instant, in UTC, moved by `GUICHE_NOW` where the demonstration asked for it."""
    return machine_time() + _shift


def machine_time() -> datetime:
    """The time of this machine's clock, even where the demonstration has another."""
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
async def running(jobs: Iterable[Job], *, every: timedelta, called: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Runs the jobs again and again in the background for as long as the block lasts; sooner once `called` is set."""
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

"""The clock and the loop of jobs: time can be set, a failing job stops no other, and the loop ends."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import NOW
from web import clock
from web.clock import now, running, set_now, tick

pytestmark = pytest.mark.anywhere


@pytest.fixture(autouse=True)
def own_clock(monkeypatch):
    """Restores the clock after the test."""
    monkeypatch.setattr(clock, "_shift", timedelta(0))


def test_time_is_told_in_utc():
    before, told, after = datetime.now(UTC), now(), datetime.now(UTC)
    assert (before <= told <= after, told.utcoffset()) == (True, timedelta(0))


@pytest.mark.parametrize("instant", [NOW, datetime(2027, 1, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)])
def test_time_goes_on_from_where_it_was_set(instant):
    before = datetime.now(UTC)
    set_now(instant)
    told, passed = now(), datetime.now(UTC) - before
    assert timedelta(0) <= told - instant <= passed


@pytest.mark.anyio
async def test_each_job_is_called_once_with_the_one_instant():
    called = []

    async def first(at: datetime) -> None:
        called.append(("first", at))

    async def second(at: datetime) -> None:
        called.append(("second", at))

    await tick([first, second], NOW)
    assert called == [("first", NOW), ("second", NOW)]


@pytest.mark.anyio
async def test_a_job_that_fails_is_logged_and_the_others_go_on(caplog):
    called = []

    async def fails(at: datetime) -> None:
        raise ZeroDivisionError("of all things")

    async def goes_on(at: datetime) -> None:
        called.append(at)

    with caplog.at_level(logging.ERROR, logger="guiche.clock"):
        await tick([fails, goes_on], NOW)
    assert called == [NOW]
    (record,) = caplog.records
    assert record.getMessage().endswith("fails failed")
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.anyio
async def test_a_job_given_up_ends_the_round():
    async def given_up(at: datetime) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await tick([given_up], NOW)


@pytest.mark.anyio
async def test_the_loop_comes_round_again_and_again_and_ends_with_its_block():
    called: list[datetime] = []
    third = asyncio.Event()

    async def job(at: datetime) -> None:
        called.append(at)
        if len(called) == 3:
            third.set()

    set_now(NOW)
    async with running([job], every=timedelta(0)):
        await third.wait()
    rounds = len(called)
    for _ in range(5):
        await asyncio.sleep(0)
    assert (len(called), rounds >= 3, called == sorted(called), called[0] >= NOW) == (rounds, True, True, True)


@pytest.mark.anyio
async def test_a_call_brings_the_next_round_before_its_time():
    rounds, first, second, called = [], asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def job(at: datetime) -> None:
        rounds.append(at)
        (second if first.is_set() else first).set()

    async with running([job], every=timedelta(days=1), called=called):
        await first.wait()
        called.set()
        await second.wait()
    assert len(rounds) == 2


@pytest.mark.anyio
async def test_the_loop_goes_on_after_a_job_that_fails():
    tries, second = [], asyncio.Event()

    async def fails_once(at: datetime) -> None:
        tries.append(at)
        if len(tries) == 1:
            raise ZeroDivisionError
        second.set()

    async with running([fails_once], every=timedelta(0)):
        await second.wait()
    assert len(tries) >= 2


@pytest.mark.anyio
async def test_a_job_under_way_when_the_block_ends_is_given_up():
    begun, fate = asyncio.Event(), []

    async def long(at: datetime) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            fate.append("given up")
            raise

    async with running([long], every=timedelta(0)):
        await begun.wait()
    assert fate == ["given up"]


@pytest.mark.anyio
async def test_jobs_that_swallow_a_cancellation_are_stopped_all_the_same():
    begun, told = asyncio.Event(), []

    async def deaf(at: datetime) -> None:
        begun.set()
        for _ in range(2):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                told.append("stop")
        raise asyncio.CancelledError

    async with running([deaf], every=timedelta(seconds=1)):
        await begun.wait()
    assert told == ["stop", "stop"]

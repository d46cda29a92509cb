"""Throttling of guesses: a burst, then one by one, never a permanent lock."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from web.database import fetch
from web.errors import Throttled
from web.people import throttle
from web.people.throttle import Limit

pytestmark = pytest.mark.anyio

THREE = Limit("door", tries=3, seconds=30)


async def test_so_many_tries_count_at_once_and_then_no_more(database):
    assert [await tried(0) for _ in range(5)] == [True, True, True, False, False]


async def test_each_so_many_seconds_one_more_counts(database):
    for _ in range(3):
        await tried(0)
    assert [await tried(second) for second in (29, 31, 32, 62, 63)] == [False, True, False, True, False]


async def test_who_waits_as_long_as_they_were_told_gets_another_try(database):
    for _ in range(3):
        await tried(0)
    with pytest.raises(Throttled) as refused:
        await throttle.spend(THREE, "ana", at=NOW)
    assert await tried(refused.value.wait)


async def test_the_wait_told_is_never_longer_than_one_try_takes(database):
    waits = []
    for _ in range(20):
        try:
            await throttle.spend(THREE, "ana", at=NOW)
        except Throttled as refused:
            waits.append(refused.wait)
    assert (len(waits), set(waits)) == (17, {30})


async def test_a59_hours_of_guessing_lock_nobody_out_for_good(database):
    for second in range(0, 7_200, 10):
        await tried(second)
    assert await tried(7_200 + 30)


async def test_a_bucket_left_alone_is_empty_again(database):
    for _ in range(4):
        await tried(0)
    assert [await tried(3_600) for _ in range(4)] == [True, True, True, False]


async def test_a59_two_networks_and_two_accounts_do_not_slow_each_other(database):
    for _ in range(4):
        await tried(0, "ana", "10.0.0.1")
    abouts = (("ana", "10.0.0.1"), ("ana", "10.0.0.2"), ("rui", "10.0.0.1"), ("ana10.0.0.1",), ("ana",))
    assert [await tried(0, *about) for about in abouts] == [False, True, True, True, True]


async def test_two_limits_count_apart(database):
    for _ in range(4):
        await tried(0)
    await throttle.spend(Limit("window", tries=1, seconds=30), "ana", at=NOW)
    assert not await tried(0)


async def test_a_success_forgives_the_tries_before_it(database):
    for _ in range(4):
        await tried(0)
    await throttle.forgive(THREE, "ana")
    assert [await tried(0) for _ in range(4)] == [True, True, True, False]


async def test_a_clock_that_goes_back_gives_no_tries(database):
    for _ in range(3):
        await tried(0)
    assert [await tried(-3_600), await tried(0)] == [False, False]


async def test_the_database_does_not_say_whom_it_is_about(database):
    await tried(0, "ana@aurora.example", "10.0.0.1")
    (row,) = await fetch("SELECT key FROM bucket")
    assert (row["key"][:5], "ana" in row["key"], len(row["key"])) == ("door:", False, 45)


async def test_buckets_untouched_for_a_day_are_swept(database):
    await tried(0, "ana")
    await tried(86_000, "rui")
    await throttle.sweep(NOW + timedelta(seconds=86_401))
    assert len(await fetch("SELECT key FROM bucket")) == 1


async def tried(second: int, *about: str) -> bool:
    """Whether a try at that second is accepted."""
    try:
        await throttle.spend(THREE, *(about or ("ana",)), at=NOW + timedelta(seconds=second))
    except Throttled:
        return False
    return True

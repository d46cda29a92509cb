"""Leases of mailboxes: one reader at a time, replaced soon if it dies or the clock is set back."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from web.mail.mailboxes import leases
from web.mail.mailboxes.leases import HELD_FOR

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


async def test_a_mailbox_that_is_held_is_nobody_elses_until_its_time_is_over(database):
    assert await leases.take("caixa", at=NOW) == NOW + HELD_FOR
    assert await leases.take("caixa", at=NOW + HELD_FOR / 2) is None
    assert await leases.take("outra", at=NOW) == NOW + HELD_FOR
    later = NOW + HELD_FOR + timedelta(seconds=1)
    assert await leases.take("caixa", at=later) == later + HELD_FOR
    assert await leases.renew("caixa", NOW + HELD_FOR, at=later) is None


@pytest.mark.parametrize("before", [timedelta(microseconds=1), timedelta(seconds=2), HELD_FOR])
async def test_f19_a_worker_that_looked_at_the_clock_before_the_holder_did_takes_nothing_from_it(database, before):
    held = await leases.take("caixa", at=NOW)
    assert await leases.take("caixa", at=NOW - before) is None
    assert await leases.renew("caixa", held, at=NOW + HELD_FOR / 3) == NOW + HELD_FOR / 3 + HELD_FOR


@pytest.mark.parametrize("jump", [-HOUR, HOUR, timedelta(days=365), timedelta(days=-365)])
async def test_f28_a_clock_that_jumps_leaves_no_mailbox_unread(database, jump):
    held = await leases.take("caixa", at=NOW)
    then = NOW + jump
    taken = await leases.take("caixa", at=then)
    assert taken == then + HELD_FOR
    assert await leases.renew("caixa", held, at=then) is None
    assert await leases.renew("caixa", taken, at=then + HELD_FOR / 3) == then + HELD_FOR / 3 + HELD_FOR

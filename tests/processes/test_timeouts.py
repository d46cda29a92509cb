"""Calls without an answer: stopped after a limit, retried, and with low priority."""

import os
import signal
import time

import pytest

from web.processes.limited import Died, Limits, Stopped, once

pytestmark = [pytest.mark.anyio, pytest.mark.anywhere]

LIMITS = Limits(cpu=1, memory=2**30, patience=30)
HASTY = Limits(cpu=1, memory=2**30, patience=1)
ENDS = {
    "too much of the processor": (sum, LIMITS, range(10**12), Died),
    "memory that is not its own": (signal.raise_signal, LIMITS, signal.SIGSEGV, Died),
    "given up by its library": (signal.raise_signal, LIMITS, signal.SIGABRT, Died),
    "ended as memory is short": (signal.raise_signal, LIMITS, signal.SIGKILL, Stopped),
    "told to stop": (signal.raise_signal, LIMITS, signal.SIGTERM, Stopped),
    "not begun": (os._exit, LIMITS, 1, Stopped),
    "out of time": (time.sleep, HASTY, 60, Stopped),
}


@pytest.mark.parametrize(("function", "limits", "argument", "end"), ENDS.values(), ids=ENDS)
async def test_a_call_that_takes_its_process_down_is_told_from_one_that_was_stopped(function, limits, argument, end):
    with pytest.raises(Died) as ended:
        await once(function, limits, argument)
    assert ended.type is end


async def test_a_call_comes_after_what_answers_people():
    assert await once(os.nice, LIMITS, 0) == max(5, os.nice(0))

"""A process returns unused memory."""

import os

import pytest

from tests.cast import NOW
from tools.bench.costs import resident
from web.processes import forked

pytestmark = pytest.mark.anyio


@pytest.mark.skipif(not forked._is_glibc, reason="other C libraries return memory by themselves")
async def test_memory_that_is_free_between_blocks_in_use_returns_to_the_system():
    blocks = [b"1" * 2**16 for _ in range(400)]
    del blocks[::2]
    before = resident(os.getpid())
    await forked.return_memory(NOW)
    assert before - resident(os.getpid()) > 10

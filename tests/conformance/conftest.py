"""Each fact holds under the preset that its portal speaks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.conformance.presets import living_by
from web.demo.cast import Cast

Under = Callable[[str], Awaitable[Cast]]


@pytest.fixture
async def under(database: None, storage: Path) -> AsyncIterator[Under]:
    """`people = await under("expresso")`: from here to the end of the test the portal lives by this preset."""
    async with AsyncExitStack() as undone_at_the_end:

        async def live(preset: str) -> Cast:
            return await undone_at_the_end.enter_async_context(living_by(preset))

        yield live

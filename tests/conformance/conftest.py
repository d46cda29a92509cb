"""Each test runs on an instance with the preset of its portal."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import cast
from tests.presets import started_under
from web.demo.cast import Cast

Under = Callable[[str], Awaitable[Cast]]


@pytest.fixture
def under(database: None, storage: Path) -> Iterator[Under]:
    """`people = await under("expresso")`: everybody, in an installation that was started with this preset."""
    with ExitStack() as instances:

        async def start(preset: str) -> Cast:
            instances.enter_context(started_under(preset))
            return await cast.enrol()

        yield start

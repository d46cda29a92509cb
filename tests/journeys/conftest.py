"""One server and one browser for the journeys of a module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

pytest.register_assert_rewrite("tests.journeys.demonstration", "tests.journeys.visitors")

from tests.journeys import demonstration, visitors  # noqa: E402
from tests.journeys.demonstration import Demonstration  # noqa: E402


@pytest.fixture(scope="module")
def home() -> Iterator[Demonstration]:
    with demonstration.demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with visitors.chrome() as browser:
        yield browser

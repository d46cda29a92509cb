"""One server and one browser for the journeys of a module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import demonstration, visitors
from tests.browser.demonstration import Demonstration


@pytest.fixture(scope="module")
def home() -> Iterator[Demonstration]:
    with demonstration.demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with visitors.chrome() as browser:
        yield browser

"""One server for the journeys of a module, and one browser for all that follow each other here."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser

from tests.browser import demonstration, visitors
from tests.browser.checker import Checker, checker
from tests.browser.demonstration import Demonstration
from tests.browser.visitors import Visit, visit


@pytest.fixture(scope="module")
def home() -> Iterator[Demonstration]:
    with demonstration.demonstration() as running:
        yield running


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    with visitors.chrome() as browser:
        yield browser


@pytest.fixture(scope="session")
def nu() -> Iterator[Checker]:
    with checker() as running:
        yield running


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def tab(request: pytest.FixtureRequest, chrome: Browser, home: Demonstration) -> Visit:
    """Opens tabs, with JavaScript and without."""
    return partial(visit, chrome, home, has_script=request.param)

"""A first start of the preset that the module names, visited with and without JavaScript."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from playwright.sync_api import Browser

from tests.browser.demonstration import Demonstration, first_start
from tests.browser.visitors import Visitor, visit

Tab = Callable[..., AbstractContextManager[Visitor]]


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest) -> Iterator[Demonstration]:
    with first_start(request.module.PRESET) as running:
        yield running


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def tab(request: pytest.FixtureRequest, chrome: Browser, home: Demonstration) -> Tab:
    return partial(visit, chrome, home, has_script=request.param)


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """The title of a ticket that no other test opens."""
    return f"Boleto em dobro {request.node.callspec.id.replace('_', ' ')}"

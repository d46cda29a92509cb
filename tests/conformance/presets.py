"""The portal and its categories under one preset, for as long as a test needs it."""

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from jinja2 import Environment

from tests import cast
from tests.client import portal
from web.demo.cast import Cast
from web.pages.shell import render
from web.settings import settings


@asynccontextmanager
async def living_by(preset: str) -> AsyncIterator[Cast]:
    """Everybody, on an empty database, in a portal that speaks and works as this preset says; undone at the end."""
    before = portal().state.environment
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUICHE_PRESET", preset)
        settings.cache_clear()
        portal().state.environment = _templates(preset)
        try:
            people = await cast.enrol()
            await cast.live_by(preset)
            yield people
        finally:
            portal().state.environment = before
            settings.cache_clear()


@functools.cache
def _templates(preset: str) -> Environment:
    made = render.environment(portal().state.assets)
    assert made.globals["portal"].name == preset
    return made

"""The portal in this process, as it is with other settings in its environment."""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from tests.client import portal
from web.settings import settings


def started_under(preset: str) -> AbstractContextManager[None]:
    """Until the block ends, the portal is one that was started with this preset in its environment."""
    return started_with(GUICHE_PRESET=preset)


@contextmanager
def started_with(**environment: str) -> Iterator[None]:
    """Until the block ends, the portal is one that was started with these settings."""
    storage = portal().state.storage
    before = {name: os.environ.get(name) for name in environment}
    _environment_says(environment)
    portal().state.storage = storage
    try:
        yield
    finally:
        _environment_says(before)


def _environment_says(values: Mapping[str, str | None]) -> None:
    """Settings are read once in a process: what they are read from has changed, so they are read again."""
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    settings.cache_clear()

"""The portal in this process with other settings."""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from tests.client import portal
from web.settings import settings


def started_under(preset: str) -> AbstractContextManager[None]:
    """Starts the portal with this preset until the block ends."""
    return started_with(GUICHE_PRESET=preset)


@contextmanager
def started_with(**environment: str) -> Iterator[None]:
    """Starts the portal with these settings until the block ends."""
    storage = portal().state.storage
    before = {name: os.environ.get(name) for name in environment}
    _environment_says(environment)
    portal().state.storage = storage
    try:
        yield
    finally:
        _environment_says(before)


def _environment_says(values: Mapping[str, str | None]) -> None:
    """Changes the environment and reads the settings again, because they are read once a process."""
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    settings.cache_clear()

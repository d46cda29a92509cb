"""The portal in this process, started under one preset."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.client import portal
from web.settings import settings


@contextmanager
def started_under(preset: str) -> Iterator[None]:
    """Until the block ends, the portal is one that was started with this preset in its environment."""
    storage = portal().state.storage
    before = os.environ.get("GUICHE_PRESET")
    _environment_says(preset)
    portal().state.storage = storage
    try:
        yield
    finally:
        _environment_says(before)


def _environment_says(preset: str | None) -> None:
    """Settings are read once in a process: what they are read from has changed, so they are read again."""
    if preset is None:
        del os.environ["GUICHE_PRESET"]
    else:
        os.environ["GUICHE_PRESET"] = preset
    settings.cache_clear()

"""The order of names in lists, which is the same over both databases."""

import functools
import re

from web.text import fold

_DIGITS = re.compile(r"\d+")


@functools.lru_cache(maxsize=10_000)
def by_name(text: str) -> str:
    """The sort key of a name: Ágata comes before Bia, and Turma 3 before Turma 10."""
    return _DIGITS.sub(lambda found: found[0].zfill(12), fold(text))

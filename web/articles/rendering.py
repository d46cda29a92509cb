"""Renders a text of whatever length: a long one in a process of its own, with limits."""

from typing import cast

from web.articles.markdown import LONGEST, render
from web.errors import Invalid
from web.processes.limited import Died, Limits, once

LIMITS = Limits(cpu=15, memory=512 * 2**20, patience=45)
_AT_ONCE = 15_000
"""Letters: the worst of them take a tenth of a second."""


async def rendered(text: str) -> str:
    """Raises `Invalid` for one that is too long, or that was made to do harm."""
    if len(text) > LONGEST:
        raise Invalid("body", "too_long")
    if len(text) <= _AT_ONCE:
        return render(text)
    try:
        return cast("str", await once(render, LIMITS, text))
    except Died:
        raise Invalid("body", "too_costly") from None

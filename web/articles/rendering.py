"""Renders Markdown of any length; long texts in a process of its own with limits."""

from typing import cast

from web.articles.markdown import LONGEST, render
from web.errors import Invalid, refuse
from web.processes.limited import Died, Limits, once
from web.text import too_long

LIMITS = Limits(cpu=15, memory=512 * 2**20, patience=45)
_AT_ONCE = 15_000
"""Characters. The worst text of this length takes a tenth of a second."""


async def rendered(text: str) -> str:
    """Raises `Invalid` for a text that is too long or hostile."""
    refuse({"body": too_long(text, LONGEST)})
    if len(text) <= _AT_ONCE:
        return render(text)
    try:
        return cast("str", await once(render, LIMITS, text))
    except Died:
        raise Invalid("body", "too_costly") from None

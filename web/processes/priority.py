"""Which processes go first where processors are short."""

import os


def go_after_pages() -> None:
    """Leaves this process, and those it starts, what those that answer people do not take."""
    os.nice(max(0, 5 - os.nice(0)))

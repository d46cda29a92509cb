"""Which processes go first where processors are short."""

import os


def go_after_pages() -> None:
    """Leaves this process what those that answer people do not take."""
    os.nice(5)

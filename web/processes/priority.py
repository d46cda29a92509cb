"""The priority of processes."""

import os


def go_after_pages() -> None:
    """Lowers the priority of this process and its children below that of page processes."""
    os.nice(max(0, 5 - os.nice(0)))

"""What processes have cost so far, as Linux counts it: processor time and memory, their children's included."""

import os
import re
from contextlib import suppress
from pathlib import Path


def processor_time(process: int) -> float:
    """Seconds, of all threads and of children that have ended as well."""
    return sum(_own_time(each) for each in _with_children(process)) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """Megabytes of this process alone, shared or not."""
    return _kilobytes(Path(f"/proc/{process}/status"), "VmRSS") / 1024


def proportional(process: int) -> float:
    """Megabytes; what several processes share counts for each by its part (PSS)."""
    return sum(_kilobytes(Path(f"/proc/{each}/smaps_rollup"), "Pss") for each in _with_children(process)) / 1024


def parent(process: int) -> int:
    return int(_stat(process)[1])


def _with_children(process: int) -> list[int]:
    if not process:
        return []
    children: list[str] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _with_children(int(child)))]


def _own_time(process: int) -> int:
    """Ticks: in the program and in the system, its own and those of children that have ended."""
    with suppress(FileNotFoundError, ProcessLookupError):  # it has ended since it was listed: its parent counts it
        return sum(map(int, _stat(process)[11:15]))
    return 0


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _kilobytes(file: Path, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", file.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0

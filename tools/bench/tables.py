"""What was measured, as tables for a page of documentation."""

import os
import platform
import re
import statistics
from collections.abc import Sequence
from pathlib import Path

from tools.bench.measuring import AT_ONCE, Result
from tools.bench.memory import Memory, Processes


def machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    processor = model[1] if model else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(version: str, results: Sequence[Result], memory: Sequence[Memory], several: Processes) -> str:
    """The largest size, each page beside its result at the smallest."""
    smallest, largest = memory[0].tickets, memory[-1].tickets
    small = {each.page: each for each in results if each.tickets == smallest}
    lines = [
        f"**{version}, {largest:,} tickets**",
        "",
        "| Page | p50 ms | p95 ms | requests/s | of bare page | CPU ms (web alone) | queries | at the server | bytes | "
        f"requests/s beside {smallest:,} tickets |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_line(each, small[each.page]) for each in results if each.tickets == largest),
        "",
        f"p50 and p95: one request at a time; requests/s: {AT_ONCE} at a time; CPU: of web and database together, for "
        "each request; at the server: statements it counted for each request.",
        "",
        _memory(memory[-1], several),
        "",
    ]
    return "\n".join(lines)


def _line(result: Result, small: Result) -> str:
    bare = statistics.median(run.rate for run in result.bare_runs) if result.bare_runs else 0
    cells = (
        *(result.page, f"{result.p50:.1f}", f"{result.p95:.1f}", f"{result.rate:.0f}"),
        f"{result.share:.0%} of {bare:.0f}" if result.share else "",
        f"{result.processor:.2f} ({result.web:.2f})",
        *(result.queries, f"{result.statements:.1f}" if result.statements else "", f"{result.bytes:,}"),
        f"{result.rate / small.rate:.2f}x",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _memory(one: Memory, several: Processes) -> str:
    return (
        f"One process: {one.resident:.0f} MB resident at the end; one upload of 100 MB adds {one.one_upload:.0f} MB, "
        f"four at once {one.four_uploads:.0f} MB. {several.workers} processes and one for the timers: "
        f"{several.at_rest:.0f} MB at first, {several.after_load:.0f} MB after many requests (PSS); ready "
        f"{several.ready:.1f} s after their start, first pages in at most {several.first:.0f} ms."
    )

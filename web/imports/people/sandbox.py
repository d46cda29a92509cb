"""Reads files in a process of its own with limits, so that hostile files are refused."""

from collections.abc import Callable
from typing import cast

from web.errors import Unreadable
from web.imports.people import lines as reading
from web.imports.people import sheets
from web.imports.people.columns import Columns
from web.imports.people.lines import Line
from web.imports.people.sheets import Rows
from web.processes.limited import Died, Limits, once

LIMITS = Limits(cpu=30, memory=1024 * 2**20, patience=90)


async def rows(raw: bytes) -> Rows:
    """The table in the file. Raises `Unreadable`, with the code `table_too_costly` if it crashed the process."""
    return cast("Rows", await _answered(answer_rows, raw))


async def lines(raw: bytes, columns: Columns, header: int) -> list[Line]:
    """The validated lines. Raises as `rows` does."""
    return cast("list[Line]", await _answered(answer_lines, raw, columns, header))


def answer_rows(raw: bytes) -> Rows | Unreadable:
    try:
        return sheets.rows(raw)
    except Unreadable as refused:
        return refused


def answer_lines(raw: bytes, columns: Columns, header: int) -> list[Line] | Unreadable:
    found = answer_rows(raw)
    return found if isinstance(found, Unreadable) else reading.lines(found, columns, header)


async def _answered(function: Callable[..., object], *arguments: object) -> object:
    try:
        return await once(function, LIMITS, *arguments)
    except Died:
        raise Unreadable("table_too_costly") from None

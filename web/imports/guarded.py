"""Reads files in a process of its own, with limits: one that is made to do harm is refused."""

from collections.abc import Callable
from typing import cast

from web.imports import lines as reading
from web.imports import sheets
from web.imports.columns import Columns
from web.imports.lines import Line
from web.imports.sheets import Rows
from web.imports.unreadable import Unreadable
from web.processes.limited import Died, Limited, Limits

LIMITS = Limits(cpu=30, memory=1024 * 2**20, patience=90)

Refusal = tuple[str, int]
"""The code and the line of an `Unreadable`."""


async def rows(raw: bytes) -> Rows:
    """The table in the file; raises `Unreadable`, with `table_too_costly` where it took the process down."""
    return cast("Rows", await _answered(answer_rows, raw))


async def lines(raw: bytes, columns: Columns, header: int) -> list[Line]:
    """What its lines want; raises the same."""
    return cast("list[Line]", await _answered(answer_lines, raw, columns, header))


def answer_rows(raw: bytes) -> Rows | Refusal:
    try:
        return sheets.rows(raw)
    except Unreadable as refused:
        return refused.code, refused.line


def answer_lines(raw: bytes, columns: Columns, header: int) -> list[Line] | Refusal:
    found = answer_rows(raw)
    return found if isinstance(found, tuple) else reading.lines(found, columns, header)


async def _answered(function: Callable[..., object], *arguments: object) -> object:
    limited = Limited(function, LIMITS)
    try:
        answer = await limited.call(*arguments)
    except Died:
        raise Unreadable("table_too_costly") from None
    finally:
        await limited.close()
    if isinstance(answer, tuple):
        raise Unreadable(*answer)
    return answer

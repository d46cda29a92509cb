"""Reads a table from the bytes of a file: a workbook, or text with separators. Runs in a process of its own."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from web.errors import Unreadable
from web.imports.people import delimited_text

Rows = list[list[str]]

LARGEST = 20 * 2**20
"""The most bytes of a file."""
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 500

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LARGEST_UNPACKED = 300 * 2**20


def rows(raw: bytes) -> Rows:
    """The cells as text, every row of the same length. Raises `Unreadable`."""
    if len(raw) > LARGEST:
        raise Unreadable("table_too_large")
    found = _workbook(raw) if raw.startswith((_ZIP, _OLD_OFFICE)) else delimited_text.rows(raw)
    while found and not any(found[-1]):
        found.pop()
    width = max((_width(row) for row in found), default=0)
    _refuse_size(len(found), width)
    return [[cell[:LONGEST_CELL] for cell in (*row[:width], *[""] * (width - len(row)))] for row in found]


def _refuse_size(height: int, width: int) -> None:
    if not height:
        raise Unreadable("table_empty")
    if width > MOST_COLUMNS:
        raise Unreadable("table_too_many_columns")
    if height > MOST_ROWS + 1:
        raise Unreadable("table_too_many_rows")


def _width(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _workbook(raw: bytes) -> Rows:
    if raw.startswith(_ZIP):
        _check_unpacked(raw)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return next(filter(None, map(_cells, _sheets(book))), [])
    except (CalamineError, OSError, ValueError):
        raise Unreadable("table_not_a_table") from None


def _check_unpacked(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("table_not_a_table") from None
    if size > _LARGEST_UNPACKED:
        raise Unreadable("table_too_costly")


def _sheets(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    return (book.get_sheet_by_name(name) for name in book.sheet_names)


def _cells(sheet: CalamineSheet) -> Rows:
    """The cells from the first one on. Merged cells all have the same text."""
    if sheet.total_width > MOST_COLUMNS and sheet.width > MOST_COLUMNS:
        raise Unreadable("table_too_many_columns")
    found = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in found[top : bottom + 1]:
            row[left : right + 1] = [found[top][left]] * len(row[left : right + 1])
    return found


def _text(value: object) -> str:
    """The text of a cell as Brazil shows it."""
    shown = _SHOWN.get(type(value))
    return shown(value) if shown else str(value).strip()


def _number(value: float) -> str:
    """Whole numbers have no decimals, so that a numeric CNPJ becomes its digits."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value).replace(".", ",")


def _hours(value: timedelta) -> str:
    hours, rest = divmod(value, timedelta(hours=1))
    return f"{hours}:{rest // timedelta(minutes=1):02}"


_SHOWN: dict[type, Callable[..., str]] = {
    bool: {True: "VERDADEIRO", False: "FALSO"}.__getitem__,
    float: _number,
    datetime: "{:%d/%m/%Y %H:%M}".format,
    date: "{:%d/%m/%Y}".format,
    time: "{:%H:%M}".format,
    timedelta: _hours,
}

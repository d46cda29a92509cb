"""Text with separators (CSV); the encoding and the separator are detected."""

import csv
import io
import itertools
import re
from collections import Counter

from web.errors import Unreadable

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_OLD = ("cp1252", "cp850", "mac_roman")
"""Encodings of Windows, of DOS and of old Macs."""
_OURS = re.compile("[áàâãéêíóôõúüçªº–’“”]", re.IGNORECASE)
"""Signs that are not ASCII and frequent in Portuguese."""
_DELIMITERS = ";,\t|"
_SAMPLED = 20
"""Records used to detect the separator."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TOLD = re.compile(r"sep=(.)\r?\n")
"""A first line that tells Excel the separator."""


def rows(raw: bytes) -> list[list[str]]:
    """Parses the rows.

    Raises `Unreadable`: `table_not_a_table`, or `table_open_quotes` with the row where they begin.
    """
    text = _decoded(raw)
    if _CONTROLS.search(text):
        raise Unreadable("table_not_a_table")
    told = _TOLD.match(text)
    body = text[told.end() :] if told else text
    return _records(body, told[1] if told else _delimiter(body))


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None) or _unmarked(raw[:1000])
    try:
        return _decoded_again(raw.decode(encoding))
    except UnicodeDecodeError:
        return max((raw.decode(each, "replace") for each in _OLD), key=_likeness)


def _likeness(text: str) -> int:
    """How much a decoded text looks like Portuguese: its frequent signs, less all others that are not ASCII."""
    ours = len(_OURS.findall(text))
    return 2 * ours - sum(not each.isascii() for each in text)


def _decoded_again(text: str) -> str:
    """A text that was written as UTF-8 twice (JosÃ©), as it was before."""
    for each in ("cp1252", "latin-1") if "Ã" in text else ():
        try:
            return text.encode(each).decode()
        except UnicodeError:
            continue
    return text


def _unmarked(head: bytes) -> str:
    """Detects UTF-16 without a byte order mark by the zero byte of each letter."""
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 4 else "utf-8"


def _delimiter(text: str) -> str:
    """The separator by which most of the first records have the same number of cells, and the most cells."""
    return max(_DELIMITERS, key=lambda each: _fit(text, each))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in itertools.islice(reader, _SAMPLED) if len(row) > 1)
    except csv.Error:
        return 0, 0
    width, alike = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return alike, width


def _records(text: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found.extend([cell.strip() for cell in row] for row in reader)
    except csv.Error:
        raise Unreadable("table_open_quotes", line=len(found) + 1) from None
    return found

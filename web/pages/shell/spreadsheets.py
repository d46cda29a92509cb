"""CSV files for spreadsheets, in which no cell can be a formula."""

import asyncio
import csv
import io
import itertools
import unicodedata
from collections.abc import Iterable, Sequence

from litestar.response.base import Response

_FORMULA_STARTS = ("=", "+", "-", "@", "\u2212", "\t", "\r", "\n")
_QUOTES = frozenset("\"'`´‘’“”«»")


def download(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response[str]:
    """A file that spreadsheets in Brazil open: UTF-8 with a byte order mark, and semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([cell(value) for value in row] for row in itertools.chain([heading], rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=headers)


async def long_download(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response[str]:
    """Like `download`, for many rows, written outside the event loop."""
    return await asyncio.to_thread(download, name, heading, rows)


def cell(value: object) -> str:
    """The value as text. An apostrophe precedes what would start a formula.

    Full-width signs count, and signs behind quotes, spaces and hidden characters.
    """
    text = "" if value is None else str(value)
    seen = unicodedata.normalize("NFKC", "".join(itertools.dropwhile(_is_overlooked, text))[:1])
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or seen.startswith(_FORMULA_STARTS) else text


def _is_overlooked(char: str) -> bool:
    return char in _QUOTES or char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Mn", "Zs")

"""Tables as files for spreadsheets, in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from litestar.response.base import Response

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def download(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response[str]:
    """The file as spreadsheets in Brazil open it: UTF-8 with its mark, semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    writer.writerows([cell(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=headers)


def cell(value: object) -> str:
    """As text; what would start a formula, behind quotes and spaces too, has an apostrophe before it."""
    text = "" if value is None else str(value)
    bare = text.lstrip(" \"'\u00a0\ufeff")
    return f"'{text}" if text.startswith(_STARTS) or bare.startswith(_STARTS) else text

"""Files for spreadsheets as their readers find them."""

import csv
import io

from tests.client import Page


def sheet(page: Page) -> list[list[str]]:
    """Each row of a file, cell by cell."""
    assert page.response.content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(page.response.text.removeprefix("\ufeff")), delimiter=";"))

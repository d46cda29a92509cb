"""Reads CSV files of the application."""

import csv
import io

from tests.client import Page


def sheet(page: Page) -> list[list[str]]:
    """The rows of a file, cell by cell."""
    assert page.response.content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(page.response.text.removeprefix("\ufeff")), delimiter=";"))

"""Matches the columns of a table to fields, by the names in its first lines or by hand."""

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from web.errors import Invalid
from web.text import fold

FIELDS = ("name", "email", "login", "phone", "organization", "cnpj", "role", "sees", "approves", "manages")
SAMPLED = 5
"""Rows shown below the header."""
HIGHEST = 10
"""The header must be one of the first lines."""

Columns = dict[str, int]
"""The index of the column of each field, counted from 0."""

Synonyms = Mapping[str, Sequence[str]]


@functools.cache
def synonyms() -> Mapping[str, Synonyms]:
    return tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))


def bare(text: str) -> str:
    """A text as the synonyms are written: E-mail becomes email."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def meaning(text: str, of: str) -> str:
    """The field, permission or answer that a word stands for; empty for an unknown word."""
    word = bare(text)
    return next((name for name, words in synonyms()[of].items() if word in words), "")


def header_of(rows: Sequence[Sequence[str]]) -> int:
    """The line of the header, counted from 1; 0 if none looks like one."""
    for number, row in enumerate(rows[:HIGHEST], start=1):
        if len({found for cell in row if (found := meaning(cell, "columns"))}) > 1:
            return number
    return 0 if any("@" in cell or len(re.sub(r"\D", "", cell)) > 10 for cell in rows[0]) else 1


def matched(header: Sequence[str]) -> Columns:
    """Matches each name; the first column with it wins."""
    found: Columns = {}
    for place, cell in enumerate(header):
        if field := meaning(cell, "columns"):
            found.setdefault(field, place)
    return found


def chosen(fields: Sequence[str]) -> Columns:
    """The fields chosen by hand for each column in turn, empty for one that is skipped. Raises `Invalid`."""
    named = [field for field in fields if field]
    if len(set(named)) < len(named) or not set(named) <= set(FIELDS):
        raise Invalid("columns", "columns_twice")
    return {field: place for place, field in enumerate(fields) if field}


def check(columns: Columns) -> None:
    """Raises `Invalid` if the columns identify neither people nor organizations."""
    is_people = "name" in columns and columns.keys() & {"email", "login"}
    if not is_people and not ("cnpj" in columns and not columns.keys() & {"name", "email", "login", "phone"}):
        raise Invalid("columns", "columns_missing")


def letter(place: int) -> str:
    """The letters of a column in spreadsheets: A, B, ... AA."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)

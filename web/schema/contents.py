"""Which stored contents some row names; the others are swept."""

from web.database import fetch_column
from web.schema.piccolo_app import TABLES
from web.sql import values

_NAMING = sorted(each._meta.tablename for each in TABLES if "sha256" in {c._meta.name for c in each._meta.columns})
"""Tables whose rows name contents. A new one is among them by its column, so that none is forgotten."""


async def known(hashes: list[str]) -> set[str]:
    """Of these, those that some row names."""
    sought = "SELECT DISTINCT sha256 FROM {} WHERE sha256 IN ({{}})"
    found = [await fetch_column(str, sought.format(table), values(hashes)) for table in _NAMING]
    return set[str]().union(*found)

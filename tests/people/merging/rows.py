"""All rows of the database as text, without logs."""

from web.database import fetch
from web.schema.tables import TABLES

TELLING = {
    "account_merge",
    "merged_row",
    "setting_change",
    "setting_word",
    "setting_text",
    "reindexing",
    "session",
    "migration",
}


async def rows() -> dict[str, list[str]]:
    found = {}
    for table in TABLES:
        name = table._meta.tablename
        if name not in TELLING:
            found[name] = sorted(map(repr, await fetch(f"SELECT * FROM {name}")))
    return found

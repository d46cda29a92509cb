"""Links for the people an import made: asked for a few at a time, so that nobody who asks for one waits behind them."""

from datetime import datetime

from web import sql
from web.database import execute, fetch_column, transaction
from web.people import tokens
from web.people.one_time_links import Purpose

AT_ONCE = 5
"""Each second: a mail server takes as many, and five thousand are through in less than half an hour."""


async def ask(at: datetime) -> int:
    """Asks for the next links. How many."""
    if not await fetch_column(int, "SELECT 1 AS one FROM people_import_line WHERE invites LIMIT 1"):
        return 0
    async with transaction():
        addresses = await fetch_column(str, _NEXT)
        if addresses:
            rows = [(Purpose.PASSWORD.value, each, "", "", tokens.hash_of(""), at) for each in addresses]
            asked = "INSERT INTO link_request (purpose, identifier, name, cnpj, browser, asked_at) VALUES {}"
            await execute(asked, sql.rows(rows))
    return len(addresses)


_NEXT = (
    "UPDATE people_import_line SET invites = false WHERE id IN "
    f"(SELECT id FROM people_import_line WHERE invites ORDER BY id LIMIT {AT_ONCE}) RETURNING address"
)

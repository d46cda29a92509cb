"""Deletes the texts of tickets of erased people, once the legal retention period is over."""

from datetime import datetime, timedelta

from web.database import execute, fetch_column, transaction
from web.settings import settings
from web.sql import literals

AT_ONCE = 100
_MONTH = timedelta(days=30.4375)


async def empty_due(at: datetime, *, called: str) -> None:
    """Decreto 11.034/2022, art. 12 sets how long a record is kept after it was resolved. Numbers and dates stay."""
    over = at - settings().kept_months * _MONTH
    async with transaction():
        numbers = await fetch_column(int, _DUE, over, called)
        if not numbers:
            return
        for gone in _GONE:
            await execute(gone.format(numbers=literals(numbers)))
        await execute(f"UPDATE message SET body = {{}} WHERE ticket IN ({literals(numbers)})", called)
        await execute(f"UPDATE ticket SET title = {{}} WHERE id IN ({literals(numbers)})", called)


_GONE = (
    "DELETE FROM attachment WHERE ticket IN ({numbers}) "
    "OR message IN (SELECT id FROM message WHERE ticket IN ({numbers}))",
    "DELETE FROM attachment WHERE held IN (SELECT id FROM held_reply WHERE ticket IN ({numbers}))",
    "DELETE FROM held_reply WHERE ticket IN ({numbers})",
    "DELETE FROM field_value WHERE ticket IN ({numbers})",
    "DELETE FROM inbound_mail WHERE ticket IN ({numbers})",
    "UPDATE rating SET comment = '' WHERE ticket IN ({numbers})",
    "UPDATE approval SET reason = NULL WHERE ticket IN ({numbers})",
    "DELETE FROM ticket_search WHERE rowid IN ({numbers})",
)


_DUE = (
    "SELECT id FROM ticket WHERE requester IN (SELECT person FROM erasure_request WHERE done_at IS NOT NULL) "
    f"AND COALESCE(resolved_at, closed_at) < {{}} AND title <> {{}} LIMIT {AT_ONCE}"
)

"""Counts of each kind of setting, in one statement."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.sql import bounded_count
from web.tickets.pagination import COUNTED


@dataclass(frozen=True)
class SettingCounts:
    """A count for each kind of setting; counts stop at `COUNTED` + 1."""

    teams: int
    desk: int
    """People who work at the desk."""
    categories: int
    topics: int
    calendars: int
    recesses: int
    targets: int
    canned: int
    keys: int
    webhooks: int
    webhooks_off: int
    """Webhooks that were switched off because nobody answered."""
    kiosks: int
    mailboxes: int
    mailboxes_sending: int
    mailboxes_failing: int
    """Mailboxes that cannot be read or cannot send now."""
    changed_at: datetime | None
    """When any setting was last changed."""


async def setting_counts() -> SettingCounts:
    counts = ", ".join(f"{bounded_count(rows, COUNTED)} AS {name}" for name, rows in _ROWS.items())
    (found,) = await fetch_as(
        SettingCounts,
        f"SELECT {counts}, latest.at AS changed_at FROM (SELECT max(id) AS id FROM setting_change) known "
        "LEFT JOIN setting_change latest ON latest.id = known.id",
    )
    return found


_ROWS = {
    "teams": "team WHERE is_active",
    "desk": "person WHERE role <> 'requester' AND id > 1 AND is_active AND NOT is_robot",
    "categories": "category WHERE is_active",
    "topics": "topic WHERE is_active",
    "calendars": "calendar",
    "recesses": "closure WHERE organization IS NOT NULL",
    "targets": "target",
    "canned": "canned",
    "keys": "api_key WHERE revoked_at IS NULL",
    "webhooks": "webhook WHERE is_on",
    "webhooks_off": "webhook WHERE disabled_at IS NOT NULL",
    "kiosks": "kiosk WHERE retired_at IS NULL",
    "mailboxes": "mailbox WHERE is_active",
    "mailboxes_sending": "mailbox WHERE is_active AND smtp_host <> ''",
    "mailboxes_failing": "mailbox WHERE mailbox.is_active AND mailbox.id IN (SELECT mailbox FROM mailbox_fault)",
}

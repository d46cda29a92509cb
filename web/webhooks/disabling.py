"""A webhook that nobody answers is switched off, and the administrators are told."""

from datetime import datetime

from web.database import fetch_column
from web.notifications import outbox
from web.notifications.outbox import Render
from web.people import accounts
from web.people.permissions import SYSTEM
from web.settings import settings
from web.settings_log.recording import Kind, record_change
from web.webhooks.subscriptions import drop_waiting


async def disable(number: int, *, render: Render, at: datetime) -> None:
    """Inside a transaction. Nobody is told of one that was off already."""
    off = "UPDATE webhook SET is_on = false, disabled_at = {} WHERE id = {} AND is_on RETURNING address"
    for address in await fetch_column(str, off, at, number):
        await drop_waiting(number)
        was, now = {"is_on": True}, {"is_on": False}
        await record_change(Kind.WEBHOOK, number, address, was, now, by=SYSTEM.id, at=at)
        link = f"{settings().base_url}/desk/settings/webhooks/{number}"
        subject, _, body = render("mail/webhook_off.txt", address=address, link=link).partition("\n\n")
        for admin in await accounts.admin_addresses():
            await outbox.write(admin, subject, body, at=at)

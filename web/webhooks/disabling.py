"""Disables a webhook that does not answer, and notifies the administrators."""

from datetime import datetime

from web.database import fetch_column
from web.notifications import alerts
from web.notifications.alerts import Alert
from web.notifications.outbox import Render
from web.people.permissions import SYSTEM
from web.settings import settings
from web.settings_log.recording import Kind, record_change
from web.webhooks.subscriptions import drop_waiting


async def disable(number: int, *, render: Render, at: datetime) -> None:
    """Disables the webhook, inside a transaction. If it was off already, nobody is notified."""
    off = "UPDATE webhook SET is_on = false, disabled_at = {} WHERE id = {} AND is_on RETURNING address"
    for address in await fetch_column(str, off, at, number):
        await drop_waiting(number)
        was, now = {"is_on": True}, {"is_on": False}
        await record_change(Kind.WEBHOOK, number, address, was, now, by=SYSTEM.id, at=at)
        link = f"{settings().base_url}/desk/settings/webhooks/{number}"
        letter = render("mail/webhook_off.txt", address=address, link=link)
        await alerts.tell(Alert.WEBHOOK_OFF, number, address, letter=letter, at=at)

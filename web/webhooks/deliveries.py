"""Deliveries of webhooks: queued with their event, listed, repeated by hand, deleted after a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import columns_of, dialect, execute, existing, fetch_as, fetch_column
from web.errors import NotFromHere
from web.people.permissions import Actor
from web.sql import values
from web.webhooks.subscriptions import check_admin, webhook
from web.webhooks.tables import WebhookDelivery

KEPT = timedelta(days=30)
SHOWN = 50
TEST = "test"
"""The noun of a test delivery."""


@dataclass(frozen=True)
class DeliveryShown:
    """A delivery for its page."""

    id: int
    noun: str
    at: datetime
    state: str
    due_at: datetime
    attempts: int
    tried_at: datetime | None
    status: int | None
    answer: str
    error: str


async def queue(events: Sequence[int]) -> None:
    """Queues a delivery for each webhook that chose the event, inside the transaction that announces the events."""
    kept = dialect(sqlite="", postgres=" FOR KEY SHARE OF webhook")
    await execute(_QUEUED + kept, values(events))


_QUEUED = (
    "INSERT INTO webhook_delivery (webhook, event, noun, at, queued_at, due_at) "
    "SELECT webhook.id, event.id, event.kind, event.at, event.at, event.at FROM event "
    "JOIN webhook ON webhook.is_on AND ' ' || webhook.events || ' ' LIKE '% ' || event.kind || ' %' "
    "WHERE event.id IN ({}) ORDER BY event.id, webhook.id"
)


async def test(number: int, *, by: Actor, at: datetime) -> None:
    """Queues a test delivery. Raises `NotFromHere` if the webhook is off."""
    check_admin(by)
    if not (await webhook(number)).is_on:
        raise NotFromHere("webhook")
    await WebhookDelivery(webhook=number, noun=TEST, at=at, queued_at=at, due_at=at).save()


async def repeat(number: int, *, by: Actor, at: datetime) -> int:
    """Queues a delivery again under the same id. Returns its webhook's number. Raises `NotFromHere` if that is off."""
    check_admin(by)
    owner = existing(await fetch_column(int, "SELECT webhook FROM webhook_delivery WHERE id = {}", number), "delivery")
    if not (await webhook(owner)).is_on:
        raise NotFromHere("webhook")
    again = "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, queued_at = {}, due_at = {} WHERE id = {}"
    await execute(again, at, at, number)
    return owner


async def of_webhook(number: int) -> list[DeliveryShown]:
    """The deliveries, newest first."""
    return await fetch_as(
        DeliveryShown,
        f"SELECT {', '.join(columns_of(DeliveryShown))} FROM webhook_delivery "
        f"WHERE webhook = {{}} ORDER BY id DESC LIMIT {SHOWN}",
        number,
    )


async def sweep(at: datetime) -> None:
    """Deletes deliveries that are more than a month old."""
    await execute("DELETE FROM webhook_delivery WHERE queued_at < {}", at - KEPT)

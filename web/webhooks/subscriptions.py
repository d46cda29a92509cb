"""Webhook settings for administrators: created, changed, turned off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import columns_of, dialect, execute, existing, fetch_as, fetch_column, transaction
from web.errors import NotPermitted, refuse
from web.people import tokens
from web.people.permissions import Actor
from web.settings_log.listing import refuse_overtaken
from web.settings_log.recording import Kind, Values, record_change
from web.webhooks import addresses, signatures
from web.webhooks.tables import Webhook, WebhookDelivery

EVENTS = (
    *("submission", "approval", "refusal", "take", "release", "assignment", "classification"),
    *("question", "wait", "resumption", "reply", "note", "thanks"),
    *("solution", "confirmation", "objection", "reopening", "rating", "closing", "cancellation", "rejection", "merge"),
    *("due_soon", "breach"),
)
"""The events that can be chosen, by noun."""


@dataclass(frozen=True)
class WebhookInput:
    """Settings of a webhook."""

    address: str
    events: Collection[str]
    is_on: bool = True


@dataclass(frozen=True)
class WebhookShown:
    """A webhook, and when it was turned off because nobody answered."""

    id: int
    address: str
    events: str
    is_on: bool
    disabled_at: datetime | None
    made_at: datetime


_SHOWN = f"SELECT {', '.join(columns_of(WebhookShown))} FROM webhook "


async def listed() -> list[WebhookShown]:
    return await fetch_as(WebhookShown, _SHOWN + "ORDER BY is_on DESC, id DESC LIMIT 100")


async def webhook(number: int) -> WebhookShown:
    """Returns the webhook. Raises `NotFound`."""
    return existing(await fetch_as(WebhookShown, _SHOWN + "WHERE id = {}", number), "webhook")


async def subscribe(wanted: WebhookInput, *, by: Actor, at: datetime, form_key: str | None) -> tuple[int, str]:
    """Creates a webhook. Returns its number and secret, which are the same if the form is sent again.

    Raises `Invalid`.
    """
    await check(wanted, by)
    async with transaction():
        made = await fetch_column(int, _MADE, wanted.address, _in_order(wanted), tokens.new(), by.id, form_key, at)
        number = made[0] if made else (await fetch_column(int, _BY_FORM, form_key, by.id))[0]
        if made:
            await record_change(Kind.WEBHOOK, number, wanted.address, None, _told(wanted), by=by.id, at=at)
    audit.note("webhook_made", person=by.id, webhook=number)
    salt = await fetch_column(str, "SELECT salt FROM webhook WHERE id = {}", number)
    return number, signatures.secret(salt[0])


_MADE = (
    "INSERT INTO webhook (address, events, salt, owner, form_key, made_at, is_on) "
    "VALUES ({}, {}, {}, {}, {}, {}, true) ON CONFLICT (form_key) DO NOTHING RETURNING id"
)
_BY_FORM = "SELECT id FROM webhook WHERE form_key = {} AND owner = {}"


async def change(number: int, wanted: WebhookInput, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Changes a webhook, whose events are then limited to what `by` may see. Turned off, it drops pending deliveries.

    Raises `Invalid`, and `Overtaken` when the log of the webhook is newer than `seen`.
    """
    await check(wanted, by)
    async with transaction():
        await refuse_overtaken(Kind.WEBHOOK, number, seen)
        before = await webhook(number)
        disabled_at = None if wanted.is_on else before.disabled_at
        await Webhook.update(
            {
                Webhook.address: wanted.address,
                Webhook.events: _in_order(wanted),
                Webhook.is_on: wanted.is_on,
                Webhook.disabled_at: disabled_at,
                Webhook.owner: by.id,
            }
        ).where(Webhook.id == number)
        if not wanted.is_on:
            await drop_waiting(number)
        was = WebhookInput(before.address, before.events.split(), before.is_on)
        await record_change(Kind.WEBHOOK, number, wanted.address, _told(was), _told(wanted), by=by.id, at=at)
    audit.note("webhook_changed", person=by.id, webhook=number)


async def remove(number: int, *, by: Actor, at: datetime) -> None:
    """Deletes a webhook with its deliveries. Raises `NotFound`."""
    check_admin(by)
    async with transaction():
        before = await webhook(number)
        locked = dialect(sqlite="", postgres=" FOR UPDATE")
        await execute(f"SELECT id FROM webhook WHERE id = {{}}{locked}", number)
        await WebhookDelivery.delete().where(WebhookDelivery.webhook == number)
        await Webhook.delete().where(Webhook.id == number)
        was = WebhookInput(before.address, before.events.split(), before.is_on)
        await record_change(Kind.WEBHOOK, number, before.address, _told(was), None, by=by.id, at=at)
    audit.note("webhook_removed", person=by.id, webhook=number)


async def drop_waiting(number: int) -> None:
    """Drops the pending deliveries of a webhook that is off."""
    dropped = "UPDATE webhook_delivery SET state = 'dropped', error = 'off' WHERE webhook = {} AND state = 'waiting'"
    await execute(dropped, number)


def check_admin(by: Actor) -> None:
    if not by.is_admin:
        raise NotPermitted("webhook")


async def check(wanted: WebhookInput, by: Actor) -> None:
    """Raises `Invalid` for wrong values."""
    check_admin(by)
    unknown = "unknown" if not set(wanted.events) <= set(EVENTS) else None
    refuse({"address": None if wanted.address else "missing", "events": unknown if wanted.events else "missing"})
    await addresses.target(wanted.address)


def _in_order(wanted: WebhookInput) -> str:
    return " ".join(noun for noun in EVENTS if noun in wanted.events)


def _told(wanted: WebhookInput) -> Values:
    """The values for the log of settings."""
    return {"address": wanted.address, "events": _in_order(wanted), "is_on": wanted.is_on}

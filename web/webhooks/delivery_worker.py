"""Delivers webhooks: due deliveries are claimed by one worker, posted, retried for three days, then given up.

A body is posted outside any transaction. If the worker that claimed it dies, another posts it later under the same id.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from web.database import dialect, execute, fetch_as, transaction
from web.errors import Invalid, NotFound
from web.notifications.outbox import Render
from web.people import actors
from web.sql import Fragment
from web.tickets.record import conversation
from web.tickets.record.ticket import find_ticket
from web.webhooks import addresses, disabling, signatures
from web.webhooks.deliveries import TEST
from web.webhooks.posting import PATIENCE, Answer, post

Describe = Callable[..., object]
"""The API's representation of a ticket, its entries, and whether there are earlier ones."""

CLAIMED_FOR = timedelta(minutes=10)
"""How long a claimed delivery is left to the worker that claimed it."""
AT_ONCE = 20
"""How many are claimed for one webhook, so that a round ends before its first claim expires."""
GIVEN_UP_AFTER = timedelta(days=3)
PAUSES = tuple(timedelta(seconds=each) for each in (5, 300, 1_800, 7_200, 18_000, 36_000))
"""The pause after each failed try; the last one repeats."""


@dataclass(frozen=True)
class _Webhook:
    """A webhook with due deliveries."""

    id: int
    address: str
    salt: str
    owner: int


@dataclass(frozen=True)
class _Claimed:
    """A claimed delivery. `ticket` is that of its event; a test has none."""

    id: int
    noun: str
    at: datetime
    queued_at: datetime
    attempts: int
    ticket: int | None


@dataclass(frozen=True)
class DeliveryWorker:
    """Delivers what is due. A slow webhook delays the others by at most `patience`."""

    describe: Describe
    render: Render
    patience: timedelta = PATIENCE

    async def deliver(self, at: datetime) -> int:
        """Delivers everything due. Returns how many were claimed."""
        due = await fetch_as(_Webhook, _DUE, at)
        return sum(await asyncio.gather(*(self._deliver_to(each, at) for each in due)))

    async def _deliver_to(self, webhook: _Webhook, at: datetime) -> int:
        """Delivers to one webhook, until a delivery fails."""
        for delivered in range(AT_ONCE):
            claimed = await _claim(webhook, at)
            if claimed is None or not await self._is_over(webhook, claimed, at):
                return delivered
        return AT_ONCE

    async def _is_over(self, webhook: _Webhook, claimed: _Claimed, at: datetime) -> bool:
        body = await self._body(webhook, claimed)
        if body is None:
            await _note(claimed, "dropped", Answer(error="hidden"), at=at)
            return True
        answer = await self._answer(webhook, claimed, body, at)
        if answer.is_taken:
            await _note(claimed, "delivered", answer, at=at)
        elif at < claimed.queued_at + GIVEN_UP_AFTER:
            await _postpone(claimed, answer, at=at)
        else:
            await self._give_up(webhook, claimed, answer, at)
        return answer.is_taken

    async def _body(self, webhook: _Webhook, claimed: _Claimed) -> bytes | None:
        """Returns None if the owner is no longer an administrator, or may not see the ticket."""
        if claimed.ticket is None:
            return _message(TEST, claimed, {})
        owner = await actors.of_person(webhook.owner)
        if owner is None or not owner.is_admin:
            return None
        try:
            ticket = await find_ticket(claimed.ticket, by=owner)
        except NotFound:
            return None
        entries, has_earlier = await conversation.entries(ticket, by=owner, with_merged=True)
        return _message(f"ticket.{claimed.noun}", claimed, self.describe(ticket, entries, has_earlier=has_earlier))

    async def _answer(self, webhook: _Webhook, claimed: _Claimed, body: bytes, at: datetime) -> Answer:
        try:
            to = await addresses.target(webhook.address)
        except Invalid as refused:
            return Answer(error=refused.code)
        return await post(to, body, signatures.signed(webhook.salt, claimed.id, body, at=at), patience=self.patience)

    async def _give_up(self, webhook: _Webhook, claimed: _Claimed, answer: Answer, at: datetime) -> None:
        async with transaction():
            await _note(claimed, "failed", answer, at=at)
            await disabling.disable(webhook.id, render=self.render, at=at)


_DUE = """
SELECT webhook.id, webhook.address, webhook.salt, webhook.owner FROM webhook WHERE webhook.is_on AND EXISTS (
    SELECT 1 AS one FROM webhook_delivery due
    WHERE due.webhook = webhook.id AND due.state = 'waiting' AND due.due_at <= {}
) ORDER BY webhook.id
"""


async def _claim(webhook: _Webhook, at: datetime) -> _Claimed | None:
    skip = dialect(sqlite="", postgres=" FOR UPDATE SKIP LOCKED")
    rows = await fetch_as(_Claimed, _CLAIM, at + CLAIMED_FOR, webhook.id, at, Fragment(skip))
    return rows[0] if rows else None


_CLAIM = (
    "UPDATE webhook_delivery SET attempts = attempts + 1, due_at = {} WHERE id = (SELECT id FROM webhook_delivery "
    "WHERE webhook = {} AND state = 'waiting' AND due_at <= {} ORDER BY due_at, id LIMIT 1{}) "
    "RETURNING id, noun, at, queued_at, attempts, "
    "(SELECT event.ticket FROM event WHERE event.id = webhook_delivery.event) AS ticket"
)


def _message(kind: str, claimed: _Claimed, data: object) -> bytes:
    return msgspec.json.encode({"type": kind, "timestamp": claimed.at, "data": data})


async def _note(claimed: _Claimed, state: str, answer: Answer, *, at: datetime) -> None:
    await execute(f"UPDATE webhook_delivery SET state = {{}}, {_TRIED}", state, *_tried(answer, at), claimed.id)


async def _postpone(claimed: _Claimed, answer: Answer, *, at: datetime) -> None:
    """Schedules the next try; the last one is after three days."""
    pause = PAUSES[min(claimed.attempts, len(PAUSES)) - 1]
    due_at = min(at + pause, claimed.queued_at + GIVEN_UP_AFTER)
    await execute(f"UPDATE webhook_delivery SET due_at = {{}}, {_TRIED}", due_at, *_tried(answer, at), claimed.id)


_TRIED = "status = {}, answer = {}, error = {}, tried_at = {} WHERE id = {}"


def _tried(answer: Answer, at: datetime) -> tuple[object, ...]:
    return answer.status, answer.text, answer.error, at

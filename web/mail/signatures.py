"""Signs reply addresses and the links of messages, and verifies them."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.notifications.preferences import Subscription
from web.settings import settings

_BYTES = 16
"""The bytes of a signature: 128 bits."""


@dataclass(frozen=True)
class ReplyTo:
    """The person and the ticket of a signed reply address."""

    ticket: int
    person: int


@dataclass(frozen=True)
class Answer:
    """What a link in a message allows: to answer for the requester what event `event` asks."""

    ticket: int
    person: int
    event: int
    until: int
    """Seconds since 1970."""


@dataclass(frozen=True)
class Unsubscription:
    """What a link in message `message` allows its reader: to unsubscribe. It lasts as long as the message is kept."""

    message: int
    what: Subscription


def reply_address(to: ReplyTo, desk: str | None = None) -> str:
    """The desk's address with a signed part, which proves that a reply comes from the reader of that message."""
    local, _, host = (desk or settings().sender).partition("@")
    signed = f"{to.ticket}.{to.person}"
    return f"{local}+{signed}.{_signature('reply', signed)}@{host}"


def read_address(address: str) -> ReplyTo | None:
    """Returns None for any address that we did not sign."""
    _, plus, tagged = address.partition("@")[0].partition("+")
    parts = tagged.split(".")
    if not plus or len(parts) != 3 or not _are_numbers(parts[:2]):
        return None
    if not _is_ours("reply", f"{parts[0]}.{parts[1]}", parts[2].lower()):
        return None
    return ReplyTo(int(parts[0]), int(parts[1]))


def answer_token(answer: Answer) -> str:
    signed = f"{answer.ticket}.{answer.person}.{answer.event}.{answer.until}"
    return f"{signed}.{_signature('answer', signed)}"


def read_answer(token: str, *, at: datetime) -> Answer | None:
    """Returns None if we did not sign it, or if it has expired."""
    signed, _, signature = token.rpartition(".")
    parts = signed.split(".")
    if len(parts) != 4 or not _are_numbers(parts):
        return None
    if not _is_ours("answer", signed, signature.lower()):
        return None
    answer = Answer(*map(int, parts))
    return answer if at.timestamp() < answer.until else None


def unsubscribe_token(wish: Unsubscription) -> str:
    signed = f"{wish.message}.{wish.what}"
    return f"{signed}.{_signature('unsubscribe', signed)}"


def read_unsubscription(token: str) -> Unsubscription | None:
    """Returns None if we did not sign it."""
    signed, _, signature = token.rpartition(".")
    if not _is_ours("unsubscribe", signed, signature.lower()):
        return None
    message, _, what = signed.partition(".")
    return Unsubscription(int(message), Subscription(what))


def _are_numbers(parts: Sequence[str]) -> bool:
    return all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts)


def _signature(purpose: str, text: str) -> str:
    """In lower case, because mail systems may change the case of the local part."""
    made = hmac.new(settings().secret.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:_BYTES]).decode().rstrip("=").lower()


def _is_ours(purpose: str, text: str, signature: str) -> bool:
    return hmac.compare_digest(_signature(purpose, text).encode(), signature.encode())

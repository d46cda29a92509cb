"""Signs reply addresses, and links that answer without signing in; knows them again when they come back."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.settings import settings

_BYTES = 16
"""Of a signature: 128 bits."""


@dataclass(frozen=True)
class ReplyTo:
    """The person and the ticket of a signed reply address."""

    ticket: int
    person: int


@dataclass(frozen=True)
class Answer:
    """What a link in a message lets its reader do: answer for the requester what event `event` told them."""

    ticket: int
    person: int
    event: int
    until: int
    """Seconds since 1970."""


def reply_address(to: ReplyTo, desk: str | None = None) -> str:
    """The desk's address with a signed part: only with that mail can one answer as its reader."""
    local, _, host = (desk or settings().sender).partition("@")
    signed = f"{to.ticket}.{to.person}"
    return f"{local}+{signed}.{_signature('reply', signed)}@{host}"


def read_address(address: str) -> ReplyTo | None:
    """None for any address that we did not make."""
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
    """None for what we did not make, and for what is over."""
    signed, _, signature = token.rpartition(".")
    parts = signed.split(".")
    if len(parts) != 4 or not _are_numbers(parts):
        return None
    if not _is_ours("answer", signed, signature.lower()):
        return None
    answer = Answer(*map(int, parts))
    return answer if at.timestamp() < answer.until else None


def _are_numbers(parts: Sequence[str]) -> bool:
    return all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts)


def _signature(purpose: str, text: str) -> str:
    """Lower case: mail systems may change the case of what stands before the "@"."""
    made = hmac.new(settings().secret.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:_BYTES]).decode().rstrip("=").lower()


def _is_ours(purpose: str, text: str, signature: str) -> bool:
    return hmac.compare_digest(_signature(purpose, text).encode(), signature.encode())

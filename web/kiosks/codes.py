"""Codes by which a ticket is followed: eight letters and digits that nobody mistakes, kept as a keyed hash."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from web.database import execute, fetch_as
from web.errors import Invalid
from web.people import throttle
from web.people.throttle import Limit
from web.settings import settings
from web.text import plain_code

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L and O, which are read as 1 and 0."""
LENGTH = 8

TRIES_FROM_ONE = Limit("follow-network", tries=30, seconds=10)
TRIES_AT_ONE = Limit("follow-number", tries=10, seconds=60)
"""About one number, from one network or at one kiosk, so that no stranger keeps its owner out elsewhere.

A year of trying finds its code from one network with a chance of one in a million, from a thousand with one in a
thousand.
"""


@dataclass(frozen=True)
class Followed:
    """A ticket that is followed, and the person whose it is."""

    ticket: int
    person: int


@dataclass(frozen=True)
class _Known:
    """A code as it is kept, with its ticket and the person who was made for it."""

    ticket: int
    person: int
    code_hash: str


def written(code: str) -> str:
    """As people copy it: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


async def make(ticket: int, person: int) -> str:
    """The code of a ticket that was just opened."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    made = "INSERT INTO follow_code (ticket, person, code_hash) VALUES ({}, {}, {})"
    await execute(made, ticket, person, _hash(ticket, code))
    return code


async def is_unknown(ticket: int) -> bool:
    """Whether no code was made for it."""
    return not await fetch_as(_Known, "SELECT ticket, person, code_hash FROM follow_code WHERE ticket = {}", ticket)


async def check(number: int | None, typed: str, *, network: str, at: datetime) -> Followed:
    """The ticket of a number and its code, whatever stands between the letters.

    `network` is the one that asks, or the name of a kiosk. Raises `Invalid`, the same for a wrong number and a wrong
    code and after the same work, and `Throttled`.
    """
    about = number or 0
    await throttle.spend(TRIES_FROM_ONE, network, at=at)
    await throttle.spend(TRIES_AT_ONE, str(about), network, at=at)
    rows = await fetch_as(_Known, _KNOWN, about)
    code = "".join(each for each in plain_code(typed).upper() if each.isalnum())
    known = rows[0] if rows else _Known(about, 0, "")
    if not hmac.compare_digest(_hash(about, code), known.code_hash):
        raise Invalid("code", "wrong_code")
    await throttle.refund(TRIES_FROM_ONE, network)
    await throttle.forgive(TRIES_AT_ONE, str(about), network)
    return Followed(known.ticket, known.person)


_KNOWN = (
    "SELECT f.ticket, f.person, f.code_hash FROM follow_code f "
    "JOIN ticket ON ticket.id = f.ticket AND ticket.requester = f.person WHERE f.ticket = {}"
)


def _hash(ticket: int, code: str) -> str:
    said = f"follow:{ticket}:{code}".encode("utf-8", "surrogatepass")
    return hmac.new(settings().secret.encode(), said, hashlib.sha256).hexdigest()

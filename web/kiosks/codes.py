"""Codes to follow a ticket: eight unambiguous letters and digits, stored as a keyed hash."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.errors import Invalid
from web.kiosks.tables import FollowCode
from web.people import throttle
from web.people.throttle import Limit
from web.settings import settings
from web.text import plain_code

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L and O, which look like 1 and 0."""
LENGTH = 8

TRIES_FROM_ONE = Limit("follow-network", tries=30, seconds=10)
TRIES_AT_ONE = Limit("follow-number", tries=10, seconds=60)
"""By ticket number and by network or kiosk, so that a stranger elsewhere cannot lock its owner out.

In a year of guessing, one network finds the code with a chance of one in a million, a thousand networks with one in a
thousand.
"""


@dataclass(frozen=True)
class Followed:
    """A ticket that is followed, and its person."""

    ticket: int
    person: int


@dataclass(frozen=True)
class _Known:
    """A stored code with its ticket and the person created for it."""

    ticket: int
    person: int
    code_hash: str


def written(code: str) -> str:
    """The code in groups: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


async def make(ticket: int, person: int) -> str:
    """Creates the code of a new ticket."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    await FollowCode(ticket=ticket, person=person, code_hash=_hash(ticket, code)).save()
    return code


async def is_unknown(ticket: int) -> bool:
    """Whether the ticket has no code."""
    return not await fetch_as(_Known, "SELECT ticket, person, code_hash FROM follow_code WHERE ticket = {}", ticket)


async def check(number: int | None, typed: str, *, network: str, at: datetime) -> Followed:
    """The ticket with this number and code; separators between the letters are ignored.

    `network` is the requesting network, or the name of a kiosk. Raises `Throttled`, and `Invalid`, alike and after the
    same work for a wrong number and a wrong code.
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

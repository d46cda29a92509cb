"""Visits: short sessions of people at a kiosk, in a frame, or following one ticket by its code."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import execute, existing, fetch_as, fetch_column, transaction, within
from web.encryption import seal, unseal
from web.errors import NotFound
from web.kiosks.codes import Followed
from web.people import accounts, actors, throttle, tokens
from web.people.permissions import Actor
from web.people.throttle import Limit
from web.settings import settings
from web.sql import Condition, values

LASTS = timedelta(minutes=30)
"""The idle time after which a visit ends. A kiosk ends it sooner."""
UNTOUCHED = timedelta(seconds=90)
"""After how long without a touch a kiosk ends a visit."""
UNSCRIPTED = timedelta(minutes=5)
"""The same without a script, which notices no typing, so since the page was loaded. The sheet's bar runs as long."""
NOTED_EVERY = timedelta(minutes=1)
VISITS_AT_ONE = Limit("kiosk-visits", tries=30, seconds=20)


@dataclass(frozen=True)
class Visit:
    """An active visit; `ticket` was opened or is followed in it."""

    id: int
    kiosk: int | None
    person: int
    ticket: int | None
    code: str
    ends_at: datetime

    @property
    def follow_code(self) -> str:
        """The code of the ticket opened in this visit; empty for any other."""
        return (unseal(self.code) if self.code else None) or ""


_VISIT = "SELECT id, kiosk, person, ticket, code, ends_at FROM kiosk_visit WHERE {} AND ends_at > {}"


async def begin(kiosk: int, *, called: str, at: datetime) -> str:
    """Starts a visit at a kiosk, and ends the one before. Returns its token.

    A nameless person is created for it. Raises `Throttled`.
    """
    await throttle.spend(VISITS_AT_ONE, str(kiosk), at=at)
    async with transaction():
        person = await _unused(kiosk) or await accounts.insert(called, [], at=at)
        return await _start(person, kiosk=kiosk, ticket=None, at=at)


async def of_vouched(person: int, *, at: datetime) -> str:
    """Starts a visit of a person whom another site vouches for. Returns its token."""
    return await _start(person, kiosk=None, ticket=None, at=at)


async def begin_once(token: str, *, called: str, person: int | None = None, at: datetime) -> tuple[Visit, Actor]:
    """The visit of a form in a frame, created by its first submission. Raises `NotFound` once it has ended.

    It is a visit of `person`; without one, a person is created.
    """
    async with within():
        if (known := await behind(token, at=at)) is not None:
            return known
        person = person or await accounts.insert(called, [], at=at)
        await _start(person, kiosk=None, ticket=None, at=at, token=token)
        if (begun := await behind(token, at=at)) is None:
            raise NotFound("visit")
        return begun


async def _unused(kiosk: int) -> int | None:
    """Ends the visits at a kiosk. Returns a person created for a visit without a ticket, for use in the next."""
    gone = (
        "DELETE FROM kiosk_visit WHERE kiosk = {} RETURNING CASE WHEN ticket IS NULL THEN person ELSE 0 END AS person"
    )
    unused = set(await fetch_column(int, gone, kiosk)) - {0}
    if unused:
        await execute("DELETE FROM kept_form WHERE person IN ({})", values(unused))
        await execute("DELETE FROM attachment WHERE person IN ({}) AND message IS NULL", values(unused))
    return next(iter(unused), None)


async def follow(followed: Followed, *, kiosk: int | None, at: datetime) -> str:
    """Starts a visit in which one ticket is followed. Returns its token."""
    async with transaction():
        return await _start(followed.person, kiosk=kiosk, ticket=followed.ticket, at=at)


async def _start(person: int, *, kiosk: int | None, ticket: int | None, at: datetime, token: str = "") -> str:
    token = token or tokens.new()
    await execute(
        "INSERT INTO kiosk_visit (token_hash, kiosk, person, ticket, ends_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (token_hash) DO NOTHING",
        *(tokens.hash_of(token), kiosk, person, ticket, at + LASTS),
    )
    return token


async def behind(token: str, *, at: datetime) -> tuple[Visit, Actor] | None:
    """The visit of a cookie, with its person; None once it has ended."""
    found = await _found(Condition("token_hash = {}", (tokens.hash_of(token),)), at)
    if found is not None and found[0].ends_at - at < LASTS - NOTED_EVERY:
        await execute("UPDATE kiosk_visit SET ends_at = {} WHERE id = {}", at + LASTS, found[0].id)
    return found


def files_token(visit: Visit) -> str:
    """A token for the files of the followed ticket during the visit.

    It allows nothing else, because addresses contain it.
    """
    signed = hmac.new(settings().secret.encode(), f"files:{visit.id}".encode(), hashlib.sha256)
    return f"{visit.id}.{signed.hexdigest()[:32]}"


async def behind_files_token(token: str, *, at: datetime) -> tuple[Visit, Actor] | None:
    """The visit, which this does not extend; None once it has ended, and for a token that we did not make."""
    number = token.partition(".")[0]
    id = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    found = await _found(Condition("id = {}", (id,)), at)
    is_ours = found is not None and hmac.compare_digest(files_token(found[0]).encode(), token.encode())
    return found if is_ours else None


async def _found(which: Condition, at: datetime) -> tuple[Visit, Actor] | None:
    rows = await fetch_as(Visit, _VISIT, which, at)
    by = await actors.of_person(rows[0].person) if rows else None
    return (rows[0], by) if by else None


async def opened_in(visit: Visit) -> int | None:
    """The ticket opened in it, if any. Until the transaction ends, no other can be opened.

    Raises `NotFound` if the visit was ended meanwhile.
    """
    locked = "UPDATE kiosk_visit SET ends_at = ends_at WHERE id = {} RETURNING COALESCE(ticket, 0) AS ticket"
    return existing(await fetch_column(int, locked, visit.id), "visit") or None


async def note_opened(visit: Visit, ticket: int, code: str) -> None:
    """Records the opened ticket with its code, for the receipt."""
    await execute("UPDATE kiosk_visit SET ticket = {}, code = {} WHERE id = {}", ticket, seal(code), visit.id)


async def end(token: str, *, at: datetime) -> None:
    """Ends the visit, so that the browser's cookie opens nothing."""
    await execute("UPDATE kiosk_visit SET ends_at = {}, code = '' WHERE token_hash = {}", at, tokens.hash_of(token))


async def end_all(kiosk: int, *, at: datetime) -> None:
    await execute("UPDATE kiosk_visit SET ends_at = {}, code = '' WHERE kiosk = {}", at, kiosk)


async def sweep(at: datetime) -> None:
    """Deletes ended visits; people created for visits without a ticket are used again."""
    await execute("DELETE FROM kiosk_visit WHERE ends_at < {} AND ticket IS NOT NULL", at)

"""Sessions of signed-in browsers: created, noted as seen, listed, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from web.database import execute, fetch_as, fetch_column
from web.errors import NotFound
from web.people import tokens
from web.people.permissions import Actor
from web.people.tables import Session

LASTS = timedelta(days=7)
"""The idle time after which a session ends."""
LASTS_AT_MOST = timedelta(days=30)
"""The longest time a session lasts."""
BROWSER_LASTS = timedelta(days=365)
"""How long a browser is known after the last sign-in there."""


@dataclass(frozen=True)
class OpenSession:
    """A browser that is signed in."""

    id: int
    started_at: datetime
    seen_at: datetime
    browser: str
    network: str


@dataclass(frozen=True)
class _Place:
    browser: str
    network: str


async def start(person: int, *, network: str, browser: str, browser_token: str = "", at: datetime) -> str:
    """Creates a session. Returns its token; only the hash is stored. From now on this browser is known."""
    token = tokens.new()
    if browser_token:
        await _remember(person, tokens.hash_of(browser_token), network, at)
    await Session(
        token_hash=tokens.hash_of(token),
        person=person,
        started_at=at,
        seen_at=at,
        ends_at=at + LASTS,
        browser=browser[:200],
        network=network[:50],
    ).save()
    return token


async def note_seen(session: int, *, at: datetime) -> None:
    await Session.update({Session.seen_at: at, Session.ends_at: at + LASTS}).where(Session.id == session)


async def of_person(person: int, at: datetime) -> list[OpenSession]:
    return await fetch_as(
        OpenSession,
        "SELECT id, started_at, seen_at, browser, network FROM session "
        "WHERE person = {} AND ends_at > {} AND started_at > {} ORDER BY seen_at DESC LIMIT 50",
        person,
        at,
        at - LASTS_AT_MOST,
    )


async def end(session: int, *, by: Actor) -> None:
    """Ends one of one's own sessions. Raises `NotFound` for any other."""
    ended = await fetch_column(int, "DELETE FROM session WHERE id = {} AND person = {} RETURNING id", session, by.id)
    if not ended:
        raise NotFound("session")


async def end_by_token(token: str) -> None:
    await Session.delete().where(Session.token_hash == tokens.hash_of(token))


async def end_all(person: int) -> None:
    await Session.delete().where(Session.person == person)


async def known_places(identifier: str, *, network: str, browser_token: str) -> set[str]:
    """The places among "browser" and "network" from which this person has signed in before."""
    rows = await fetch_as(
        _Place,
        "SELECT k.browser, k.network FROM known_browser k JOIN identity i ON i.person = k.person "
        "WHERE i.value = {} AND (k.browser = {} OR k.network = {}) LIMIT 100",
        identifier,
        tokens.hash_of(browser_token),
        network,
    )
    here = {"browser": tokens.hash_of(browser_token), "network": network}
    return {place for place, value in here.items() if any(getattr(row, place) == value for row in rows)}


async def _remember(person: int, browser: str, network: str, at: datetime) -> None:
    await execute(
        "INSERT INTO known_browser (person, browser, network, seen_at) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (person, browser) DO UPDATE SET network = excluded.network, seen_at = excluded.seen_at",
        person,
        browser,
        network[:50],
        at,
    )


async def sweep(at: datetime) -> None:
    await execute("DELETE FROM known_browser WHERE seen_at < {}", at - BROWSER_LASTS)
    await execute("DELETE FROM session WHERE ends_at < {}", at - timedelta(days=1))
    await execute("DELETE FROM session WHERE started_at < {}", at - LASTS_AT_MOST)

"""Sessions of signed-in browsers: begun, noted as seen, listed, ended."""

from datetime import datetime, timedelta

from web.database import Row, fetch
from web.errors import NotFound
from web.people import tokens
from web.people.permissions import Actor
from web.people.tables import Session

LASTS = timedelta(days=7)
"""Without a visit; each visit starts it anew."""


async def start(person: int, *, network: str, browser: str, at: datetime) -> str:
    """A new session's token; only its hash is kept."""
    token = tokens.new()
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


async def of_person(person: int, at: datetime) -> list[Row]:
    return await fetch(
        "SELECT id, started_at, seen_at, browser, network FROM session "
        "WHERE person = {} AND ends_at > {} ORDER BY seen_at DESC LIMIT 50",
        person,
        at,
    )


async def end(session: int, *, by: Actor) -> None:
    """One of one's own; another's is not found."""
    ended = await fetch("DELETE FROM session WHERE id = {} AND person = {} RETURNING id", session, by.id)
    if not ended:
        raise NotFound("session")


async def end_by_token(token: str) -> None:
    await Session.delete().where(Session.token_hash == tokens.hash_of(token))


async def end_all(person: int) -> None:
    await Session.delete().where(Session.person == person)


async def sweep(at: datetime) -> None:
    await fetch("DELETE FROM session WHERE ends_at < {}", at - timedelta(days=1))

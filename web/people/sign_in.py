"""Password sign-in, confirmation of one's own password, and changing it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from web import audit
from web.database import fetch_as, transaction
from web.errors import Invalid, refuse
from web.people import accounts, sessions, throttle
from web.people.passwords import hashing, strength
from web.people.permissions import Actor
from web.people.tables import Person
from web.people.throttle import Limit

GUESSES_IN_BROWSER = Limit("sign-in-browser", tries=10, seconds=30)
"""At an account in a known browser of its owner; guesses from elsewhere do not count there."""
GUESSES_HERE = Limit("sign-in-here", tries=10, seconds=30)
"""At one account from one network. The owner can still sign in from elsewhere, and always by e-mail link."""
GUESSES_AT_ONE = Limit("sign-in-account", tries=100, seconds=10)
"""At one account from all networks together, except those that its owner has signed in from."""
GUESSES_FROM_ONE = Limit("sign-in-network", tries=100, seconds=5)
"""From one network, wrong guesses only, because a whole school may share one address."""


@dataclass(frozen=True)
class _Credentials:
    """The active person with a sign-in name, and the hash of their password; both are empty if there is nobody."""

    person: int | None
    password: str | None


async def with_password(identifier: str, password: str, *, network: str, browser_token: str = "", at: datetime) -> int:
    """Returns the person's id. Raises `Invalid` or `Throttled`, alike for known and unknown names."""
    identifier = accounts.normal(identifier)
    limits = await _limits(identifier, network, browser_token)
    for limit, about in limits.items():
        await throttle.spend(limit, *about, at=at)
    found = await _credentials(identifier)
    if not await hashing.matches(password, found.password) or found.person is None:
        audit.note("sign_in_failed", person=found.person, network=network)
        raise Invalid("identifier", "unknown_pair")
    audit.note("sign_in", person=found.person, network=network)
    for limit, about in limits.items():
        forget = throttle.refund if limit in (GUESSES_AT_ONE, GUESSES_FROM_ONE) else throttle.forgive
        await forget(limit, *about)
    return found.person


async def _credentials(identifier: str) -> _Credentials:
    """One row in any case, so that an unknown name takes no less time."""
    [found] = await fetch_as(
        _Credentials,
        "SELECT person.id AS person, person.password FROM (SELECT 1 AS one) one "
        "LEFT JOIN identity ON identity.value = {} "
        "LEFT JOIN person ON person.id = identity.person AND person.is_active",
        identifier,
    )
    return found


async def _limits(identifier: str, network: str, browser_token: str) -> dict[Limit, tuple[str, ...]]:
    """The limits that count this try, each with its key."""
    known = await sessions.known_places(identifier, network=network, browser_token=browser_token)
    if "browser" in known:
        return {GUESSES_IN_BROWSER: (identifier, browser_token)}
    limits: dict[Limit, tuple[str, ...]] = {GUESSES_HERE: (identifier, network), GUESSES_FROM_ONE: (network,)}
    return limits if "network" in known else limits | {GUESSES_AT_ONE: (identifier,)}


async def reauthenticate(
    by: Actor, current: str, *, at: datetime, check: Callable[[], Awaitable[object]] | None = None
) -> None:
    """Confirms one's own password before a sensitive change. Raises `Invalid`.

    If the password is wrong, that tells all that is wrong: also what `check` refuses, in fields above it.
    """
    code = await _own_password_error(by, current, at=at)
    refuse({**(await _refused_by(check) if code and check else {}), "current": code})


async def _own_password_error(by: Actor, current: str, *, at: datetime) -> str | None:
    """An empty one is no guess."""
    if not current:
        return "missing"
    await throttle.spend(GUESSES_HERE, str(by.id), "own password", at=at)
    person = await Person.objects().get(Person.id == by.id)
    if person is None or not await hashing.matches(current, person.password):
        return "wrong_password"
    await throttle.forgive(GUESSES_HERE, str(by.id), "own password")
    return None


async def _refused_by(check: Callable[[], Awaitable[object]]) -> dict[str, str]:
    try:
        await check()
    except Invalid as refused:
        return refused.fields
    return {}


async def change_password(by: Actor, *, current: str, password: str, at: datetime) -> None:
    """Changes the password and ends every session. Raises `Invalid` unless the current password is right."""
    known = await strength.known_facts(by.id)
    await reauthenticate(by, current, at=at, check=lambda: strength.refuse_weak(password, about=known))
    await strength.refuse_weak(password, about=known)
    kept = await hashing.hashed(password)
    async with transaction():
        await accounts.set_password(by.id, kept)

"""Members without an e-mail address: a paper invitation gives them an organization login."""

import secrets
from datetime import datetime

from web import audit
from web.database import transaction
from web.errors import NotFound
from web.people import accounts, names, throttle
from web.people.onboarding import paper
from web.people.passwords import hashing, strength
from web.people.throttle import Limit
from web.text import fold

TRIES_AT_ONE = Limit("paper-tries", tries=30, seconds=10)
"""The rate limit of one invitation, because each try checks the strength of a password."""


async def enter(code: str, name: str, password: str, *, at: datetime) -> int:
    """Creates a member with a login made of their name. Returns the person's id.

    Raises `NotFound` for an invalid code, `Invalid` for a wrong name or password.
    """
    found = await paper.by_code(code, at=at)
    if found is None:
        raise NotFound("invitation")
    await throttle.spend(TRIES_AT_ONE, str(found.id), at=at)
    name = names.checked_name(name)
    login = await _free(name)
    await strength.refuse_weak(password, about=[name, login, found.organization_name])
    kept = await hashing.hashed(password)
    async with transaction():
        person = await accounts.insert(name, [login], password=kept, at=at)
        await paper.take(found.code.replace("-", ""), person, at=at)
    audit.note("login_made", person=person, organization=found.organization)
    return person


async def _free(name: str) -> str:
    """An unused login: Ana Prado becomes ana-4821, which does not reveal who else has an account."""
    first = "".join(each for each in fold(name).split()[0] if each.isascii() and each.isalnum()) or "pessoa"
    while True:
        login = f"{first[:40]}-{secrets.randbelow(9_000) + 1_000}"
        if not await accounts.is_known(login):
            return login

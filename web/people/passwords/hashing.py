"""How passwords are hashed: as argon2id."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from web.people.passwords.strength import LONGEST

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's minimum for argon2id: 19 MiB a try, so that a small server can take a morning's sign-ins."""
_nobody = _hasher.hash(secrets.token_hex())
_at_once = ThreadPoolExecutor(max_workers=4, thread_name_prefix="argon2")
"""The most hashes computed at once, which bounds the memory."""


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_at_once, _hasher.hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether the password is right. Takes the same time when there is no hash to compare with."""
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(_at_once, _verify, kept or _nobody, password[:LONGEST])
    return right and bool(kept)


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False

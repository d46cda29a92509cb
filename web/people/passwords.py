"""Passwords: how they are kept (argon2id) and which are refused."""

import asyncio
import secrets
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from web.errors import Invalid

SHORTEST, LONGEST = 8, 200
_GUESSES = 10**7
"""What a password must withstand at least, as zxcvbn counts; eight random characters stand 10**8."""
_WEIGHED = 72
"""Characters that are weighed; the estimate takes quadratic time."""
_COMMON = ("senha", "escola", "colegio", "guiche", "suporte", "portal", "mudar", "brasil", "secretaria")

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's minimum for argon2id: 19 MiB a try, so that a small server can take a morning's sign-ins."""
_nobody = _hasher.hash(secrets.token_hex())
_at_once = ThreadPoolExecutor(max_workers=4, thread_name_prefix="argon2")
"""So many at once, and no more memory than that."""


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_at_once, _hasher.hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether it is the one; takes the same time when there is none to compare with."""
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(_at_once, _verify, kept or _nobody, password[:LONGEST])
    return right and bool(kept)


def refuse_weak(password: str, about: Iterable[str]) -> None:
    """Raises `Invalid` for a password that is short, on the lists of leaked ones, or made of the person's own data."""
    if len(password) < SHORTEST:
        raise Invalid("password", "too_short")
    if len(password) > LONGEST:
        raise Invalid("password", "too_long")
    known = [part for text in about for part in (text, _plain(text), *text.replace("@", " ").split())]
    told = _plain(password)
    if told in {_plain(part) for part in known} or _guesses_of(password, known) < _GUESSES:
        raise Invalid("password", "easy_to_guess")


def _guesses_of(password: str, known: Sequence[str]) -> float:
    estimate = zxcvbn(password[:_WEIGHED], user_inputs=[*known, *_COMMON])
    return float(estimate["guesses"])


def _plain(text: str) -> str:
    """Letters and digits only: a mask or a space makes no other password."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False

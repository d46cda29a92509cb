"""Which passwords are refused."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import cast

import anyio

from web.database import fetch_as
from web.errors import Invalid, Throttled, refuse
from web.people.passwords.guesses import guesses
from web.processes.limited import Died, Limits, once
from web.text import fold, too_long

SHORTEST, LONGEST = 8, 200
FEWEST_GUESSES = 10**7
"""The guesses that a password must withstand, as zxcvbn counts; eight random characters withstand 10**8."""
_WEIGHED = 32
"""How many characters are estimated: the worst 32 take 0.3 s, the worst 72 some 12 s."""
_PATIENCE = 15.0
"""Seconds that a password may wait for its estimate, including the queue."""
_LIMITS = Limits(cpu=10, memory=512 * 2**20, patience=120)
_one = anyio.Lock()
"""Estimates run in a process of their own, one at a time: a costly password delays only others who choose one."""
_COMMON = frozenset((Path(__file__).parent / "common_words.txt").read_text().split())
"""Common first choices in Brazil, as folded words."""
_AROUND = 6
"""Digits and marks around a word that make it no harder to guess: `Escola@2026`."""
_LEET = str.maketrans("@40135$7", "aaoiesst")


@dataclass(frozen=True)
class _Facts:
    """Facts about a person that a password must not repeat, once for each name and organization."""

    name: str
    value: str | None
    organization: str | None
    cnpj: str | None


async def known_facts(person: int) -> list[str]:
    """Facts that others may know of a person: names, addresses, their organizations' CNPJ."""
    rows = await fetch_as(
        _Facts,
        "SELECT p.name, i.value, o.name AS organization, o.cnpj FROM person p "
        "LEFT JOIN identity i ON i.person = p.id LEFT JOIN membership m ON m.person = p.id "
        "LEFT JOIN organization o ON o.id = m.organization WHERE p.id = {}",
        person,
    )
    return sorted({value for row in rows for value in astuple(row) if value})


async def refuse_weak(password: str, about: Iterable[str]) -> None:
    """Raises `Invalid` for a password that is short, known from leaks, or made of the person's own data.

    Raises `Throttled` when it could not be estimated in time.
    """
    if len(password) < SHORTEST:
        raise Invalid("password", "too_short")
    refuse({"password": too_long(password, LONGEST)})
    known = [part for text in about for part in (text, _plain(text), *text.replace("@", " ").split())]
    if _is_made_of(password, known) or await _guesses_of(password, known) < FEWEST_GUESSES:
        raise Invalid("password", "easy_to_guess")


async def _guesses_of(password: str, known: Sequence[str]) -> float:
    try:
        async with asyncio.timeout(_PATIENCE), _one:
            return cast("float", await once(guesses, _LIMITS, password[:_WEIGHED], [*known, *_COMMON]))
    except (TimeoutError, Died):
        raise Throttled(wait=5) from None


def _is_made_of(password: str, own: Iterable[str]) -> bool:
    """Whether it is one or two words, common or the person's own, with only a few digits and marks around them."""
    words = {_plain(word) for word in own} - {""}
    return _plain(password) in words or any(_is_said(core, words | _COMMON) for core in _cores(fold(password)))


def _cores(folded: str) -> Iterator[str]:
    """Yields s3nh4@2026 without some of the digits and marks around it, also with signs read as letters."""
    before, after = re.match("[^a-z]*", folded), re.search("[^a-z]*$", folded)
    most_before, most_after = (len(found[0]) if found else 0 for found in (before, after))
    for first in range(min(most_before, _AROUND) + 1):
        for last in range(min(most_after, _AROUND - first) + 1):
            core = folded[first : len(folded) - last]
            yield from {_plain(core), _plain(core.translate(_LEET))}


def _is_said(core: str, words: Set[str]) -> bool:
    return core in words or any(core[:end] in words and core[end:] in words for end in range(3, len(core) - 2))


def _plain(text: str) -> str:
    """Letters and digits only, because masks, accents and spaces make a password no harder to guess."""
    return "".join(c for c in fold(text) if c.isalnum())

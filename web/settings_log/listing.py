"""Reads the log of settings, newest first, a page at a time or for a file."""

from dataclasses import dataclass
from datetime import datetime

from web.database import fetch_as
from web.sql import ALWAYS, Condition
from web.text import singular, sought

PAGE = 50
MOST_EXPORTED = 10_000
_MOST_WORDS = 8
_LAST = 2**62
"""Past every number."""


@dataclass(frozen=True)
class LogFilter:
    """What of the log is looked for; None and empty are any."""

    kind: str = ""
    person: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Recorded:
    """A change as it is kept, and the name of who made it."""

    id: int
    kind: str
    subject: int
    name: str
    before: str | None
    after: str | None
    at: datetime
    person: int
    person_name: str


@dataclass(frozen=True)
class Changer:
    """Somebody who may change settings."""

    id: int
    name: str


async def changes(wanted: LogFilter, *, below: int | None = None, limit: int = PAGE + 1) -> list[Recorded]:
    """Those that match, the newest first, numbered below `below`."""
    return await fetch_as(
        Recorded,
        "SELECT c.id, c.kind, c.subject, c.name, c.before, c.after, c.at, c.person, person.name AS person_name "
        "FROM setting_change c JOIN person ON person.id = c.person "
        f"WHERE c.id < {{}} AND {{}} ORDER BY c.id DESC LIMIT {limit}",
        _LAST if below is None else below,
        _matches(wanted),
    )


async def changers() -> list[Changer]:
    """The leads and administrators, by name."""
    return await fetch_as(
        Changer, "SELECT id, name FROM person WHERE role IN ('lead', 'admin') AND id > 1 ORDER BY name, id"
    )


def _matches(wanted: LogFilter) -> Condition:
    found = ALWAYS
    if wanted.kind:
        found &= Condition("c.kind = {}", (wanted.kind,))
    if wanted.person is not None:
        found &= Condition("c.person = {}", (wanted.person,))
    for forms in sought(wanted.words)[:_MOST_WORDS]:
        found &= _has_one_of(forms)
    return found


def _has_one_of(forms: tuple[str, ...]) -> Condition:
    """A word that is one of these, or begins like it."""
    begins = [each for form in forms for each in {form, singular(form)}]
    some = " OR ".join("(word >= {} AND word < {})" for _ in begins)
    bounds = tuple(bound for each in begins for bound in (each, f"{each}{{"))
    return Condition(f"c.id IN (SELECT change FROM setting_word WHERE {some})", bounds)

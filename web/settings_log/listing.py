"""Reads the log of settings, newest first, page by page or for a download."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from web.database import columns_of, fetch_as, fetch_column, json_list, read_json
from web.errors import Overtaken
from web.settings_log.personal import joined, joined_json
from web.settings_log.recording import Kind
from web.sql import ALWAYS, Condition, literals
from web.text import singular, sought

PAGE = 50
MOST_EXPORTED = 10_000
_MOST_WORDS = 8
_LAST = 2**62
"""Above every number."""


@dataclass(frozen=True)
class LogFilter:
    """A filter of the log; None and empty mean any."""

    kind: str = ""
    person: int | None = None
    words: str = ""
    first: datetime | None = None
    until: datetime | None = None
    """Exclusive."""
    shut_out: Collection[int] = ()
    """Confidential teams whose entries are hidden from the reader."""


@dataclass(frozen=True)
class Recorded:
    """A logged change with the name of its author."""

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
    """A person who may change settings."""

    id: int
    name: str


async def changes(wanted: LogFilter, *, below: int | None = None, limit: int = PAGE + 1) -> list[Recorded]:
    """The changes that match, newest first, numbered below `below`."""
    return await _recorded(
        f"c.id < {{}} AND {{}} ORDER BY c.id DESC LIMIT {limit}",
        _LAST if below is None else below,
        _matches(wanted),
    )


async def changers() -> list[Changer]:
    """The leads and administrators, by name."""
    return await fetch_as(
        Changer, "SELECT id, name FROM person WHERE role IN ('lead', 'admin') AND id > 1 ORDER BY sort_name, id"
    )


async def latest(kind: Kind, subject: int) -> int:
    """The number of a setting's last change; 0 if there is none. Its form carries it as `seen`."""
    return (
        await fetch_column(
            int,
            "SELECT COALESCE(max(id), 0) AS id FROM setting_change WHERE kind = {} AND subject = {}",
            kind,
            subject,
        )
    )[0]


async def latest_each(kind: Kind, subjects: Collection[int]) -> dict[int, int]:
    """As `latest`, of several settings of one kind."""
    rows = await fetch_as(
        _Latest,
        "SELECT subject, max(id) AS id FROM setting_change WHERE kind = {} AND subject IN "
        f"({literals(subjects or (0,))}) GROUP BY subject",
        kind,
    )
    return dict.fromkeys(subjects, 0) | {each.subject: each.id for each in rows}


@dataclass(frozen=True)
class _Latest:
    subject: int
    id: int


async def since(kind: Kind, subject: int, seen: int) -> list[Recorded]:
    """Changes by others after the form was shown, oldest first."""
    return await _recorded(
        f"c.kind = {{}} AND c.subject = {{}} AND c.id > {{}} ORDER BY c.id LIMIT {PAGE}", kind, subject, seen
    )


async def refuse_overtaken(kind: Kind, subject: int, seen: int | None) -> None:
    """Raises `Overtaken` if the setting was changed after its form was shown; `seen` is None without a form."""
    if seen is not None and await latest(kind, subject) > seen:
        raise Overtaken(kind)


@dataclass(frozen=True)
class _Text:
    number: int
    text: str


@dataclass(frozen=True)
class _Kept(Recorded):
    """A change whose personal texts are stored separately, as JSON."""

    texts: str


_TEXTS = "SELECT number, text FROM setting_text WHERE setting_text.change = c.id"
_CHANGES = (
    "SELECT c.id, c.kind, c.subject, c.name, c.before, c.after, c.at, c.person, person.name AS person_name, "
    "{texts} AS texts FROM setting_change c JOIN person ON person.id = c.person WHERE {which}"
)


async def _recorded(which: str, *values: object) -> list[Recorded]:
    sought = _CHANGES.format(texts=json_list(columns_of(_Text), _TEXTS), which=which)
    return [_whole(each) for each in await fetch_as(_Kept, sought, *values)]


def _whole(kept: _Kept) -> Recorded:
    texts = {each.number: each.text for each in read_json(_Text, kept.texts)}
    return replace(
        kept,
        name=joined(kept.name, texts),
        before=joined_json(kept.before, texts),
        after=joined_json(kept.after, texts),
    )


def _matches(wanted: LogFilter) -> Condition:
    found, texts = ALWAYS, ("c.kind = {}", "c.person = {}", "c.at >= {}", "c.at < {}")
    given = (wanted.kind or None, wanted.person, wanted.first, wanted.until)
    for text, value in zip(texts, given, strict=True):
        if value is not None:
            found &= Condition(text, (value,))
    if wanted.shut_out:
        found &= Condition(f"COALESCE(c.team, 0) NOT IN ({literals(wanted.shut_out)})")
    for forms in sought(wanted.words)[:_MOST_WORDS]:
        found &= _has_one_of(forms)
    return found


def _has_one_of(forms: tuple[str, ...]) -> Condition:
    """A word that equals one of these, or begins with it."""
    begins = [each for form in forms for each in {form, singular(form)}]
    some = " OR ".join("(word >= {} AND word < {})" for _ in begins)
    bounds = tuple(bound for each in begins for bound in (each, f"{each}{{"))
    return Condition(f"c.id IN (SELECT change FROM setting_word WHERE {some})", bounds)

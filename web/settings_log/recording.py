"""Writes the log of settings, in the same transaction as each change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from web import sql
from web.database import execute, within
from web.settings_log.personal import Apart, Personal, Value
from web.settings_log.tables import SettingChange
from web.text import terms

Values = Mapping[str, Value]

LONGEST_NAME = 300
MOST_WORDS = 2_000
"""The most indexed words of a change."""
_AT_ONCE = 5_000
"""Words in one statement."""


class Kind(StrEnum):
    """Kinds of settings, whose changes are all logged."""

    CALENDAR = "calendar"
    CLOSURE = "closure"
    TARGET = "target"
    ORGANIZATION = "organization"
    PERSON = "person"
    MERGE = "merge"
    ERASURE = "erasure"
    MEMBERSHIP = "membership"
    TEAM = "team"
    CATEGORY = "category"
    TOPIC = "topic"
    FIELD = "field"
    WORKFLOW = "workflow"
    CANNED = "canned"
    KEY = "key"
    BRAND = "place"
    WEBHOOK = "webhook"
    MAILBOX = "mailbox"
    IMPORT = "import"
    SECTION = "section"
    SYNONYM = "synonym"
    ARTICLE = "article"
    KIOSK = "kiosk"


@dataclass(frozen=True)
class Change:
    """A change: `subject` is the id of the setting. No `before` if it was created, no `after` if it was removed."""

    kind: Kind
    subject: int
    name: str
    before: Values | None
    after: Values | None
    team: int | None = None
    """The confidential team that alone may read the entry, as long as it is confidential."""


async def record_change(
    kind: Kind,
    subject: int,
    name: str,
    before: Values | None,
    after: Values | None,
    *,
    team: int | None = None,
    by: int,
    at: datetime,
) -> None:
    """Logs a change with the fields that differ; does nothing if none does. `by` is a person's id."""
    await record_changes([Change(kind, subject, name, before, after, team)], by=by, at=at)


async def record_changes(changes: Iterable[Change], *, by: int, at: datetime) -> None:
    """Logs several changes, in as many statements as one."""
    told = [(each, *_differing(each.before, each.after)) for each in changes]
    told = [(each, old, new) for each, old, new in told if old != new]
    if not told:
        return
    async with within():
        parts = [Apart() for _ in told]
        rows = [
            SettingChange(
                kind=each.kind,
                subject=each.subject,
                name=part.text(each.name)[:LONGEST_NAME],
                before=part.json(old),
                after=part.json(new),
                person=by,
                at=at,
                team=each.team,
            )
            for part, (each, old, new) in zip(parts, told, strict=True)
        ]
        numbers = await _insert(rows)
        await keep_apart({number: part.texts for number, part in zip(numbers, parts, strict=True)})
        said = {number: (each.name, old, new) for number, (each, old, new) in zip(numbers, told, strict=True)}
        await _index({change: [name, *texts_of(old), *texts_of(new)] for change, (name, old, new) in said.items()})


async def _insert(rows: Sequence[SettingChange]) -> list[int]:
    """Inserts the rows. Returns their numbers, by contents, because databases return rows in any order."""
    made: dict[tuple[object, ...], list[int]] = {}
    for row in await SettingChange.insert(*rows).returning(SettingChange.id, *_CONTENTS):
        number = int(row.pop("id"))
        made.setdefault(tuple(row.values()), []).append(number)
    return [made[tuple(row[each._meta.name] for each in _CONTENTS)].pop() for row in rows]


_CONTENTS = (SettingChange.kind, SettingChange.subject, SettingChange.name, SettingChange.before, SettingChange.after)


def _differing(before: Values | None, after: Values | None) -> tuple[Values | None, Values | None]:
    if before is None or after is None:
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


async def keep_apart(texts: Mapping[int, Sequence[Personal]]) -> None:
    rows = [
        (change, number, each.person, str(each))
        for change, some in texts.items()
        for number, each in enumerate(some, start=1)
    ]
    for begin in range(0, len(rows), _AT_ONCE):
        insert = "INSERT INTO setting_text (change, number, person, text) VALUES {}"
        await execute(insert, sql.rows(rows[begin : begin + _AT_ONCE]))


async def _index(texts: Mapping[int, Sequence[str]]) -> None:
    words = [(word, number, person) for number, some in texts.items() for word, person in words_of(some).items()]
    for begin in range(0, len(words), _AT_ONCE):
        insert = "INSERT INTO setting_word (word, change, person) VALUES {}"
        await execute(insert, sql.rows(words[begin : begin + _AT_ONCE]))


def words_of(texts: Sequence[str]) -> dict[str, int | None]:
    """The person of each word; None if it also stands in other texts."""
    people = {each.person for each in texts if isinstance(each, Personal)}
    found: dict[str, int | None] = {}
    for whose in (None, *people):
        some = " ".join(each for each in texts if getattr(each, "person", None) == whose)
        for word in terms(some)[:MOST_WORDS]:
            found.setdefault(word, whose)
    return found


def texts_of(values: Values | None) -> list[str]:
    """All texts in the values."""
    return [text for value in (values or {}).values() for text in _flat(value)]


def _flat(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in _flat(each)] if isinstance(value, Iterable) else []

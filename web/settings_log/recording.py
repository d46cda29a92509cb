"""Writes the log of settings: one function, which whatever changes a setting calls in the same transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from web import sql
from web.database import execute, within
from web.settings_log.tables import SettingChange
from web.text import terms

Value = str | int | float | bool | None | Iterable["Value"]
"""What a field of a setting holds: JSON. Names instead of ids, since people read it."""

Values = Mapping[str, Value]

LONGEST_NAME = 300
MOST_WORDS = 2_000
"""Of one change that are indexed."""
_AT_ONCE = 5_000
"""Words in one statement."""


class Kind(StrEnum):
    """What can be changed."""

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
    PLACE = "place"
    WEBHOOK = "webhook"
    MAILBOX = "mailbox"
    IMPORT = "import"
    SECTION = "section"
    SYNONYM = "synonym"


@dataclass(frozen=True)
class Change:
    """What was changed: `subject` is its id. No `before` for what is created, no `after` for what is removed."""

    kind: Kind
    subject: int
    name: str
    before: Values | None
    after: Values | None


async def record_change(
    kind: Kind, subject: int, name: str, before: Values | None, after: Values | None, *, by: int, at: datetime
) -> None:
    """Adds a change to the log: only the fields that differ, and nothing if none does; `by` is a person's id."""
    await record_changes([Change(kind, subject, name, before, after)], by=by, at=at)


async def record_changes(changes: Iterable[Change], *, by: int, at: datetime) -> None:
    """The same of several, in as many statements."""
    told = [(each, *_differing(each.before, each.after)) for each in changes]
    told = [(each, old, new) for each, old, new in told if old != new]
    if not told:
        return
    async with within():
        rows = [
            SettingChange(
                kind=each.kind,
                subject=each.subject,
                name=each.name[:LONGEST_NAME],
                before=_json(old),
                after=_json(new),
                person=by,
                at=at,
            )
            for each, old, new in told
        ]
        await SettingChange.insert(*rows)
        await _index(
            {row.id: [each.name, *_texts(old), *_texts(new)] for row, (each, old, new) in zip(rows, told, strict=True)}
        )


def _differing(before: Values | None, after: Values | None) -> tuple[Values | None, Values | None]:
    if before is None or after is None:
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, default=list)


async def _index(texts: Mapping[int, Sequence[str]]) -> None:
    words = [(word, number) for number, some in texts.items() for word in terms(" ".join(some))[:MOST_WORDS]]
    for begin in range(0, len(words), _AT_ONCE):
        insert = "INSERT INTO setting_word (word, change) VALUES {}"
        await execute(insert, sql.rows(words[begin : begin + _AT_ONCE]))


def _texts(values: Values | None) -> list[str]:
    """All that is text in it."""
    return [text for value in (values or {}).values() for text in _flat(value)]


def _flat(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in _flat(each)] if isinstance(value, Iterable) else []

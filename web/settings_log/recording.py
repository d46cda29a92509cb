"""Writes the log of settings: one function, which whatever changes a setting calls in the same transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from web.database import execute, within
from web.settings_log.tables import SettingChange
from web.sql import Fragment
from web.text import terms

Value = str | int | float | bool | None | Iterable["Value"]
"""What a field of a setting holds: JSON. Names instead of ids, since people read it."""

Values = Mapping[str, Value]

LONGEST_NAME = 300
MOST_WORDS = 2_000
"""Of one change that are indexed."""


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


async def record_change(
    kind: Kind, subject: int, name: str, before: Values | None, after: Values | None, *, by: int, at: datetime
) -> None:
    """Adds a change to the log: only the fields that differ, and nothing if none does.

    `subject` is the id of what was changed, `by` that of the person. `before` is None for what is created, `after` for
    what is removed.
    """
    old, new = _differing(before, after)
    if old == new:
        return
    async with within():
        row = SettingChange(
            kind=kind,
            subject=subject,
            name=name[:LONGEST_NAME],
            before=_json(old),
            after=_json(new),
            person=by,
            at=at,
        )
        await row.save()
        await _index(row.id, [name, *_texts(old), *_texts(new)])


def _differing(before: Values | None, after: Values | None) -> tuple[Values | None, Values | None]:
    if before is None or after is None:
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, default=list)


async def _index(number: int, texts: list[str]) -> None:
    rows = [Fragment("({}, {})", (word, number)) for word in terms(" ".join(texts))[:MOST_WORDS]]
    if rows:
        places = ", ".join("{}" for _ in rows)
        await execute(f"INSERT INTO setting_word (word, change) VALUES {places}", *rows)


def _texts(values: Values | None) -> list[str]:
    """All that is text in it."""
    return [text for value in (values or {}).values() for text in _flat(value)]


def _flat(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in _flat(each)] if isinstance(value, Iterable) else []

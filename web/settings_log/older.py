"""Moves personal data out of old log entries, step by step, once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from web.database import execute, fetch_as
from web.settings_log.personal import Apart, Personal, Value
from web.settings_log.recording import keep_apart, texts_of, words_of
from web.sql import values

AT_ONCE = 500
_THEIRS = ("name", "identities", "phones", "signature")
"""Fields with personal data of the changed person."""
_OTHERS = ("members", "stand_in")
"""Fields that name other people."""


@dataclass(frozen=True)
class _Old:
    """An old entry. `remaining` and `merged` are the accounts of a merge."""

    id: int
    kind: str
    subject: int
    name: str
    before: str | None
    after: str | None
    remaining: int | None
    merged: int | None


@dataclass(frozen=True)
class _Named:
    id: int
    name: str


async def separate() -> None:
    """Call it while the database allows changes of the log. A second run finds nothing to do."""
    people, erased, last = await _people(), await _erased(), 0
    while rows := await fetch_as(_Old, _OLD, last):
        for row in rows:
            await _separate(row, people, erased)
        last = rows[-1].id


_OLD = f"""
SELECT c.id, c.kind, c.subject, c.name, c.before, c.after, m.remaining, m.merged FROM setting_change c
LEFT JOIN account_merge m ON c.kind = 'merge' AND m.id = c.subject
WHERE c.id > {{}} AND c.kind IN ('person', 'membership', 'merge', 'team')
AND NOT EXISTS (SELECT 1 FROM setting_text t WHERE t.change = c.id) ORDER BY c.id LIMIT {AT_ONCE}
"""


async def _people() -> dict[str, int]:
    """People by their present and former names, if nobody else ever had that name."""
    found: dict[str, set[int]] = {}
    for each in await fetch_as(
        _Named, "SELECT id, name FROM person UNION SELECT subject, name FROM setting_change WHERE kind = 'person'"
    ):
        found.setdefault(each.name, set()).add(each.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


async def _erased() -> dict[int, str]:
    """Erased people, with the accounts merged into theirs, and their present names."""
    rows = await fetch_as(
        _Named,
        "WITH RECURSIVE gone (id) AS (SELECT subject FROM setting_change WHERE kind = 'erasure' UNION SELECT a.merged "
        "FROM account_merge a JOIN gone ON gone.id = a.remaining AND a.parted_at IS NULL) "
        "SELECT person.id, person.name FROM gone JOIN person ON person.id = gone.id",
    )
    return {each.id: each.name for each in rows}


async def _separate(row: _Old, people: Mapping[str, int], erased: Mapping[int, str]) -> None:
    whose = row.remaining if row.kind == "merge" else None if row.kind == "team" else row.subject
    name = Personal(row.name, whose) if whose else row.name
    before, after = _marked(row, row.before, people), _marked(row, row.after, people)
    apart = Apart()
    said = (apart.text(name), apart.json(before), apart.json(after))
    if not apart.texts:
        return
    await execute("UPDATE setting_change SET name = {}, before = {}, after = {} WHERE id = {}", *said, row.id)
    await keep_apart({row.id: [Personal(erased.get(each.person, each), each.person) for each in apart.texts]})
    words = words_of([name, *texts_of(before), *texts_of(after)])
    for person in {each.person for each in apart.texts}:
        own = values(word for word, its in words.items() if its == person)
        if person in erased:
            await execute("DELETE FROM setting_word WHERE change = {} AND word IN ({})", row.id, own)
        else:
            await execute("UPDATE setting_word SET person = {} WHERE change = {} AND word IN ({})", person, row.id, own)


def _marked(row: _Old, told: str | None, people: Mapping[str, int]) -> dict[str, Value] | None:
    """The values of a change with personal data marked."""
    if told is None:
        return None
    return {name: _value(row, name, value, people) for name, value in json.loads(told).items()}


def _value(row: _Old, name: str, value: Value, people: Mapping[str, int]) -> Value:
    if isinstance(value, list):
        return [_value(row, name, each, people) for each in value]
    if not isinstance(value, str):
        return value
    if name in _OTHERS:
        return Personal(value, people[value]) if value in people else value
    if row.kind == "merge" and name == "merged" and row.merged:
        return Personal(value, row.merged)
    return Personal(value, row.subject) if row.kind == "person" and name in _THEIRS else value

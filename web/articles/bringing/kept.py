"""Help centres as leads bring them: kept, begun, listed, forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.articles.imports.incoming import Remark
from web.articles.writing import check_publisher
from web.database import columns_of, execute, fetch_as, fetch_column
from web.errors import NotFound, NotFromHere, refuse
from web.people.permissions import Actor

KEPT = timedelta(days=30)
SHOWN = 50
AUDIENCES = ("agents", "signed_in", "everybody")
LONGEST_SECTION = 300
RUNNING = ("checking", "importing")


@dataclass(frozen=True)
class ImportShown:
    """An import with its counts; in state `checked` they say what would be."""

    id: int
    name: str
    person_name: str
    made_at: datetime
    state: str
    total: int
    done: int
    created: int
    changed: int
    same: int
    refused: int
    report: str
    error: str

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def may_begin(self) -> bool:
        """Once it was tried out, and where it would change anything."""
        return self.state == "checked" and bool(self.created or self.changed)

    @property
    def remarks(self) -> list[tuple[Remark, str]]:
        """With the title of the article, where it has one."""
        return [(Remark(place, code, about), title) for place, title, code, about in json.loads(self.report)]


async def keep(
    file: tuple[str, str, int], audience: str, section: str, *, by: Actor, at: datetime, form_key: str | None = None
) -> int:
    """Keeps a file, by name, hash and size, and has it tried out; the same number for the same form sent again.

    Raises `Invalid`.
    """
    check_publisher(by)
    refuse(
        {
            "audience": None if audience in AUDIENCES else "unknown",
            "section": "too_long" if len(section) > LONGEST_SECTION else None,
        }
    )
    made = await fetch_column(int, _KEPT, by.id, *file, at, form_key, audience, section)
    return made[0] if made else (await fetch_column(int, _BY_FORM, form_key, by.id))[0]


_KEPT = (
    "INSERT INTO article_import (person, name, sha256, size, made_at, form_key, audience, section) "
    "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (form_key) DO NOTHING RETURNING id"
)
_BY_FORM = "SELECT id FROM article_import WHERE form_key = {} AND person = {}"

_COLUMNS = ", ".join(
    "p.name AS person_name" if each == "person_name" else f"i.{each}" for each in columns_of(ImportShown)
)
_SHOWN = f"SELECT {_COLUMNS} FROM article_import i JOIN person p ON p.id = i.person "


async def listed() -> list[ImportShown]:
    """The latest first."""
    return await fetch_as(ImportShown, f"{_SHOWN} ORDER BY i.id DESC LIMIT {SHOWN}")


async def find(number: int) -> ImportShown:
    """Raises `NotFound`."""
    rows = await fetch_as(ImportShown, f"{_SHOWN} WHERE i.id = {{}}", number)
    if not rows:
        raise NotFound("import")
    return rows[0]


async def begin(number: int, *, by: Actor) -> None:
    """Has the worker do what was tried out. Raises `NotFound`, `NotFromHere`."""
    check_publisher(by)
    if not (await find(number)).may_begin:
        raise NotFromHere("import")
    begun = (
        "UPDATE article_import SET state = 'importing', run = run + 1, total = 0, done = 0, created = 0, changed = 0, "
        "same = 0, refused = 0, report = '[]', claimed_until = NULL WHERE id = {} AND state = 'checked' RETURNING id"
    )
    if not await fetch_column(int, begun, number):
        raise NotFromHere("import")
    audit.note("article_import_begun", person=by.id, number=number)


async def known_hashes(hashes: list[str]) -> set[str]:
    """Of these contents, those that are files of imports."""
    values = ", ".join("{}" for _ in hashes)
    sought = f"SELECT DISTINCT sha256 FROM article_import WHERE sha256 IN ({values})"
    return set(await fetch_column(str, sought, *hashes)) if hashes else set()


async def sweep(at: datetime) -> None:
    """Forgets those that were done, or brought and left, more than a month ago."""
    await execute("DELETE FROM article_import WHERE COALESCE(finished_at, made_at) < {}", at - KEPT)

"""Imports as leads see them: brought, their columns matched, tried out, begun, listed, forgotten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from web import audit
from web.database import columns_of, execute, fetch_as, fetch_column, transaction
from web.errors import Invalid, NotFound, NotFromHere, NotPermitted
from web.imports import columns as naming
from web.imports.columns import Columns
from web.imports.sheets import Rows
from web.people.permissions import Actor

KEPT = timedelta(days=30)
SHOWN = 50
"""Imports in the list."""
_SAMPLED_CELL = 40
"""Letters of a cell in the sample."""


class State(StrEnum):
    """How far an import has come."""

    MATCHING = "matching"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"


RUNNING = (State.CHECKING, State.IMPORTING)
OPEN = (State.MATCHING, State.CHECKING, State.CHECKED, State.FAILED)
"""Before anything was written its columns can be matched anew."""


@dataclass(frozen=True)
class ImportShown:
    """An import with its counts; in state `checked` they say what would be."""

    id: int
    name: str
    person_name: str
    made_at: datetime
    state: str
    header: int
    invites: bool
    total: int
    done: int
    organizations: int
    created: int
    changed: int
    same: int
    refused: int
    finished_at: datetime | None
    error: str

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def may_begin(self) -> bool:
        """Once it was tried out, and where it would change anything."""
        return self.state == State.CHECKED and bool(self.organizations or self.created or self.changed)

    @property
    def may_match(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class Matching:
    """The first rows of an import, and what its columns are taken for."""

    sample: Rows
    header: int
    columns: Columns

    @property
    def highest(self) -> int:
        """The last line in which the names of the columns may stand."""
        return min(len(self.sample), naming.HIGHEST)


@dataclass(frozen=True)
class _Kept:
    """A matching as it is kept, in JSON."""

    sample: str
    header: int
    columns: str


async def keep(
    name: str, sha256: str, size: int, rows: Rows, *, by: Actor, at: datetime, form_key: str | None = None
) -> int:
    """The number of a new import, with its columns matched by name; the same for the same form sent again."""
    check_lead(by)
    header = naming.header_of(rows)
    sample = [[cell[:_SAMPLED_CELL] for cell in row] for row in rows[: naming.HIGHEST + naming.SAMPLED]]
    columns = naming.matched(rows[header - 1]) if header else {}
    kept = (by.id, name, sha256, size, at, form_key, json.dumps(sample), header, json.dumps(columns))
    made = await fetch_column(int, _KEPT, *kept)
    return made[0] if made else (await fetch_column(int, _BY_FORM, form_key, by.id))[0]


_KEPT = (
    "INSERT INTO people_import (person, name, sha256, size, made_at, form_key, sample, header, columns) "
    "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (form_key) DO NOTHING RETURNING id"
)
_BY_FORM = "SELECT id FROM people_import WHERE form_key = {} AND person = {}"

_COLUMNS = ", ".join(
    "p.name AS person_name" if name == "person_name" else f"i.{name}" for name in columns_of(ImportShown)
)
_SHOWN = f"SELECT {_COLUMNS} FROM people_import i JOIN person p ON p.id = i.person "


async def listed() -> list[ImportShown]:
    return await fetch_as(ImportShown, f"{_SHOWN} ORDER BY i.id DESC LIMIT {SHOWN}")


async def find(number: int) -> ImportShown:
    """Raises `NotFound`."""
    rows = await fetch_as(ImportShown, f"{_SHOWN} WHERE i.id = {{}}", number)
    if not rows:
        raise NotFound("import")
    return rows[0]


async def matching(number: int) -> Matching:
    """Raises `NotFound`."""
    rows = await fetch_as(_Kept, "SELECT sample, header, columns FROM people_import WHERE id = {}", number)
    if not rows:
        raise NotFound("import")
    return Matching(json.loads(rows[0].sample), rows[0].header, json.loads(rows[0].columns))


async def try_out(number: int, columns: Columns, header: int, *, by: Actor) -> None:
    """Has the worker say what an import by these columns would do. Raises `Invalid`, `NotFound`, `NotFromHere`."""
    check_lead(by)
    if header > (await matching(number)).highest:
        raise Invalid("header", "unknown")
    naming.check(columns)
    if not await _begun(number, State.CHECKING, OPEN, json.dumps(columns), header, False):
        raise NotFromHere("import")
    audit.note("import_tried", person=by.id, number=number)


async def begin(number: int, *, invites: bool, by: Actor) -> None:
    """Has the worker do what was tried out. Raises `NotFound`, `NotFromHere`."""
    check_lead(by)
    if not (await find(number)).may_begin:
        raise NotFromHere("import")
    known = await matching(number)
    if not await _begun(number, State.IMPORTING, (State.CHECKED,), json.dumps(known.columns), known.header, invites):
        raise NotFromHere("import")
    audit.note("import_begun", person=by.id, number=number, invites=invites)


async def _begun(
    number: int, state: State, since: Sequence[State], columns: str, header: int, invites: bool
) -> list[int]:
    """From the first step on."""
    froms = ", ".join("{}" for _ in since)
    async with transaction():
        begun = await fetch_column(
            int,
            "UPDATE people_import SET state = {}, columns = {}, header = {}, invites = {}, run = run + 1, total = 0, "
            "done = 0, organizations = 0, created = 0, changed = 0, same = 0, refused = 0, error = '', "
            f"claimed_until = NULL WHERE id = {{}} AND state IN ({froms}) RETURNING id",
            *(state.value, columns, header, invites, number),
            *(each.value for each in since),
        )
        if begun:
            await execute("DELETE FROM people_import_line WHERE people_import = {}", number)
    return begun


def check_lead(by: Actor) -> None:
    if not by.is_lead:
        raise NotPermitted("import")


async def known_hashes(hashes: list[str]) -> set[str]:
    """Of these contents, those that are files of imports."""
    values = ", ".join("{}" for _ in hashes)
    sought = f"SELECT DISTINCT sha256 FROM people_import WHERE sha256 IN ({values})"
    return set(await fetch_column(str, sought, *hashes)) if hashes else set()


async def sweep(at: datetime) -> None:
    """Forgets those that were done, or brought and left, more than a month ago."""
    over = "COALESCE(finished_at, made_at) < {}"
    async with transaction():
        lines = f"DELETE FROM people_import_line WHERE people_import IN (SELECT id FROM people_import WHERE {over})"
        await execute(lines, at - KEPT)
        await execute(f"DELETE FROM people_import WHERE {over}", at - KEPT)

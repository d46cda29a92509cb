"""Imports of people for leads: uploaded, columns matched, tried out, started, deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from web import audit
from web.database import execute, existing, fetch_as, transaction
from web.errors import Invalid, NotFromHere
from web.imports.people import columns as naming
from web.imports.people.columns import Columns
from web.imports.people.sheets import Rows
from web.imports.progress import KEPT, Brought, Import, Imports, Run, State, check_lead
from web.imports.tables import PeopleImportLine
from web.people.permissions import Actor

_SAMPLED_CELL = 40
"""The most characters of a cell in the sample."""
OPEN = (State.MATCHING, State.CHECKING, State.CHECKED, State.FAILED)
"""States before anything was written, in which columns can be matched again."""


@dataclass(frozen=True)
class PeopleImport(Import):
    """An import, with what it creates besides people."""

    organizations: int

    @property
    def would_change(self) -> bool:
        return super().would_change or bool(self.organizations)

    @property
    def may_match(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class PeopleRun(Run):
    """A running import, with how its lines are read and its progress."""

    header: int
    columns: str
    invites: bool
    done: int


IMPORTS = Imports("people_import", PeopleImport, PeopleRun, claimed_for=timedelta(seconds=15))
"""The time is longer than a step takes. Reading the file may take longer; then another worker reads it as well."""


@dataclass(frozen=True)
class Matching:
    """The first rows of an import, and the fields of its columns."""

    sample: Rows
    header: int
    columns: Columns

    @property
    def highest(self) -> int:
        """The last line that can be the header."""
        return min(len(self.sample), naming.HIGHEST)


@dataclass(frozen=True)
class _Kept:
    """A matching as stored, in JSON."""

    sample: str
    header: int
    columns: str


async def upload(file: Brought, rows: Rows, *, by: Actor, at: datetime, form_key: str | None = None) -> int:
    """Creates an import with its columns matched by name.

    Returns its number, which is the same if the form is sent again.
    """
    check_lead(by)
    header = naming.header_of(rows)
    sample = json.dumps([[cell[:_SAMPLED_CELL] for cell in row] for row in rows[: naming.HIGHEST + naming.SAMPLED]])
    columns = json.dumps(naming.matched(rows[header - 1]) if header else {})
    told = {"state": State.MATCHING.value, "sample": sample, "header": header, "columns": columns}
    return await IMPORTS.upload(file, form_key, by, at, **told)


async def matching(number: int) -> Matching:
    """Returns the matching. Raises `NotFound`."""
    sought = "SELECT sample, header, columns FROM people_import WHERE id = {}"
    row = existing(await fetch_as(_Kept, sought, number), "import")
    return Matching(json.loads(row.sample), row.header, json.loads(row.columns))


async def try_out(number: int, columns: Columns, header: int, *, by: Actor) -> None:
    """Has the worker report what an import with these columns would do. Raises `Invalid`, `NotFound`, `NotFromHere`."""
    check_lead(by)
    if header > (await matching(number)).highest:
        raise Invalid("header", "unknown")
    naming.check(columns)
    matched = {"columns": json.dumps(columns), "header": header, "invites": False}
    if not await _begun(number, State.CHECKING, OPEN, **matched):
        raise NotFromHere("import")
    audit.note("import_tried", person=by.id, number=number)


async def begin(number: int, *, invites: bool, by: Actor) -> None:
    """Starts the import that was tried out. Raises `NotFound`, `NotFromHere`."""
    check_lead(by)
    if not (await IMPORTS.find(number)).may_begin:
        raise NotFromHere("import")
    if not await _begun(number, State.IMPORTING, (State.CHECKED,), invites=invites):
        raise NotFromHere("import")
    audit.note("import_begun", person=by.id, number=number, invites=invites)


async def discard(number: int, *, by: Actor) -> None:
    """Deletes an import that waits, with its lines. Raises `NotFound`, `NotFromHere`."""
    async with transaction():
        await PeopleImportLine.delete().where(PeopleImportLine.people_import == number)
        await IMPORTS.discard(number, by=by)


async def _begun(number: int, state: State, since: Sequence[State], **columns: object) -> bool:
    """Restarts the import at its first step."""
    async with transaction():
        begun = await IMPORTS.begin(number, state, since, organizations=0, **columns)
        if begun:
            await PeopleImportLine.delete().where(PeopleImportLine.people_import == number)
    return begun


async def sweep(at: datetime) -> None:
    """Deletes old imports with their lines."""
    over = "SELECT id FROM people_import WHERE COALESCE(finished_at, made_at) < {}"
    async with transaction():
        await execute(f"DELETE FROM people_import_line WHERE people_import IN ({over})", at - KEPT)
        await IMPORTS.sweep(at)

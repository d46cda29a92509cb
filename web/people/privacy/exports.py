"""Exports of personal data: requested by the person, built by the worker, and kept for a week for them only."""

import json
import tempfile
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from anyio.to_thread import run_sync

from web import audit
from web.database import dialect, execute, existing, fetch_as, fetch_column, json_list
from web.errors import Invalid
from web.people.permissions import Actor
from web.people.privacy.export_parts import FILES, PARTS, Part
from web.people.privacy.tables import DataExport
from web.storage import Storage, pieces_of

KEPT = timedelta(days=7)
CLAIMED_FOR = timedelta(hours=1)
_LARGEST = 2**40


@dataclass(frozen=True)
class Export:
    """A requested export; without `ready_at` it is still to be built."""

    id: int
    asked_at: datetime
    ready_at: datetime | None
    sha256: str | None
    size: int

    @property
    def ends_at(self) -> datetime | None:
        return self.ready_at + KEPT if self.ready_at else None


@dataclass(frozen=True)
class _Claimed:
    id: int
    person: int


@dataclass(frozen=True)
class _File:
    """A file of the person, as its row of JSON names it."""

    id: int
    name: str
    size: int
    sha256: str


async def ask(*, by: Actor, at: datetime) -> None:
    """Requests an export, which the worker starts at once; an older one is deleted.

    Raises `Invalid` while one is being built.
    """
    await execute("DELETE FROM data_export WHERE person = {} AND ready_at IS NOT NULL", by.id)
    made = await fetch_column(
        int,
        "INSERT INTO data_export (person, asked_at, due_at, size) VALUES ({}, {}, {}, 0) "
        "ON CONFLICT (person) DO NOTHING RETURNING id",
        *(by.id, at, at),
    )
    if not made:
        raise Invalid("export", "export_waiting")
    audit.note("data_export", person=by.id)


async def latest(person: int, *, at: datetime) -> Export | None:
    """The person's latest export, unless it has expired."""
    found = await fetch_as(Export, f"{_EXPORT} WHERE person = {{}} AND {_LIVE}", person, at - KEPT)
    return found[0] if found else None


async def find(number: int, *, by: Actor, at: datetime) -> Export:
    """One of one's own exports that can be downloaded. Raises `NotFound`."""
    sought = f"{_EXPORT} WHERE id = {{}} AND person = {{}} AND ready_at IS NOT NULL AND {_LIVE}"
    return existing(await fetch_as(Export, sought, number, by.id, at - KEPT), "export")


_EXPORT = "SELECT id, asked_at, ready_at, sha256, size FROM data_export"
_LIVE = "(ready_at IS NULL OR ready_at > {})"


async def run_due(at: datetime, *, storage: Storage) -> None:
    """Builds the waiting exports, each by one worker; if that dies, another takes over after an hour."""
    skip = dialect(sqlite="", postgres=" FOR UPDATE SKIP LOCKED")
    claim = (
        "UPDATE data_export SET due_at = {} WHERE id = (SELECT id FROM data_export WHERE ready_at IS NULL "
        f"AND due_at <= {{}} ORDER BY due_at, id LIMIT 1{skip}) RETURNING id, person"
    )
    while claimed := await fetch_as(_Claimed, claim, at + CLAIMED_FOR, at):
        await _build(claimed[0], at, storage)


async def _build(export: _Claimed, at: datetime, storage: Storage) -> None:
    with tempfile.TemporaryFile() as file:
        await write(file, export.person, storage=storage)
        stored = await storage.receive(pieces_of(file), limit=_LARGEST)
    await DataExport.update(
        {DataExport.ready_at: at, DataExport.sha256: stored.sha256, DataExport.size: stored.size}
    ).where(DataExport.id == export.id)


async def write(file: IO[bytes], person: int, *, storage: Storage) -> None:
    """Writes the whole export as a ZIP file, a page of rows and a piece of a file at a time."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in PARTS:
            with archive.open(f"{part.name}.json", "w", force_zip64=True) as out:
                await _write_part(out, part, person)
        async for each in _files(person):
            if await storage.exists(each.sha256):
                name = each.name.replace("/", "_").replace("\\", "_")
                with archive.open(f"files/{each.id}-{name}", "w", force_zip64=True) as out:
                    async for piece in storage.read(each.sha256, 0, each.size):
                        await run_sync(out.write, piece)


async def _write_part(out: IO[bytes], part: Part, person: int) -> None:
    begun = b"["
    async for rows in _pages(part, person):
        text = ",".join("\n" + json.dumps(row, ensure_ascii=False) for row in rows)
        await run_sync(out.write, begun + text.encode())
        begun = b","
    out.write(b"\n]\n" if begun == b"," else b"[]\n")


async def _pages(part: Part, person: int) -> AsyncIterator[list[dict[str, object]]]:
    """Yields the rows, at most `AT_ONCE` in each page."""
    after = 0
    while True:
        listed = json_list(part.columns, part.page(person, after))
        rows = json.loads((await fetch_column(str, f"SELECT {listed} AS rows"))[0])
        if not rows:
            return
        yield rows
        after = int(rows[-1]["id"])


async def _files(person: int) -> AsyncIterator[_File]:
    async for rows in _pages(FILES, person):
        for row in rows:
            yield _File(int(str(row["id"])), str(row["name"]), int(str(row["size"])), str(row["sha256"]))


async def sweep(at: datetime) -> None:
    """Deletes expired exports; the storage sweep deletes their files."""
    await execute("DELETE FROM data_export WHERE ready_at < {}", at - KEPT)

"""Commands about imports of people and organizations: list, create."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from web import clock
from web.commands.runner import Partial, Told, add, operator
from web.errors import Invalid, Unreadable
from web.settings import settings

if TYPE_CHECKING:
    from web.imports.people.uploads import PeopleImport
    from web.storage import Storage

COUNTED = ("organizations", "created", "changed", "same", "refused")
PAUSE = 0.5
"""Seconds between checks of an import that a worker has taken."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("import", help="People and organizations from a file.")
    ways = parser.add_subparsers(required=True, metavar="what")
    add(ways, "list", listed)
    bringing = add(ways, "create", bring)
    bringing.add_argument("file", type=Path, help="CSV, XLSX, XLS or ODS, with column names")
    bringing.add_argument("--dry-run", action="store_true", help="report only, change nothing")


async def listed(chosen: argparse.Namespace) -> Sequence[Told]:
    """Imports of the last weeks, latest first."""
    from web.imports.people.uploads import IMPORTS

    told = ("id", "name", "state", "total", *COUNTED)
    return [{name: getattr(each, name) for name in told} for each in await IMPORTS.listed()]


async def bring(chosen: argparse.Namespace) -> Sequence[Told]:
    """Imports people and organizations from a file, and reports refused lines."""
    from web.imports.people import uploads
    from web.processes.priority import go_after_pages
    from web.storage import Storage

    go_after_pages()
    by, storage = operator(), Storage.at(settings().storage)
    number = await _keep(chosen.file, storage)
    matching = await uploads.matching(number)
    await uploads.try_out(number, matching.columns, matching.header, by=by)
    shown = await _done(number, storage)
    if not chosen.dry_run and shown.may_begin:
        await uploads.begin(number, invites=False, by=by)
        shown = await _done(number, storage)
    return await _report(shown)


async def _keep(file: Path, storage: "Storage") -> int:
    from web.imports.people import sandbox, uploads
    from web.imports.people.sheets import LARGEST
    from web.imports.progress import Brought
    from web.text import clean_text

    raw = await asyncio.to_thread(_read, file)
    try:
        rows = await sandbox.rows(raw)
    except Unreadable as refused:
        raise Invalid(str(refused.line) if refused.line else "file", refused.code) from None

    async def whole() -> AsyncIterator[bytes]:
        yield raw

    stored = await storage.receive(whole(), limit=LARGEST)
    brought = Brought(clean_text(file.name), stored.sha256, stored.size)
    return await uploads.upload(brought, rows, by=operator(), at=clock.now())


def _read(file: Path) -> bytes:
    """The file, and of one that is too large no more than shows it."""
    from web.imports.people.sheets import LARGEST

    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


async def _done(number: int, storage: "Storage") -> "PeopleImport":
    """Waits until the import has ended, here or in a worker."""
    from web.imports.people import worker
    from web.imports.people.uploads import IMPORTS

    while (shown := await IMPORTS.find(number)).is_running:
        await worker.go_on(number, storage=storage, now=clock.now)
        if (await IMPORTS.find(number)).is_running:
            await asyncio.sleep(PAUSE)
    if shown.error:
        raise Invalid("file", shown.error)
    return shown


async def _report(shown: "PeopleImport") -> Sequence[Told]:
    from web.imports.people import reports
    from web.pages.words.settings.imports import why_text

    refused = [each for each in await reports.whole(shown.id) if each.outcome == "refused"]
    told: list[Told] = [
        *({"outcome": name, "count": getattr(shown, name)} for name in COUNTED),
        *({"line": each.line, "name": each.name, "why": why_text(each)} for each in refused),
    ]
    return Partial(told) if refused else told

"""Tries out and carries out imports of help centres. If a worker dies, another one starts over.

An article is written once however often it is imported, so that starting over duplicates nothing.
"""

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from web import audit
from web.articles.imports import reading, worker
from web.articles.imports.worker import ImportDefaults, Outcome
from web.imports.articles import archives
from web.imports.articles.uploads import IMPORTS, ArticlesRun
from web.imports.progress import Clock
from web.people.permissions import Actor
from web.storage import Storage

_TOLD_EVERY = 10
_MOST = 500
"""The most remarks that are stored."""


@dataclass
class _Told:
    """The results so far."""

    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[Sequence[str]] = field(default_factory=list)

    def note(self, outcome: Outcome) -> None:
        self.counts[outcome.outcome] += 1
        self.remarks += [(each.place, outcome.title, each.code, each.about) for each in outcome.remarks]


async def run_due(at: datetime, *, storage: Storage, now: Clock) -> None:
    """Continues every import that was started."""

    async def go_through(run: ArticlesRun, by: Actor) -> None:
        with tempfile.TemporaryDirectory(prefix="guiche-import-") as folder:
            told = await _brought(run, Path(folder), storage=storage, by=by, now=now)
        if told and await _tell(run, told, now(), is_done=True) and run.is_real:
            audit.note("article_import_done", person=run.person, number=run.id)

    await IMPORTS.run_due(go_through, now)


async def _brought(run: ArticlesRun, folder: Path, *, storage: Storage, by: Actor, now: Clock) -> _Told | None:
    """Returns None if somebody else started it over. Raises `Unreadable`."""
    packed, unpacked = folder / "packed", folder / "unpacked"
    unpacked.mkdir()
    with packed.open("wb") as out:
        async for piece in storage.read(run.sha256, 0, run.size):
            await asyncio.to_thread(out.write, piece)
    top = await asyncio.to_thread(archives.unpacked, packed, unpacked)
    source = await reading.read(top)
    wishes, told = ImportDefaults(run.audience, run.section, is_dry=not run.is_real), _Told()
    told.total = len(source.articles) + len(source.refused)
    async with aclosing(worker.bring(source, top, wishes, storage=storage, by=by, now=now)) as outcomes:
        async for outcome in outcomes:
            told.note(outcome)
            if told.counts.total() % _TOLD_EVERY == 0 and not await _tell(run, told, now()):
                return None
    return told


async def _tell(run: ArticlesRun, told: _Told, at: datetime, *, is_done: bool = False) -> bool:
    """Stores the progress. Returns whether this worker still holds the import."""
    counts = {each: told.counts[each] for each in ("created", "changed", "same", "refused")}
    report, done = json.dumps(told.remarks[:_MOST], ensure_ascii=False), told.counts.total()
    return await IMPORTS.tell(run, at, is_done=is_done, total=told.total, done=done, report=report, **counts)

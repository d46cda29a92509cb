"""Tries imports out and does them, in the worker. Whoever dies in the middle leaves it to another, who begins anew.

An article is written once however often it is brought, so that beginning anew makes nothing twice.
"""

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from web import audit
from web.articles.bringing import archives
from web.articles.bringing.kept import RUNNING
from web.articles.imports import reading, working
from web.articles.imports.incoming import Unreadable
from web.articles.imports.working import Clock, Outcome, Wishes
from web.database import execute, fetch_as, fetch_column
from web.people import actors
from web.people.permissions import Actor
from web.sql import literals
from web.storage import Storage

CLAIMED_FOR = timedelta(minutes=10)
"""Longer than reading may take; it is told anew every few articles."""
_TOLD_EVERY = 10
_MOST = 500
"""Remarks that are kept."""


@dataclass(frozen=True)
class _Run:
    """An import that is ours for a while."""

    id: int
    person: int
    sha256: str
    size: int
    audience: str
    section: str
    state: str
    run: int


@dataclass
class _Told:
    """What became of the articles so far."""

    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[Sequence[str]] = field(default_factory=list)

    def note(self, outcome: Outcome) -> None:
        self.counts[outcome.outcome] += 1
        self.remarks += [(each.place, outcome.title, each.code, each.about) for each in outcome.remarks]


async def run_due(at: datetime, *, storage: Storage, now: Clock) -> None:
    """Goes on with every import that is begun."""
    due = await fetch_column(int, f"SELECT id FROM article_import WHERE {_RUNNING} ORDER BY id LIMIT 10")
    for number in due:
        if run := await _claim(number, now()):
            await _go_through(run, storage, now)


_RUNNING = f"state IN ({literals(RUNNING)})"


async def _claim(number: int, at: datetime) -> _Run | None:
    rows = await fetch_as(
        _Run,
        f"UPDATE article_import SET claimed_until = {{}} WHERE id = {{}} AND {_RUNNING} AND (claimed_until IS NULL "
        "OR claimed_until < {}) RETURNING id, person, sha256, size, audience, section, state, run",
        *(at + CLAIMED_FOR, number, at),
    )
    return rows[0] if rows else None


async def _go_through(run: _Run, storage: Storage, now: Clock) -> None:
    by = await actors.of_person(run.person)
    if by is None or not by.is_lead:
        await _fail(run, "not_permitted")
        return
    try:
        with tempfile.TemporaryDirectory(prefix="guiche-import-") as folder:
            told = await _brought(run, Path(folder), storage=storage, by=by, now=now)
    except Unreadable as refused:
        await _fail(run, refused.code)
        return
    if told and await _tell(run, told, now(), is_done=True) and run.state == "importing":
        audit.note("article_import_done", person=run.person, number=run.id)


async def _brought(run: _Run, folder: Path, *, storage: Storage, by: Actor, now: Clock) -> _Told | None:
    """None where somebody else began anew. Raises `Unreadable`."""
    packed, unpacked = folder / "packed", folder / "unpacked"
    unpacked.mkdir()
    with packed.open("wb") as out:
        async for piece in storage.read(run.sha256, 0, run.size):
            await asyncio.to_thread(out.write, piece)
    top = await asyncio.to_thread(archives.unpacked, packed, unpacked)
    source = await reading.read(top)
    wishes, told = Wishes(run.audience, run.section, run.state == "checking"), _Told()
    told.total = len(source.articles) + len(source.refused)
    async with aclosing(working.bring(source, top, wishes, storage=storage, by=by, now=now)) as outcomes:
        async for outcome in outcomes:
            told.note(outcome)
            if told.counts.total() % _TOLD_EVERY == 0 and not await _tell(run, told, now()):
                return None
    return told


async def _tell(run: _Run, told: _Told, at: datetime, *, is_done: bool = False) -> bool:
    """Whether it is still ours."""
    done = told.counts.total()
    counts = [told.counts[each] for each in ("created", "changed", "same", "refused")]
    state = {"checking": "checked", "importing": "imported"}[run.state] if is_done else run.state
    finished = at if state == "imported" else None
    report = json.dumps(told.remarks[:_MOST], ensure_ascii=False)
    columns = (state, told.total, done, *counts, report, None if is_done else at + CLAIMED_FOR, finished)
    return bool(await fetch_column(int, _TELL, *columns, run.id, run.run))


_TELL = (
    "UPDATE article_import SET state = {}, total = {}, done = {}, created = {}, changed = {}, same = {}, refused = {}, "
    "report = {}, claimed_until = {}, finished_at = {} "
    f"WHERE id = {{}} AND run = {{}} AND {_RUNNING} RETURNING id"
)


async def _fail(run: _Run, code: str) -> None:
    failed = "UPDATE article_import SET state = 'failed', error = {}, claimed_until = NULL WHERE id = {} AND run = {}"
    await execute(failed, code, run.id, run.run)

"""Counts page views of articles and searches in memory, and writes them twice a minute.

Reading an article writes nothing to the database, so that a page costs no lock and no disk sync. A killed process loses
half a minute of counts; a stopping one writes them first. A reader counts once an article in that time, and only the
final query of somebody who is typing is kept.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from web.clock import running
from web.database import FAILURES, after_people, dialect, execute, fetch_column, transaction
from web.sql import Fragment, literals, rows
from web.text import sought

WRITTEN_EVERY = timedelta(seconds=30)
_STILL_TYPED = timedelta(seconds=15)
_MOST = 5_000
"""The most readers and queries kept in one process; more are not counted."""
_LONGEST = 200


@dataclass(frozen=True)
class _Sought:
    words: str
    results: int
    at: datetime


@dataclass
class _Counted:
    """Counts of this process that are not written yet."""

    reads: set[tuple[str, int]] = field(default_factory=set)
    sought: dict[str, _Sought] = field(default_factory=dict)
    done: list[_Sought] = field(default_factory=list)


_counted = _Counted()


def note_read(reader: str, article: int) -> None:
    """Counts a page view. `reader` tells readers apart and is not stored."""
    if len(_counted.reads) < _MOST:
        _counted.reads.add((reader, article))


def note_search(reader: str, text: str, results: int, *, at: datetime) -> None:
    """Counts a search. An earlier query that is only extended or shortened is replaced."""
    words = " ".join(each[0] for each in sought(text))[:_LONGEST]
    before = _counted.sought.get(reader)
    if not words or len(_counted.sought) + len(_counted.done) >= _MOST:
        return
    if before and not (words.startswith(before.words) or before.words.startswith(words)):
        _counted.done.append(before)
    _counted.sought[reader] = _Sought(words, results, at)


async def write(at: datetime, *, whole: bool = False) -> None:
    """Writes the counts; with `whole` also queries that may still be being typed. A failure is retried."""
    settled = {reader: each for reader, each in _counted.sought.items() if whole or at - each.at > _STILL_TYPED}
    reads, done = set(_counted.reads), [*_counted.done, *settled.values()]
    if not reads and not done:
        return
    with after_people():
        async with transaction():
            await _write_reads(Counter(article for _, article in reads))
            await _write_searches(done)
    _counted.reads -= reads
    _counted.done = _counted.done[len(done) - len(settled) :]
    for reader, each in settled.items():
        if _counted.sought.get(reader) is each:
            del _counted.sought[reader]


@asynccontextmanager
async def counted(now: Callable[[], datetime]) -> AsyncIterator[None]:
    """Writes counts as long as the block lasts, and the last ones at its end."""
    async with running([write], every=WRITTEN_EVERY):
        yield
    try:
        await write(now(), whole=True)
    except FAILURES:
        return


async def _write_reads(times: Counter[int]) -> None:
    """Writes views in the order of ids, so that two processes do not deadlock."""
    if not times:
        return
    chosen = literals(sorted(times))
    locked = f"SELECT id FROM article WHERE id IN ({chosen}) ORDER BY id" + dialect(sqlite="", postgres=" FOR UPDATE")
    await fetch_column(int, locked)
    cases = " ".join(f"WHEN {article} THEN {count}" for article, count in sorted(times.items()))
    await execute(f"UPDATE article SET reads = reads + CASE id {cases} ELSE 0 END WHERE id IN ({chosen})")


async def _write_searches(done: list[_Sought]) -> None:
    times = Counter((each.at.date(), each.words) for each in done)
    last = {(each.at.date(), each.words): each for each in done}
    some = [(day, words, count, last[day, words].results, last[day, words].at) for (day, words), count in times.items()]
    for begin in range(0, len(some), 500):
        kept: Fragment = rows(sorted(some)[begin : begin + 500])
        await execute(
            "INSERT INTO help_search (day, words, times, results, at) VALUES {} ON CONFLICT (day, words) DO UPDATE "
            "SET times = help_search.times + excluded.times, results = excluded.results, at = excluded.at",
            kept,
        )

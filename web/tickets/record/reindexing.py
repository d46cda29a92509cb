"""Rebuilds documents of the search index page by page, the newest tickets first.

A job rebuilds all documents, those that a person is named in or may read, or those of an organization.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from web.database import FAILURES, fetch_as, fetch_column, transaction
from web.people.tables import Reindexing
from web.sql import Fragment
from web.tickets.record import search_index
from web.tickets.record.locking import lock

_PAGE = 25
_PAGES_AT_ONCE = 4


async def run_due(at: datetime) -> None:
    """Rebuilds some of the remaining pages. It is safe to run twice."""
    for _ in range(_PAGES_AT_ONCE):
        if not await run_page():
            return


async def start() -> None:
    """Schedules all documents to be rebuilt, unless that is already under way."""
    if not await _is_begun():
        await Reindexing().save()


@dataclass
class _Known:
    is_under_way: bool = False


_known = _Known()


def is_under_way() -> bool:
    """Whether all documents are being rebuilt, so that search may miss some tickets. Makes no statement."""
    return _known.is_under_way


async def renew(at: datetime | None = None) -> None:
    """Refreshes what this process knows. While the database does not answer, the last known state is kept."""
    with suppress(*FAILURES):
        _known.is_under_way = await _is_begun()


async def faults() -> list[str]:
    """Faults of the index for the operator, a line each."""
    lost = "SELECT count(*) AS many FROM ticket WHERE id NOT IN (SELECT rowid FROM ticket_search)"
    return [
        f"{many} tickets are missing from the index of search: run `python -m web reindex`"
        for many in await fetch_column(int, lost)
        if many
    ]


async def _is_begun() -> bool:
    return await Reindexing.exists().where(Reindexing.person.is_null(), Reindexing.organization.is_null())


@dataclass(frozen=True)
class _Due:
    """A row of `reindexing`: whose name changed (None for all documents), and the number reached so far."""

    id: int
    person: int | None
    organization: int | None
    below: int | None


async def run_page() -> bool:
    """Rebuilds the next page, and stores its progress. Returns whether there was one."""
    for due in await fetch_as(_Due, "SELECT id, person, organization, below FROM reindexing ORDER BY id LIMIT 1"):
        numbers = await fetch_column(int, f"{{}} ORDER BY id DESC LIMIT {_PAGE}", _tickets_left(due))
        for number in numbers:
            await _index(number)
        if len(numbers) == _PAGE:
            await Reindexing.update({Reindexing.below: numbers[-1]}).where(Reindexing.id == due.id)
        else:
            await Reindexing.delete().where(Reindexing.id == due.id)
        return True
    return False


async def _index(number: int) -> None:
    async with transaction():
        await lock(number)
        await search_index.index(number)


def _tickets_left(due: _Due) -> Fragment:
    tickets = Fragment("SELECT id FROM ticket")
    if due.person:
        named, reading = f"n{due.person}", f"p{due.person}"
        tickets = search_index.matching(f"scope : ({named} OR {reading})", f"@{named} | @{reading}")
    elif due.organization:
        tickets = search_index.matching(f"scope : o{due.organization}", f"@o{due.organization}")
    return Fragment("SELECT id FROM ({}) due WHERE id < {}", (tickets, due.below or 2**62))

"""Documents of search made anew, page by page, the newest tickets first: those a new name is in, or all of them."""

from datetime import datetime

from web.database import Row, fetch, transaction
from web.people.tables import Reindexing
from web.sql import Fragment
from web.tickets.record import search_index
from web.tickets.record.locking import lock

_PAGE = 25
_PAGES_AT_ONCE = 4


async def run_due(at: datetime) -> None:
    """Some of the pages that are left; safe to run twice."""
    for _ in range(_PAGES_AT_ONCE):
        if not await run_page():
            return


async def start() -> None:
    """Leaves all documents to be made anew, unless they are already."""
    if not await fetch("SELECT 1 AS one FROM reindexing WHERE person IS NULL AND organization IS NULL LIMIT 1"):
        await Reindexing().save()


async def run_page() -> bool:
    """Whether there was something left to do. What is done is noted, so that the next one begins after it."""
    for due in await fetch("SELECT id, person, organization, below FROM reindexing ORDER BY id LIMIT 1"):
        numbers = [row["id"] for row in await fetch(f"{{}} ORDER BY id DESC LIMIT {_PAGE}", _left(due))]
        for number in numbers:
            async with transaction():
                await lock(number)
                await search_index.index(number)
        if len(numbers) == _PAGE:
            await fetch("UPDATE reindexing SET below = {} WHERE id = {}", numbers[-1], due["id"])
        else:
            await fetch("DELETE FROM reindexing WHERE id = {}", due["id"])
        return True
    return False


def _left(due: Row) -> Fragment:
    """The tickets left to read."""
    tickets = Fragment("SELECT id FROM ticket")
    if mark := f"n{due['person']}" if due["person"] else f"o{due['organization']}" if due["organization"] else "":
        tickets = search_index.matching(f"scope : {mark}", f"@{mark}")
    return Fragment("SELECT id FROM ({}) due WHERE id < {}", (tickets, due["below"] or 2**62))

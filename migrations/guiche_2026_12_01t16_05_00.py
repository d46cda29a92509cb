"""People and organizations are in the order of the numbers in their names: Escola 3 before Escola 10."""

from dataclasses import dataclass

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import execute, fetch_as
from web.people.directory.search_words import sort_name

ID = "2026-12-01T16:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Names sorted by their numbers"

PAGE = 1000


@dataclass(frozen=True)
class _Sorted:
    """Somebody, or an organization, and the key by which they are sorted."""

    id: int
    name: str
    sort_name: str


async def fill() -> None:
    """Sorts all that were there before anew, page by page."""
    for table in ("person", "organization"):
        last = 0
        while page := await _page(table, last):
            for row in page:
                if row.sort_name != sort_name(row.name):
                    await execute(f"UPDATE {table} SET sort_name = {{}} WHERE id = {{}}", sort_name(row.name), row.id)
            last = page[-1].id


async def _page(table: str, last: int) -> list[_Sorted]:
    sought = f"SELECT id, name, sort_name FROM {table} WHERE id > {{}} ORDER BY id LIMIT {PAGE}"
    return await fetch_as(_Sorted, sought, last)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(fill)
    return manager

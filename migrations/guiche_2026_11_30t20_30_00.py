"""Hours, months, abbreviations and ordinals are found however they are written: the search index is written anew.

The worker does it, or `python -m web reindex`; until then tickets are found as before.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import fetch

ID = "2026-11-30T20:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index hours, months, abbreviations and ordinals written in other ways"


async def index_anew() -> None:
    if await fetch("SELECT 1 AS one FROM ticket LIMIT 1") and not await fetch(
        "SELECT 1 AS one FROM reindexing WHERE person IS NULL AND organization IS NULL"
    ):
        await fetch("INSERT INTO reindexing (below) VALUES (NULL)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(index_anew)
    return manager

"""How the list of tickets is laid out, as administrators wish."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-29T07:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Layout of the list of tickets"


async def create() -> None:
    await add_column("place", "lists", "VARCHAR(10) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

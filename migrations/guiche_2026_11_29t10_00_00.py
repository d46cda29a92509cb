"""Other sites that vouch for people in their frames."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-29T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Vouching"


async def create() -> None:
    await add_column("place", "vouching_key", "TEXT NOT NULL DEFAULT ''")
    await add_column("place", "vouching_makes", "BOOLEAN NOT NULL DEFAULT false")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

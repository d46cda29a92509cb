"""In which browser a link was asked for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T15:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Links know the browser that asked for them"


async def create() -> None:
    for table in ("link_request", "one_time_link"):
        await add_column(table, "browser", "VARCHAR(64) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

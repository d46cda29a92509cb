"""How an open page calls for a person when there is a notice for them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-29T07:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Alerts of open pages"


async def create() -> None:
    await add_column("person", "alerts", "VARCHAR(20) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

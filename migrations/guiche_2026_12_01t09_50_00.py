"""Where somebody who asks for a link was going."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-12-01T09:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Where a link leads on to"


async def add() -> None:
    await add_column("link_request", "onward", "VARCHAR(500) NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(add)
    return manager

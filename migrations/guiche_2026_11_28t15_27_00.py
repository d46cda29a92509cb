"""With which secret the newest node was started."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T15:27:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Nodes of one house tell whether they share their secret"


async def create() -> None:
    await database().run_ddl(
        "CREATE TABLE IF NOT EXISTS node_secret (id INTEGER PRIMARY KEY, mark VARCHAR(64) NOT NULL)"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

"""Who calls is found by their number."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T06:58:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of phones by their numbers"


async def create() -> None:
    await database().run_ddl("CREATE INDEX IF NOT EXISTS phone_number ON phone (number)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

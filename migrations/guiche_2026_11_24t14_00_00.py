"""Who works at the desk, found among all people."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-24T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "People by role"


async def create() -> None:
    await database().run_ddl("CREATE INDEX IF NOT EXISTS person_role ON person (role)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

"""People by name: who shares theirs with somebody is told apart by an address."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T18:49:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "People by name"


async def create() -> None:
    await database().run_ddl("CREATE INDEX IF NOT EXISTS person_name ON person (name)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

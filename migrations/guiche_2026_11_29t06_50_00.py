"""The index along which an agent finds what they left for later."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-29T06:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Held replies of a person"


async def create() -> None:
    await database().run_ddl("CREATE INDEX IF NOT EXISTS held_reply_person ON held_reply (person, due_at)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

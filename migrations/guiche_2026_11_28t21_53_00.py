"""Messages by their recipient."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T21:53:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages by their recipient"


async def create() -> None:
    await database().run_ddl("CREATE INDEX IF NOT EXISTS outgoing_recipient ON outgoing (recipient, id)")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

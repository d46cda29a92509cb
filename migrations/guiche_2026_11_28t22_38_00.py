"""Messages that wait for an opening."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database

ID = "2026-11-28T22:38:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages that wait for an opening"


async def create() -> None:
    await database().run_ddl(
        "CREATE INDEX IF NOT EXISTS outgoing_held ON outgoing (person, due_at) WHERE state = 'waiting' AND urgency = 3"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

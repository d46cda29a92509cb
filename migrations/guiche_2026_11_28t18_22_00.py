"""What the desk has to look at; and memberships that were asked for, offered, or ended."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-28T18:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Alerts, and memberships that come and go"


async def create() -> None:
    await add_column("ticket", "alert", "VARCHAR(20)")
    for name in ("asked_at", "invited_at", "removed_at"):
        await add_column("membership", name, "TIMESTAMPTZ")
    await database().run_ddl(INDEX)


INDEX = "CREATE INDEX IF NOT EXISTS ticket_alert ON ticket (updated_at DESC, id DESC) WHERE alert IS NOT NULL"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

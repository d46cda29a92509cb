"""Files in fields that leads defined."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-29T02:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Files in fields"


async def create() -> None:
    await add_column("attachment", "ticket", "BIGINT REFERENCES ticket")
    await database().run_ddl(
        "CREATE INDEX IF NOT EXISTS attachment_ticket ON attachment (ticket) WHERE ticket IS NOT NULL"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

"""The message that a mail became, and whether its sender was proven."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database

ID = "2026-11-28T22:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages that came by mail"


async def create() -> None:
    await add_column("inbound_mail", "message", "BIGINT REFERENCES message")
    await add_column("inbound_mail", "is_unproven", "BOOLEAN NOT NULL DEFAULT false")
    await database().run_ddl(
        "CREATE UNIQUE INDEX IF NOT EXISTS inbound_mail_message ON inbound_mail (message) WHERE message IS NOT NULL"
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

"""Which messages somebody wants by e-mail."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-28T20:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Mail that people want"


async def create() -> None:
    await add_column("person", "mail", "VARCHAR(10) NOT NULL DEFAULT 'own'")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager

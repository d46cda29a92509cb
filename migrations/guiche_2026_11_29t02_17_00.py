"""Mail in HTML as it was meant."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column

ID = "2026-11-29T02:17:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Mail in HTML as it was meant"


async def create() -> None:
    await add_column("inbound_mail", "html", "TEXT NOT NULL DEFAULT ''")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
